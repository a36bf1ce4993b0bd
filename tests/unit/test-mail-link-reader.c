/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-reader.h"

#include <string.h>

#define SOUND PJ_MAIL_LINK_SOUND
#define OTHER PJ_MAIL_LINK_OTHER_DOMAIN
#define ALIKE PJ_MAIL_LINK_LOOK_ALIKE
#define USER PJ_MAIL_LINK_USER_INFO
#define NUMBER PJ_MAIL_LINK_NUMBER
#define OBSCURED PJ_MAIL_LINK_OBSCURED

/* How targets and texts are read is tried in test-mail-url.c, test-mail-mailto.c
 * and test-mail-link-text.c. */
typedef struct
{
  const char *name;
  const char *target;
  const char *text;
  const char *host;
  const char *domain;
  PjMailLinkDoubts doubts;
} Case;

static const Case cases[] = {
  { "words", "https://www.bank.com/a", "Click here", "www.bank.com", "bank.com", SOUND },
  { "no-text", "https://www.bank.com/a", NULL, "www.bank.com", "bank.com", SOUND },
  { "same", "http://www.bank.com", "http://www.bank.com", "www.bank.com", "bank.com", SOUND },
  { "localhost-for-other", "http://evilhost", "http://localhost", "evilhost", "evilhost", OTHER },
  { "other-with-scheme", "http://evil.test/", "https://www.bank.com/", "evil.test", "evil.test",
    OTHER },
  { "other-without-scheme", "http://evil.test/", "www.bank.com", "evil.test", "evil.test", OTHER },
  { "other-bare", "http://evil.test/", "bank.com/login", "evil.test", "evil.test", OTHER },
  { "other-address", "http://evil.test/", "ala@bank.com", "evil.test", "evil.test", OTHER },
  { "other-subdomain", "http://subdomain.google.com/", "www.google.com", "subdomain.google.com",
    "google.com", SOUND },
  { "other-subdomain-turned", "http://www.google.com/", "http://subdomain.google.com",
    "www.google.com", "google.com", SOUND },
  { "other-below-suffix", "http://a.co.uk/", "b.co.uk", "a.co.uk", "a.co.uk", OTHER },
  { "other-of-two", "http://bank.com/", "bank.com or shop.org", "bank.com", "bank.com", OTHER },
  { "host-in-front", "http://www.bank.com.evil.test/", "www.bank.com", "www.bank.com.evil.test",
    "evil.test", OTHER },
  { "node-js", "https://nodejs.org/", "Node.js", "nodejs.org", "nodejs.org", SOUND },
  { "report", "https://bank.com/a", "report.pdf", "bank.com", "bank.com", SOUND },
  { "hexadecimal", "http://0x7f.1/", "here", "127.0.0.1", "127.0.0.1", NUMBER | OBSCURED },
  { "number", "http://192.0.2.1/", "here", "192.0.2.1", "192.0.2.1", NUMBER },
  { "number-for-other", "http://192.0.2.1/", "bank.com", "192.0.2.1", "192.0.2.1", NUMBER | OTHER },
  { "user", "http://bank.com@evil/", "here", "evil", "evil", USER },
  { "user-and-text", "http://bank.com@evil/", "http://bank.com", "evil", "evil", USER | OTHER },
  { "percent", "http://%62ank.com/", "bank.com", "bank.com", "bank.com", OBSCURED },
  { "dot-at-end", "http://bank.com./", "here", "bank.com", "bank.com", OBSCURED },
  { "backslashes", "http:\\\\evil.test\\bank.com", "here", "evil.test", "evil.test", OBSCURED },
  { "no-scheme", "//evil.test/a", "bank.com", "evil.test", "evil.test", OTHER },
  { "cyrillic-in-front", "https://Рaypal.com/", "PayPal", "xn--aypal-uye.com", "xn--aypal-uye.com",
    ALIKE },
  { "cyrillic-within", "https://postbаnk.com/", "Postbank", "xn--postbnk-6fg.com",
    "xn--postbnk-6fg.com", ALIKE },
  { "cyrillic-end", "https://aaa.мон/", "aaa", "aaa.xn--l1acc", "aaa.xn--l1acc", ALIKE },
  { "cyrillic-throughout", "https://аррӏе.com/", "Apple", "xn--80ak6aa92e.com",
    "xn--80ak6aa92e.com", ALIKE },
  { "digit", "https://www.paypa1.com/", "PayPal", "www.paypa1.com", "paypa1.com", ALIKE },
  { "pair-of-text", "https://nowak1.pl/", "nowakl.pl", "nowak1.pl", "nowak1.pl", OTHER | ALIKE },
  { "letters-of-text", "https://bank.com/", "bаnk.com", "bank.com", "bank.com", OTHER | ALIKE },
  { "same-in-other-letters", "https://xn--w-uga1v8h.pl/", "żółw.pl", "żółw.pl", "xn--w-uga1v8h.pl",
    SOUND },
  { "mail", "mailto:ala@mail.bank.com?subject=a", "Write to us", "ala@mail.bank.com", "bank.com",
    SOUND },
  { "mail-of-other", "mailto:ala@evil.test", "ala@bank.com", "ala@evil.test", "evil.test", OTHER },
  { "mail-of-same", "mailto:ala@bank.com", "ola@bank.com", "ala@bank.com", "bank.com", SOUND },
  { "mail-to-two", "mailto:ala@bank.com,x@evil.test", "us", "ala@bank.com, x@evil.test", "bank.com",
    SOUND },
  { "mail-to-other-as-well", "mailto:ala@bank.com?bcc=x@evil.test", "ala@bank.com",
    "ala@bank.com, x@evil.test", "bank.com", OTHER },
  { "mail-to-look-alike-as-well", "mailto:ala@bank.com?cc=x@paypa1.com", "us",
    "ala@bank.com, x@paypa1.com", "bank.com", ALIKE },
  { "mail-to-look-alike", "mailto:ala@paypa1.com", "us", "ala@paypa1.com", "paypa1.com", ALIKE },
  { "mail-to-nobody", "mailto:?subject=a", "bank.com", "", "", SOUND },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailLink) link = pj_mail_link_read (c->target, c->text);

  g_assert_cmpstr (link->host, ==, c->host);
  g_assert_cmpstr (link->domain, ==, c->domain);
  g_assert_cmpint (link->doubts, ==, c->doubts);
  g_assert_true (link->can_open);
}

