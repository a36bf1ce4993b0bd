/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-text.h"

static void
test_filled (void)
{
  PjMailText *text = pj_mail_text_new ();
  g_autoptr (PjMailText) kept = pj_mail_text_ref (text);
  const PjMailAttachment *attachment;
  const PjMailWarning *warning;

  g_assert_cmpstr (text->text, ==, "");
  pj_mail_text_add_header (text, "Received", "first");
  pj_mail_text_add_header (text, "received", "second");
  pj_mail_text_add_attachment (text, "a.png", "image/png", 1024);
  pj_mail_text_add_attachment (text, NULL, "text/calendar", -1);
  pj_mail_text_add_warning (text, "several-from", "Two senders");
  pj_mail_text_unref (text);

  g_assert_cmpuint (kept->headers->len, ==, 2);
  g_assert_cmpstr (pj_mail_text_get_header (kept, "RECEIVED"), ==, "first");
  g_assert_null (pj_mail_text_get_header (kept, "Subject"));

  attachment = g_ptr_array_index (kept->attachments, 0);
  g_assert_cmpstr (attachment->name, ==, "a.png");
  g_assert_cmpint (attachment->octets, ==, 1024);
  attachment = g_ptr_array_index (kept->attachments, 1);
  g_assert_cmpstr (attachment->name, ==, "");
  g_assert_cmpstr (attachment->type, ==, "text/calendar");
  g_assert_cmpint (attachment->octets, ==, -1);

  warning = g_ptr_array_index (kept->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "several-from");
  g_assert_cmpstr (warning->text, ==, "Two senders");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-text/keeps-what-was-added", test_filled);
  return g_test_run ();
}
