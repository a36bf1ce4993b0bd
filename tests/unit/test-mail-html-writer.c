/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer.h"

#include <string.h>

#include "document-dump.h"

#define MAX_BYTES 100

static void
add (PjMailHtmlWriter *writer, const char *text)
{
  pj_mail_html_writer_add_text (writer, text, strlen (text));
}

static char *
finish (PjMailHtmlWriter *writer)
{
  g_autoptr (PjMailDocument) document = pj_mail_html_writer_finish (writer);

  return document_dump (document);
}

static void
test_nothing_owed_is_paid_at_the_end (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (1000);
  g_autofree char *dump = NULL;

  pj_mail_html_writer_need_lines (writer, 2);
  add (writer, " a ");
  pj_mail_html_writer_start_cell (writer);
  pj_mail_html_writer_need_lines (writer, 2);
  pj_mail_html_writer_start_item (writer, 0);

  dump = finish (writer);
  g_assert_cmpstr (dump, ==, "P|a");
}

static void
test_full (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (MAX_BYTES);
  g_autofree char *dump = NULL;

  g_assert_false (pj_mail_html_writer_is_full (writer));
  for (guint i = 0; i < MAX_BYTES / 4; i++)
    add (writer, "abc ");
  g_assert_true (pj_mail_html_writer_is_full (writer));
  add (writer, "hi");
  pj_mail_html_writer_add_image (writer, "image");
  pj_mail_html_writer_add_rule (writer);

  dump = finish (writer);
  g_assert_true (g_str_has_prefix (dump, "P|abc abc "));
  g_assert_true (g_str_has_suffix (dump, " ab"));
  g_assert_cmpuint (strlen (dump), <=, MAX_BYTES + strlen ("P|"));
}

static void
test_ends_without_starts (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (1000);
  g_autofree char *dump = NULL;

  pj_mail_html_writer_end_list (writer);
  pj_mail_html_writer_end_quote (writer);
  pj_mail_html_writer_end_pre (writer);
  pj_mail_html_writer_end_link (writer);
  add (writer, "a");
  pj_mail_html_writer_start_item (writer, 0);
  add (writer, "b");

  dump = finish (writer);
  g_assert_cmpstr (dump, ==, "P|a\n+I1|b");
}

static void
test_depth_is_bounded (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (1000);
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 100; i++)
    pj_mail_html_writer_start_quote (writer);
  add (writer, "a");
  for (guint i = 0; i < 100; i++)
    pj_mail_html_writer_end_quote (writer);
  add (writer, "b");

  dump = finish (writer);
  g_assert_cmpstr (dump, ==, ">>>>>>>>P|a\nP|b");
}

static void
test_numbers_go_on_after_an_inner_list (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (1000);
  g_autofree char *dump = NULL;

  pj_mail_html_writer_start_list (writer, 1);
  pj_mail_html_writer_start_item (writer, 0);
  add (writer, "a");
  pj_mail_html_writer_start_list (writer, 0);
  pj_mail_html_writer_start_item (writer, 0);
  add (writer, "b");
  pj_mail_html_writer_end_list (writer);
  pj_mail_html_writer_start_item (writer, 0);
  add (writer, "c");
  pj_mail_html_writer_end_list (writer);

  dump = finish (writer);
  g_assert_cmpstr (dump, ==, "I1.1|a\n+I2|b\n+I1.2|c");
}

static void
test_link_within_link (void)
{
  PjMailHtmlWriter *writer = pj_mail_html_writer_new (1000);
  g_autofree char *dump = NULL;

  pj_mail_html_writer_start_link (writer, "http://a.example");
  add (writer, "one");
  pj_mail_html_writer_start_link (writer, "http://b.example");
  add (writer, "two");

  dump = finish (writer);
  g_assert_cmpstr (dump, ==, "P|{@http://a.example/:one}{@http://b.example/:two}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/html-writer/nothing-owed-is-paid-at-the-end",
                   test_nothing_owed_is_paid_at_the_end);
  g_test_add_func ("/mail/html-writer/full", test_full);
  g_test_add_func ("/mail/html-writer/ends-without-starts", test_ends_without_starts);
  g_test_add_func ("/mail/html-writer/depth-is-bounded", test_depth_is_bounded);
  g_test_add_func ("/mail/html-writer/numbers-go-on-after-an-inner-list",
                   test_numbers_go_on_after_an_inner_list);
  g_test_add_func ("/mail/html-writer/link-within-link", test_link_within_link);

  return g_test_run ();
}
