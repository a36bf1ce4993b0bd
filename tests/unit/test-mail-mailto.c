/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-mailto.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *target; /* NULL: refused */
  const char *addresses;
  const char *host; /* of the first */
} Case;

static const Case cases[] = {
  { "address", "mailto:ala@bank.com", "mailto:ala@bank.com", "ala@bank.com", "bank.com" },
  { "capitals", "MailTo:Ala@Bank.COM", "mailto:Ala@bank.com", "Ala@bank.com", "bank.com" },
  { "nobody", "mailto:", "mailto:", "", NULL },
  { "nobody-but-subject", "mailto:?subject=Look", "mailto:?subject=Look", "", NULL },
  { "several", "mailto:a@x.com,%20b@y.org", "mailto:a@x.com,b@y.org", "a@x.com, b@y.org", "x.com" },
  { "subject-and-body", "mailto:a@x.com?Subject=A%26B&body=1%0D%0A2",
    "mailto:a@x.com?subject=A%26B&body=1%0D%0A2", "a@x.com", "x.com" },
  { "trace-of-a-list",
    "mailto:leave-fd2f15737366067b75157077-fe2f16737764067b751475-fe4b1d7074650d@x.com",
    "mailto:leave-fd2f15737366067b75157077-fe2f16737764067b751475-fe4b1d7074650d@x.com",
    "leave-fd2f15737366067b75157077-fe2f16737764067b751475-fe4b1d7074650d@x.com", "x.com" },
  { "plus-stays", "mailto:a+b@x.com?subject=1+1", "mailto:a%2Bb@x.com?subject=1%2B1", "a+b@x.com",
    "x.com" },
  { "to-cc-bcc", "mailto:a@x.com?to=b@x.com&cc=c@x.com,d@x.com&bcc=e@x.com",
    "mailto:a@x.com,b@x.com?cc=c@x.com,d@x.com&bcc=e@x.com",
    "a@x.com, b@x.com, c@x.com, d@x.com, e@x.com", "x.com" },
  { "other-fields-go", "mailto:a@x.com?from=b@y.com&x-a=1&reply-to=c@z.com&subject=s",
    "mailto:a@x.com?subject=s", "a@x.com", "x.com" },
  { "field-without-value", "mailto:a@x.com?subject", "mailto:a@x.com", "a@x.com", "x.com" },
  { "empty-fields", "mailto:a@x.com?&&subject=s&", "mailto:a@x.com?subject=s", "a@x.com", "x.com" },
  { "fragment-goes", "mailto:a@x.com?subject=s#f", "mailto:a@x.com?subject=s", "a@x.com", "x.com" },
  { "blanks-around", " mailto:a@x.com \n", "mailto:a@x.com", "a@x.com", "x.com" },
  { "tab-within", "mail\tto:a@x.com", "mailto:a@x.com", "a@x.com", "x.com" },
  { "other-script", "mailto:ala@żółw.pl", "mailto:ala@xn--w-uga1v8h.pl", "ala@żółw.pl",
    "xn--w-uga1v8h.pl" },
  { "homograph", "mailto:ala@pаypal.com", "mailto:ala@xn--pypal-4ve.com", "ala@xn--pypal-4ve.com",
    "xn--pypal-4ve.com" },
  { "percent-in-subject", "mailto:a@x.com?subject=100%25", "mailto:a@x.com?subject=100%25",
    "a@x.com", "x.com" },
  { "body-with-field-in-it", "mailto:a@x.com?body=%26attach=/etc/passwd",
    "mailto:a@x.com?body=%26attach%3D%2Fetc%2Fpasswd", "a@x.com", "x.com" },
  { "attach", "mailto:a@x.com?attach=/etc/passwd", NULL, NULL, NULL },
  { "attachment", "mailto:a@x.com?subject=s&Attachment=~/.ssh/id_rsa", NULL, NULL, NULL },
  { "attachments", "mailto:a@x.com?attachments=a", NULL, NULL, NULL },
  { "attach-escaped", "mailto:a@x.com?%61ttach=/etc/passwd", NULL, NULL, NULL },
  { "attach-with-blank", "mailto:a@x.com?%20attach=/etc/passwd", NULL, NULL, NULL },
  { "line-end-in-subject", "mailto:a@x.com?subject=s%0D%0ABcc:%20b@y.com", NULL, NULL, NULL },
  { "line-feed-in-subject", "mailto:a@x.com?subject=s%0ABcc:%20b@y.com", NULL, NULL, NULL },
  { "line-end-in-address", "mailto:a@x.com%0D%0ABcc:b@y.com", NULL, NULL, NULL },
  { "line-end-in-cc", "mailto:a@x.com?cc=b@y.com%0D%0Ac@y.com", NULL, NULL, NULL },
  { "unicode-line-end-in-subject", "mailto:a@x.com?subject=s%C2%85t", NULL, NULL, NULL },
  { "control-in-body", "mailto:a@x.com?body=%1B[2J", NULL, NULL, NULL },
  { "nul-in-body", "mailto:a@x.com?body=a%00b", NULL, NULL, NULL },
  { "broken-utf8", "mailto:a@x.com?body=%FF", NULL, NULL, NULL },
  { "broken-percent", "mailto:a@x.com?body=%4", NULL, NULL, NULL },
  { "no-address", "mailto:ala", NULL, NULL, NULL },
  { "no-local-part", "mailto:@x.com", NULL, NULL, NULL },
  { "no-host", "mailto:ala@", NULL, NULL, NULL },
  { "two-at-signs", "mailto:help@bank.com@evil.test", NULL, NULL, NULL },
  { "escaped-at-sign", "mailto:help%40bank.com@evil.test", NULL, NULL, NULL },
  { "with-name", "mailto:Ala%20<a@x.com>", NULL, NULL, NULL },
  { "escaped-comma", "mailto:a%2Cb@x.com", NULL, NULL, NULL },
  { "number", "mailto:a@192.0.2.1", NULL, NULL, NULL },
  { "turned-round", "mailto:moc.knab\u202E@x.com", NULL, NULL, NULL },
  { "one-address-of-two-broken", "mailto:a@x.com,b", NULL, NULL, NULL },
  { "eleven", "mailto:a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl,a@x.pl",
    NULL, NULL, NULL },
  { "web", "http://x.com/", NULL, NULL, NULL },
  { "like-it", "mailtox:a@x.com", NULL, NULL, NULL },
  { "empty", "", NULL, NULL, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailMailto) mailto = pj_mail_mailto_read (c->text);
  g_autofree char *addresses = NULL;

  if (c->target == NULL)
    {
      g_assert_null (mailto);
      return;
    }

  g_assert_nonnull (mailto);
  addresses = g_strjoinv (", ", mailto->addresses);
  g_assert_cmpstr (mailto->target, ==, c->target);
  g_assert_cmpstr (addresses, ==, c->addresses);
  g_assert_cmpstr (mailto->hosts[0], ==, c->host);
  g_assert_cmpuint (g_strv_length (mailto->hosts), ==, g_strv_length (mailto->addresses));
}

/* What is canonical stays as it is. */
static void
test_again (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PjMailMailto) once = pj_mail_mailto_read (cases[i].text);
      g_autoptr (PjMailMailto) twice = once != NULL ? pj_mail_mailto_read (once->target) : NULL;

      if (once == NULL)
        continue;
      g_assert_nonnull (twice);
      g_assert_cmpstr (twice->target, ==, once->target);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/mailto/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/mailto/again", test_again);

  return g_test_run ();
}
