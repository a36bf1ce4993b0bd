/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-retr-budget.h"

#define HEAD_MAX PJ_RETR_BUDGET_MAX_HEAD_OCTETS
#define CHECK_MAX PJ_RETR_BUDGET_MAX_CHECK_OCTETS

typedef struct
{
  const char *name;
  guint64 octets[5]; /* of the messages in the mailbox; the rest are 300 each */
  guint count;
  const char *wanted;   /* numbers, separated by blanks */
  const char *expected; /* places among them */
} Case;

static const Case cases[] = {
  { "nothing-wanted", { 0 }, 3, "", "" },
  { "small-ones", { 300, 300, 300 }, 3, "1 2 3", "0 1 2" },
  { "places-are-not-numbers", { 300, 300, 300 }, 3, "3", "0" },
  { "largest-that-fits", { HEAD_MAX, HEAD_MAX + 1 }, 2, "1 2", "0" },
  { "too-large-between", { 300, HEAD_MAX + 1, 300 }, 3, "1 2 3", "0 2" },
  { "unknown-size", { 0, 300 }, 2, "1 2", "1" },
  { "absurd-size", { G_MAXUINT64, 300 }, 2, "1 2", "1" },
};

static void
append_numbers (GArray *numbers, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *text != '\0' && *word != NULL; word++)
    {
      guint number = (guint) g_ascii_strtoull (*word, NULL, 10);

      g_array_append_val (numbers, number);
    }
}

static GArray *
make_entries (const guint64 *octets, guint n_octets, guint count)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (PjPop3Entry));

  for (guint i = 0; i < count; i++)
    {
      PjPop3Entry entry = { .octets = i < n_octets ? octets[i] : 300 };

      g_array_append_val (entries, entry);
    }

  return entries;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GArray) entries = make_entries (c->octets, G_N_ELEMENTS (c->octets), c->count);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) places = g_string_new (NULL);
  g_autoptr (GArray) chosen = NULL;
  PjPop3Survey survey = { .count = c->count, .has_uids = TRUE, .entries = entries };

  append_numbers (numbers, c->wanted);
  chosen = pj_retr_budget_choose (&survey, numbers);
  for (guint i = 0; i < chosen->len; i++)
    g_string_append_printf (places, "%s%u", i > 0 ? " " : "", g_array_index (chosen, guint, i));
  g_assert_cmpstr (places->str, ==, c->expected);
}

typedef struct
{
  guint64 octets;
  guint chosen; /* of very many such messages */
} Crowd;

static const Crowd crowds[] = {
  { HEAD_MAX, CHECK_MAX / HEAD_MAX },
  { HEAD_MAX - 1, CHECK_MAX / (HEAD_MAX - 1) },
  /* What the server says to be next to nothing is still counted for something. */
  { 1, CHECK_MAX / PJ_RETR_BUDGET_MIN_OCTETS },
};

/* A mailbox of gigabytes costs no more than the budget, and what one looks for
 * is at its end. */
static void
test_newest_first (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (crowds); i++)
    {
      const guint count = 50000;
      g_autoptr (GArray) entries = make_entries (NULL, 0, count);
      g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) chosen = NULL;
      PjPop3Survey survey = { .count = count, .has_uids = TRUE, .entries = entries };

      for (guint number = 1; number <= count; number++)
        {
          g_array_index (entries, PjPop3Entry, number - 1).octets = crowds[i].octets;
          g_array_append_val (numbers, number);
        }

      chosen = pj_retr_budget_choose (&survey, numbers);
      g_assert_cmpuint (chosen->len, ==, crowds[i].chosen);
      g_assert_cmpuint (g_array_index (chosen, guint, 0), ==, count - chosen->len);
      g_assert_cmpuint (g_array_index (chosen, guint, chosen->len - 1), ==, count - 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/retr-budget/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/retr-budget/newest-first-up-to-the-total", test_newest_first);

  return g_test_run ();
}
