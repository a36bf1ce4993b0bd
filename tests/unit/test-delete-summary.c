/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-delete-summary.h"

typedef struct
{
  const char *name;
  guint deleted;
  guint gone;
  guint refused;
  guint unconfirmed;
  const char *words;
} Case;

static const Case cases[] = {
  { "one", 1, 0, 0, 0, "1 mail deleted." },
  { "gone-is-what-was-wanted", 1, 1, 0, 0, "2 mails deleted." },
  { "refused", 0, 0, 1, 0, "The server refused to delete 1 mail." },
  { "unconfirmed", 0, 0, 0, 2, "2 deletions were not confirmed; the next check tells." },
  { "some-of-each", 3, 0, 2, 1,
    "3 mails deleted. The server refused to delete 2 mails. "
    "1 deletion was not confirmed; the next check tells." },
};

static void
add (GPtrArray *receipts, guint n, PjDeleteOutcome outcome)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (receipts, pj_delete_receipt_new ("uid", outcome, ""));
}

static void
test_words (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) receipts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pj_delete_receipt_free);
  g_autofree char *words = NULL;

  add (receipts, c->deleted, PJ_DELETE_DELETED);
  add (receipts, c->gone, PJ_DELETE_GONE);
  add (receipts, c->refused, PJ_DELETE_REFUSED);
  add (receipts, c->unconfirmed, PJ_DELETE_UNCONFIRMED);
  words = pj_delete_summary_dup_words (receipts);

  g_assert_cmpstr (words, ==, c->words);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/delete-summary/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_words);
    }

  return g_test_run ();
}
