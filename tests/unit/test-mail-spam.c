/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-spam.h"

#include <string.h>

typedef struct
{
  const char *field;
  gboolean is_spam;
} Case;

static const Case cases[] = {
  { "X-Spam-Flag: YES", TRUE },
  { "X-Spam-Flag: NO", FALSE },
  { "X-Spam-Flag:", FALSE },
  { "X-Spam-Status: Yes, score=12.3 required=5.0", TRUE },
  { "X-Spam-Status: No, score=-1.9 required=5.0", FALSE },
  { "X-Spam-Status: Yesterday", FALSE },
  { "X-Spam-Level: *****", TRUE },
  { "X-Spam-Level: ****", FALSE },
  { "X-Spam-Level:", FALSE },
  { "X-Spam: Yes", TRUE },
  { "X-Spam: Not detected", FALSE },
  { "X-Rspamd-Action: add header", TRUE },
  { "X-Rspamd-Action: reject", TRUE },
  { "X-Rspamd-Action: no action", FALSE },
  { "X-Rspamd-Action: greylist", FALSE },
  { "X-Spamd-Result: default: True [15.30 / 15.00]; BAYES_SPAM(5.10)", TRUE },
  { "X-Spamd-Result: default: False [-2.10 / 15.00]; TRUE(0.0)", FALSE },
  { "X-Forefront-Antispam-Report: CIP:203.0.113.9;CTRY:;SCL:5;SFV:SPM;CAT:SPM;", TRUE },
  { "X-Forefront-Antispam-Report: CIP:203.0.113.9;SCL:1;SFV:NSPM;CAT:NONE;", FALSE },
  { "X-MS-Exchange-Organization-SCL: 9", TRUE },
  { "X-MS-Exchange-Organization-SCL: -1", FALSE },
  { "X-Bogosity: Spam, tests=bogofilter, spamicity=0.99", TRUE },
  { "X-Bogosity: Ham, tests=bogofilter, spamicity=0.01", FALSE },
  { "X-DSPAM-Result: Innocent", FALSE },
  { "X-Yandex-Spam: 4", TRUE },
  { "X-Yandex-Spam: 1", FALSE },
  { "X-VR-Spamstate: SPAM", TRUE },
  { "X-WP-SPAM: NO", FALSE },
  { "X-Other: Yes", FALSE },
  { "Subject: X-Spam-Flag: YES", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *head =
      g_strdup_printf ("From: a@example.org\n%s\n\nX-Spam-Flag: YES\n", c->field);
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (head, strlen (head));
  g_autofree char *verdict = pj_mail_spam_find_verdict (scan);

  g_assert_cmpstr (verdict, ==, c->is_spam ? c->field : NULL);
}

static void
test_is_cut (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *head = g_strdup_printf ("X-Spam-Status: Yes, \x1B[2J%s\n", long_text);
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (head, strlen (head));
  g_autofree char *verdict = pj_mail_spam_find_verdict (scan);

  g_assert_cmpint (g_utf8_strlen (verdict, -1), ==, 201);
  g_assert_null (strchr (verdict, '\x1B'));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].field), " /", '-');
      g_autofree char *path = g_strdup_printf ("/mail/spam/%s", name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/spam/is-cut", test_is_cut);
  return g_test_run ();
}
