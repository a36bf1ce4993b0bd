/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-error-words.h"

#include <gio/gio.h>

#include "app/pj-problem-words.h"

static void
test_own_code (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "The server said no");
  g_autofree char *advice = pj_error_words_dup_advice (error);

  g_assert_cmpint (pj_error_words_get_code (error), ==, PJ_PROBLEM_AUTH);
  g_assert_true (g_str_has_prefix (advice, pj_problem_words_remedy (PJ_PROBLEM_AUTH)));
  g_assert_true (g_str_has_suffix (advice, "\nThe server said no"));
}

static void
test_foreign_domain (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");

  g_assert_cmpint (pj_error_words_get_code (error), ==, PJ_PROBLEM_INTERNAL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/error-words/remedy-and-detail", test_own_code);
  g_test_add_func ("/ui/error-words/foreign-errors-are-internal", test_foreign_domain);
  return g_test_run ();
}
