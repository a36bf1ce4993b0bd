/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-sign-words.h"

#include <string.h>

static void
test_each_certainty_differs (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = PJ_MAIL_CERTAINTY_HINT; i <= PJ_MAIL_CERTAINTY_SURE; i++)
    g_assert_true (
        g_hash_table_add (seen, (gpointer) pj_sign_words_get_certainty ((PjMailCertainty) i)));
}

static void
test_why (void)
{
  const PjMailWarning with = { .reason = "a ≠ b", .certainty = PJ_MAIL_CERTAINTY_LIKELY };
  const PjMailWarning without = { .reason = "", .certainty = PJ_MAIL_CERTAINTY_LIKELY };
  g_autofree char *both = pj_sign_words_dup_why (&with);
  g_autofree char *one = pj_sign_words_dup_why (&without);

  g_assert_true (g_str_has_prefix (both, "a ≠ b\n"));
  g_assert_true (g_str_has_suffix (both, one));
  g_assert_null (strchr (one, '\n'));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/sign-words/each-certainty-differs", test_each_certainty_differs);
  g_test_add_func ("/app/sign-words/why", test_why);
  return g_test_run ();
}
