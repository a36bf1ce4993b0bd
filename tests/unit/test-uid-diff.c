/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-uid-diff.h"

typedef struct
{
  const char *name;
  const char *uids;     /* in the mailbox, separated by blanks; "-" for none */
  const char *known;    /* likewise; NULL for no set at all */
  const char *expected; /* numbers */
} Case;

static const Case cases[] = {
  { "empty-mailbox", "", "a", "" },
  { "all-fresh-without-a-set", "a b c", NULL, "1 2 3" },
  { "all-fresh-with-an-empty-set", "a b c", "", "1 2 3" },
  { "all-known", "a b c", "c b a", "" },
  { "last-is-fresh", "a b c", "a b", "3" },
  { "first-is-fresh", "a b c", "b c", "1" },
  { "known-ones-that-are-gone", "a b", "x a y", "2" },
  { "twins-count-once", "a twin twin b twin", "a", "2 4" },
  { "known-twins-count-never", "twin twin", "twin", "" },
  { "no-uid-is-never-fresh", "- a - b", "a", "4" },
  { "only-no-uids", "- -", NULL, "" },
  { "case-matters", "a A", "a", "2" },
  { "prefix-is-another", "ab abc", "abc", "1" },
};

static char **
split (const char *words)
{
  return *words != '\0' ? g_strsplit (words, " ", -1) : g_new0 (char *, 1);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (GStrv) known_uids = split (c->known != NULL ? c->known : "");
  g_auto (GStrv) uids = split (c->uids);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (PjPop3Entry));
  g_autoptr (GArray) fresh = NULL;
  PjPop3Survey survey = { .has_uids = TRUE, .entries = entries };

  for (char **uid = uids; *uid != NULL; uid++)
    {
      PjPop3Entry entry = { .uid = g_str_equal (*uid, "-") ? NULL : *uid, .octets = 100 };

      g_array_append_val (entries, entry);
    }
  survey.count = entries->len;

  if (c->known != NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  for (char **uid = known_uids; *uid != NULL; uid++)
    g_hash_table_add (known, *uid);

  fresh = pj_uid_diff_list_fresh (&survey, known);
  for (guint i = 0; i < fresh->len; i++)
    g_string_append_printf (numbers, "%s%u", i > 0 ? " " : "", g_array_index (fresh, guint, i));
  g_assert_cmpstr (numbers->str, ==, c->expected);
  if (known != NULL)
    g_assert_cmpuint (g_hash_table_size (known), ==, g_strv_length (known_uids));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/uid-diff/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
