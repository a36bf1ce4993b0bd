/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-body.h"

#include <string.h>

static PjMailText *
parse (const char *mail)
{
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));

  return pj_mail_body_parse (bytes, FALSE, NULL);
}

static void
test_all_at_once (void)
{
  g_autoptr (PjMailText) mail = parse ("From: \"PayPal\" <x@evil.test>\n"
                                       "Subject: Your verification code\n"
                                       "X-Spam-Flag: YES\n"
                                       "List-Unsubscribe: <https://evil.test/leave>\n\n"
                                       "Your code: 123456\n");
  const PjMailWarning *warning;

  g_assert_cmpstr (mail->one_time_code, ==, "123456");
  g_assert_cmpstr (mail->spam_verdict, ==, "X-Spam-Flag: YES");
  g_assert_cmpstr (mail->unsubscribe->host, ==, "evil.test");
  g_assert_true (pj_mail_text_has_warning (mail, "marked-as-spam"));

  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "brand-name");
  g_assert_cmpint (warning->certainty, ==, PJ_MAIL_CERTAINTY_LIKELY);
  g_assert_cmpstr (warning->reason, ==, "PayPal; the address is at evil.test, not at paypal.com");
}

/* Fields by which a mail would have a reader answer it or fetch something: they
 * are shown like any other, and nothing comes of them. */
static void
test_nothing_is_acted_on (void)
{
  static const char *const fields[] = {
    "Disposition-Notification-To: x@evil.test",
    "Return-Receipt-To: x@evil.test",
    "X-Confirm-Reading-To: x@evil.test",
    "Generate-Delivery-Report: x@evil.test",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "List-Unsubscribe: <mailto:x@evil.test>",
    "X-Image-URL: http://evil.test/face.png",
    "Face: iVBORw0KGgo=",
    "X-Face: ~~~~",
    "BIMI-Location: v=BIMI1; l=https://evil.test/logo.svg",
    "Autocrypt: addr=x@evil.test; keydata=AAAA",
    "Content-Type: message/external-body; access-type=URL; URL=\"http://evil.test/x\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strdup_printf ("From: a@example.org\n%s\n\nHello\n", fields[i]);
      g_autoptr (PjMailText) mail = parse (text);

      g_test_message ("%s", fields[i]);
      g_assert_cmpuint (mail->headers->len, ==, 2);
      g_assert_cmpuint (mail->warnings->len, ==, 0);
      g_assert_null (mail->unsubscribe);
      g_assert_cmpuint (mail->document->links->len, ==, 0);
    }
}

static void
test_plain_mail_has_nothing (void)
{
  g_autoptr (PjMailText) mail = parse ("From: Ala <ala@example.org>\nSubject: Hi\n\nHello\n");

  g_assert_cmpuint (mail->warnings->len, ==, 0);
  g_assert_null (mail->one_time_code);
  g_assert_null (mail->spam_verdict);
  g_assert_null (mail->unsubscribe);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/finding/all-at-once", test_all_at_once);
  g_test_add_func ("/mail/finding/nothing-is-acted-on", test_nothing_is_acted_on);
  g_test_add_func ("/mail/finding/plain-mail-has-nothing", test_plain_mail_has_nothing);
  return g_test_run ();
}
