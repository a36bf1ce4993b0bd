/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-problem-words.h"

static void
test_every_code (void)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (PJ_TYPE_PROBLEM_CODE);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (codes->n_values, >, 0);
  for (guint i = 0; i < codes->n_values; i++)
    {
      PjProblemCode code = (PjProblemCode) codes->values[i].value;
      const char *title = pj_problem_words_title (code);
      const char *remedy = pj_problem_words_remedy (code);

      g_test_message ("%s", codes->values[i].value_nick);
      g_assert_nonnull (title);
      g_assert_nonnull (remedy);
      g_assert_cmpuint (strlen (title), >, 0);
      g_assert_true (g_str_has_suffix (remedy, "."));
      /* A title that two problems share tells nobody which it is. */
      g_assert_true (g_hash_table_add (titles, (gpointer) title));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/problem-words/every-code-has-words", test_every_code);

  return g_test_run ();
}
