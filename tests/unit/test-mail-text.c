/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-text.h"

static void
test_filled (void)
{
  PjMailText *text = pj_mail_text_new ();
  g_autoptr (PjMailText) kept = pj_mail_text_ref (text);
  static const char *const dangers[] = { "double-extension", NULL };
  const PjMailAttachment picture = { .name = "a.png",
                                     .type = "image/png",
                                     .sniffed = "image/gif",
                                     .octets = 1024,
                                     .part = 2,
                                     .dangers = dangers };
  const PjMailAttachment invitation = { .type = "text/calendar", .octets = -1, .is_partial = TRUE };
  const PjMailWarning two_senders = { .code = "several-from",
                                      .text = "Two senders",
                                      .reason = "a, b",
                                      .certainty = PJ_MAIL_CERTAINTY_SURE };
  const PjMailWarning again = { .code = "several-from", .text = "Said twice" };
  const PjMailAttachment *attachment;
  const PjMailWarning *warning;

  g_assert_cmpstr (text->text, ==, "");
  pj_mail_text_add_header (text, "Received", "first");
  pj_mail_text_add_header (text, "received", "second");
  pj_mail_text_add_attachment (text, &picture);
  pj_mail_text_add_attachment (text, &invitation);
  pj_mail_text_add_warning (text, &two_senders);
  pj_mail_text_add_warning (text, &again);
  pj_mail_text_unref (text);

  g_assert_cmpuint (kept->headers->len, ==, 2);
  g_assert_cmpstr (pj_mail_text_get_header (kept, "RECEIVED"), ==, "first");
  g_assert_null (pj_mail_text_get_header (kept, "Subject"));

  attachment = g_ptr_array_index (kept->attachments, 0);
  g_assert_cmpstr (attachment->name, ==, "a.png");
  g_assert_cmpint (attachment->octets, ==, 1024);
  g_assert_cmpstr (attachment->sniffed, ==, "image/gif");
  g_assert_cmpuint (attachment->part, ==, 2);
  g_assert_cmpstrv ((gpointer) attachment->dangers, (gpointer) dangers);
  g_assert_false (attachment->is_partial);
  attachment = g_ptr_array_index (kept->attachments, 1);
  g_assert_cmpstr (attachment->name, ==, "");
  g_assert_cmpstr (attachment->type, ==, "text/calendar");
  g_assert_cmpint (attachment->octets, ==, -1);
  g_assert_cmpstr (attachment->sniffed, ==, "");
  g_assert_cmpuint (g_strv_length ((gpointer) attachment->dangers), ==, 0);
  g_assert_true (attachment->is_partial);

  g_assert_cmpuint (kept->warnings->len, ==, 1);
  g_assert_true (pj_mail_text_has_warning (kept, "several-from"));
  g_assert_false (pj_mail_text_has_warning (kept, "broken"));
  warning = g_ptr_array_index (kept->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "several-from");
  g_assert_cmpstr (warning->text, ==, "Two senders");
  g_assert_cmpstr (warning->reason, ==, "a, b");
  g_assert_cmpint (warning->certainty, ==, PJ_MAIL_CERTAINTY_SURE);
}

static void
test_document (void)
{
  g_autoptr (PjMailText) text = pj_mail_text_new ();
  PjMailDocument *document = pj_mail_document_new ();
  const PjMailBlock block = { .kind = PJ_MAIL_BLOCK_PARAGRAPH, .quote_depth = 1 };

  g_assert_cmpuint (text->document->blocks->len, ==, 0);
  pj_mail_document_add_block (document, &block);
  pj_mail_document_add_text (document, "hello", 5, 0, -1);
  pj_mail_text_take_document (text, document);
  g_assert_cmpstr (text->text, ==, "> hello\n");
  g_assert_true (text->document == document);
}

static void
test_certainty_has_its_word (void)
{
  g_assert_cmpstr (pj_mail_certainty_to_string (PJ_MAIL_CERTAINTY_HINT), ==, "hint");
  g_assert_cmpstr (pj_mail_certainty_to_string (PJ_MAIL_CERTAINTY_LIKELY), ==, "likely");
  g_assert_cmpstr (pj_mail_certainty_to_string (PJ_MAIL_CERTAINTY_SURE), ==, "sure");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-text/keeps-what-was-added", test_filled);
  g_test_add_func ("/model/mail-text/takes-a-document", test_document);
  g_test_add_func ("/model/mail-text/certainty-has-its-word", test_certainty_has_its_word);
  return g_test_run ();
}
