/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-url.h"

#define NONE PJ_MAIL_LINK_SOUND
#define USER_INFO PJ_MAIL_LINK_USER_INFO
#define OBSCURED PJ_MAIL_LINK_OBSCURED

/* How hosts are read is tried in test-mail-host.c. */
typedef struct
{
  const char *name;
  const char *text;
  const char *target; /* NULL: no address of the web */
  const char *host;
  PjMailLinkDoubts doubts;
} Case;

static const Case cases[] = {
  { "http", "http://bank.com/a?b#c", "http://bank.com/a?b#c", "bank.com", NONE },
  { "https", "https://bank.com/", "https://bank.com/", "bank.com", NONE },
  { "capitals", "HTTPS://Bank.COM/Ala", "https://bank.com/Ala", "bank.com", NONE },
  { "no-path", "http://bank.com", "http://bank.com/", "bank.com", NONE },
  { "query-without-path", "http://bank.com?a", "http://bank.com/?a", "bank.com", NONE },
  { "fragment-without-path", "http://bank.com#a", "http://bank.com/#a", "bank.com", NONE },
  { "query-with-at-sign", "http://bank.com/?a@evil.test", "http://bank.com/?a@evil.test",
    "bank.com", NONE },
  { "fragment-with-at-sign", "http://bank.com#@evil.test", "http://bank.com/#@evil.test",
    "bank.com", NONE },
  { "port", "http://bank.com:8080/", "http://bank.com:8080/", "bank.com", NONE },
  { "usual-port", "http://bank.com:80/", "http://bank.com/", "bank.com", NONE },
  { "usual-port-of-https", "https://bank.com:0443/", "https://bank.com/", "bank.com", NONE },
  { "other-ones-port", "http://bank.com:443/", "http://bank.com:443/", "bank.com", NONE },
  { "empty-port", "http://bank.com:/", "http://bank.com/", "bank.com", NONE },
  { "port-too-large", "http://bank.com:65536/", NULL, NULL, NONE },
  { "port-zero", "http://bank.com:0/", NULL, NULL, NONE },
  { "port-of-letters", "http://bank.com:evil.test/", NULL, NULL, NONE },
  { "user", "http://bank.com@evil.test/", "http://evil.test/", "evil.test", USER_INFO },
  { "user-and-password", "http://bank.com:443@evil.test/", "http://evil.test/", "evil.test",
    USER_INFO },
  { "two-at-signs", "http://a@bank.com@evil.test/", "http://evil.test/", "evil.test", USER_INFO },
  { "user-with-escaped-slash", "http://bank.com%2Flogin@evil.test/", "http://evil.test/",
    "evil.test", USER_INFO },
  { "empty-user", "http://@bank.com/", "http://bank.com/", "bank.com", NONE },
  { "user-behind-backslash", "http://evil.test\\@bank.com/", "http://evil.test/@bank.com/",
    "evil.test", NONE },
  { "backslashes", "http:\\\\bank.com\\a\\b?c\\d", "http://bank.com/a/b?c%5Cd", "bank.com",
    OBSCURED },
  { "slash-and-backslash", "http:/\\bank.com/", "http://bank.com/", "bank.com", OBSCURED },
  { "no-slashes", "https:bank.com/a", "https://bank.com/a", "bank.com", OBSCURED },
  { "one-slash", "https:/bank.com/a", "https://bank.com/a", "bank.com", OBSCURED },
  { "many-slashes", "https://////bank.com/a", "https://bank.com/a", "bank.com", OBSCURED },
  { "no-scheme-two-slashes", "//bank.com/a", "https://bank.com/a", "bank.com", NONE },
  { "no-scheme-backslashes", "\\\\bank.com\\share", "https://bank.com/share", "bank.com",
    OBSCURED },
  { "blanks-around", " \n http://bank.com/ \r\n", "http://bank.com/", "bank.com", NONE },
  { "control-in-front", "\x01http://bank.com/", "http://bank.com/", "bank.com", NONE },
  { "tab-in-scheme", "ht\ttp://bank.com/", "http://bank.com/", "bank.com", OBSCURED },
  { "line-end-in-host", "http://ba\r\nnk.com/", "http://bank.com/", "bank.com", OBSCURED },
  { "line-end-in-path", "http://bank.com/a\r\n b", "http://bank.com/a%20b", "bank.com", NONE },
  { "blank-in-host", "http://bank.com .evil.test/", NULL, NULL, NONE },
  { "blank-before-colon", "http ://bank.com/", NULL, NULL, NONE },
  { "odd-bytes-in-path", "http://bank.com/ü\"<>`{}|^\x7F",
    "http://bank.com/%C3%BC%22%3C%3E%60%7B%7D%7C%5E%7F", "bank.com", NONE },
  { "turned-round-in-path", "http://bank.com/\u202Efdp.exe", "http://bank.com/%E2%80%AEfdp.exe",
    "bank.com", NONE },
  { "percent-stays", "http://bank.com/%41%zz", "http://bank.com/%41%zz", "bank.com", NONE },
  { "broken-utf8-in-path", "http://bank.com/\xFF", "http://bank.com/%FF", "bank.com", NONE },
  { "number", "http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", PJ_MAIL_LINK_NUMBER | OBSCURED },
  { "ipv6-with-port", "http://[::1]:8080/", "http://[::1]:8080/", "[::1]", PJ_MAIL_LINK_NUMBER },
  { "letters-of-other-scripts", "http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/",
    "xn--e1afmkfd.xn--p1ai", NONE },
  { "no-host", "http://", NULL, NULL, NONE },
  { "no-host-but-port", "http://:80/", NULL, NULL, NONE },
  { "no-host-but-user", "http://bank.com@/", NULL, NULL, NONE },
  { "only-slashes", "//", NULL, NULL, NONE },
  { "relative", "a/b.html", NULL, NULL, NONE },
  { "absolute-path", "/a/b.html", NULL, NULL, NONE },
  { "without-scheme", "www.bank.com/", NULL, NULL, NONE },
  { "host-and-port", "bank.com:80/", NULL, NULL, NONE },
  { "fragment", "#top", NULL, NULL, NONE },
  { "empty", "", NULL, NULL, NONE },
  { "ftp", "ftp://bank.com/", NULL, NULL, NONE },
  { "scheme-that-begins-so", "httpx://bank.com/", NULL, NULL, NONE },
  { "javascript", "javascript://bank.com/%0Aalert(1)", NULL, NULL, NONE },
  { "view-source", "view-source:http://bank.com/", NULL, NULL, NONE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailUrl) url = pj_mail_url_read (c->text);

  if (c->target == NULL)
    {
      g_assert_null (url);
      return;
    }

  g_assert_nonnull (url);
  g_assert_cmpstr (url->target, ==, c->target);
  g_assert_cmpstr (url->host, ==, c->host);
  g_assert_cmpint (url->doubts, ==, c->doubts);
}

/* What is canonical stays as it is. */
static void
test_again (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PjMailUrl) once = pj_mail_url_read (cases[i].text);
      g_autoptr (PjMailUrl) twice = once != NULL ? pj_mail_url_read (once->target) : NULL;

      if (once == NULL)
        continue;
      g_assert_nonnull (twice);
      g_assert_cmpstr (twice->target, ==, once->target);
      g_assert_cmpstr (twice->host, ==, once->host);
      g_assert_cmpint (twice->doubts & ~PJ_MAIL_LINK_NUMBER, ==, NONE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/url/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/url/again", test_again);

  return g_test_run ();
}