static const char *const closed[] = {
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "\x01javascript:alert(1)",
  " javascript:alert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "file://evil.test/share",
  "smb://evil.test/share",
  "ftp://bank.com/",
  "x-apple.systempreferences:a",
  "ms-msdt:/id",
  "search-ms:query=a",
  "tel:123",
  "cid:part1",
  "blob:http://bank.com/a",
  "about:blank",
  "view-source:http://bank.com/",
  "intent://bank.com/#Intent;end",
  "mailto:a@bank.com?attach=/etc/passwd",
  "mailto:a@bank.com?subject=a%0D%0ABcc:b@evil.test",
  "http://bank.com:99999/",
  "http://a b/",
  "http:///",
  "a.html",
  "/a.html",
  "www.bank.com",
  "#a",
  "?a",
  "",
};

static void
test_closed (gconstpointer data)
{
  g_autoptr (PjMailLink) link = pj_mail_link_read (data, "www.bank.com");

  g_assert_false (link->can_open);
  g_assert_cmpstr (link->host, ==, "");
  g_assert_cmpstr (link->domain, ==, "");
  g_assert_cmpint (link->doubts, ==, SOUND);
  g_assert_true (g_utf8_validate (link->target, -1, NULL));
}

static void
test_target_is_canonical (void)
{
  g_autoptr (PjMailLink) web = pj_mail_link_read (" HTTP:\\\\u:p@Bank.com:80\\a b", NULL);
  g_autoptr (PjMailLink) mail = pj_mail_link_read ("MAILTO:a@Bank.com?x=y&body=b", NULL);
  g_autoptr (PjMailLink) closed_link = pj_mail_link_read ("x:\u202E\n\x1B[2J\xFF", NULL);

  g_assert_cmpstr (web->target, ==, "http://bank.com/a%20b");
  g_assert_cmpstr (mail->target, ==, "mailto:a@bank.com?body=b");
  g_assert_cmpstr (closed_link->target, ==, "x: \uFFFD[2J\uFFFD");
}

static void
test_longest (void)
{
  g_autofree char *path = g_strnfill (PJ_MAIL_LINK_MAX_BYTES - strlen ("http://bank.com/"), 'a');
  g_autofree char *longest = g_strconcat ("http://bank.com/", path, NULL);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autoptr (PjMailLink) fits = pj_mail_link_read (longest, NULL);
  g_autoptr (PjMailLink) cut = pj_mail_link_read (too_long, "www.shop.org");

  g_assert_true (fits->can_open);
  g_assert_cmpstr (fits->target, ==, longest);
  g_assert_false (cut->can_open);
  g_assert_cmpstr (cut->host, ==, "bank.com");
  g_assert_cmpint (cut->doubts, ==, OTHER);
  g_assert_cmpuint (strlen (cut->target), <, 1000);
  g_assert_true (g_str_has_suffix (cut->target, "…"));
}

/* Seconds for ten megabytes would be minutes for a mail of them. */
static void
test_endless (void)
{
  static const char *const starts[] = {
    "", "http://", "http://a@", "mailto:", "mailto:a@b.com?", "data:", "//"
  };
  static const char *const fills[] = { "a", "@", ".", "%", "\t", "&", ",", "/", "ż", "[", "1" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (fills); j++)
        {
          g_autoptr (GString) target = g_string_new (starts[i]);
          g_autoptr (PjMailLink) link = NULL;

          for (guint k = 0; k < 100000; k++)
            g_string_append (target, fills[j]);
          link = pj_mail_link_read (target->str, target->str);
          g_assert_false (link->can_open);
          g_assert_cmpuint (strlen (link->target), <, 4 * 501);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/link-reader/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/link-reader/closed/%02zu", i);

      g_test_add_data_func (path, closed[i], test_closed);
    }
  g_test_add_func ("/mail/link-reader/endless", test_endless);
  g_test_add_func ("/mail/link-reader/longest", test_longest);
  g_test_add_func ("/mail/link-reader/target-is-canonical", test_target_is_canonical);

  return g_test_run ();
}
