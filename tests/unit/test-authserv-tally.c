/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-authserv-tally.h"

/* Who stands topmost, as many times as told: "mx*4 evil" */
static GPtrArray *
ids_of (const char *text)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "*", 2);
      guint n = parts[0] == NULL   ? 0
                : parts[1] != NULL ? (guint) g_ascii_strtoull (parts[1], NULL, 10)
                                   : 1;

      for (guint j = 0; j < n; j++)
        g_ptr_array_add (ids, g_strdup (g_str_equal (parts[0], "none") ? "" : parts[0]));
    }

  return ids;
}

typedef struct
{
  const char *name;
  const char *ids;
  const char *learned;  /* before */
  const char *expected; /* NULL: nobody */
} Case;

static const Case cases[] = {
  { "nothing-yet", "", NULL, NULL },
  { "nothing-yet-but-learned", "", "mx", "mx" },
  { "four-are-too-few", "mx*4", NULL, NULL },
  { "five-suffice", "mx*5", NULL, "mx" },
  { "nine-of-ten", "evil mx*9", NULL, "mx" },
  { "eight-of-ten-are-too-few", "evil*2 mx*8", NULL, NULL },
  { "forged-ones-of-many-senders", "a b c d e f g", NULL, NULL },
  { "a-service-that-tells-nothing", "none*19 evil", NULL, NULL },
  { "some-without", "none*2 mx*18", NULL, "mx" },
  { "a-flood-does-not-unseat", "mx*10 evil*10", "mx", "mx" },
  { "another-for-long", "mx*20 other*18", "mx", "other" },
  { "gone-for-long", "mx*5 none*20", "mx", NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) ids = ids_of (c->ids);
  g_autofree char *recent = pj_authserv_tally_push ("", ids);
  g_autofree char *decided = pj_authserv_tally_decide (recent, c->learned);

  g_assert_cmpstr (decided, ==, c->expected);
}

static void
test_keeps_the_last (void)
{
  g_autoptr (GPtrArray) first = ids_of ("a*15");
  g_autoptr (GPtrArray) second = ids_of ("b*8");
  g_autoptr (GPtrArray) odd = g_ptr_array_new ();
  g_autofree char *before = pj_authserv_tally_push ("", first);
  g_autofree char *after = pj_authserv_tally_push (before, second);
  g_autofree char *last = NULL;

  g_assert_cmpstr (after, ==, "a a a a a a a a a a a a b b b b b b b b");
  g_ptr_array_add (odd, (gpointer) "two words");
  last = pj_authserv_tally_push ("a", odd);
  g_assert_cmpstr (last, ==, "a -");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/authserv-tally/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/model/authserv-tally/keeps-the-last", test_keeps_the_last);
  return g_test_run ();
}
