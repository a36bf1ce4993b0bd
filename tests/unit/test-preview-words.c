/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preview-words.h"

static void
test_nothing (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *warnings = pj_preview_words_dup_warnings (mail);

  g_assert_cmpstr (warnings, ==, "");
}

static void
test_a_line_each (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *warnings = NULL;

  pj_mail_text_add_warning (mail, &(PjMailWarning){ .code = "a", .text = "First." });
  pj_mail_text_add_warning (mail, &(PjMailWarning){ .code = "b", .text = "Second." });
  warnings = pj_preview_words_dup_warnings (mail);

  g_assert_cmpstr (warnings, ==, "First.\nSecond.");
}

static void
test_a_thousand_are_counted (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *warnings = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *code = g_strdup_printf ("code-%u", i);

      pj_mail_text_add_warning (mail, &(PjMailWarning){ .code = code, .text = "Odd." });
    }
  warnings = pj_preview_words_dup_warnings (mail);
  lines = g_strsplit (warnings, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  g_assert_cmpstr (lines[10], ==, "and 990 more");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/preview-words/nothing", test_nothing);
  g_test_add_func ("/ui/preview-words/a-line-each", test_a_line_each);
  g_test_add_func ("/ui/preview-words/a-thousand-are-counted", test_a_thousand_are_counted);
  return g_test_run ();
}
