/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-check-save.h"

#include "store/pj-message-table.h"

#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  PjDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = test_dir_new ();
  path = g_build_filename (fixture->dir, "state.db", NULL);
  fixture->db = pj_db_open (path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pj_db_close (fixture->db);
  test_dir_remove (fixture->dir);
}

/* @uids and @fresh: UIDs joined by blanks; %NULL for @uids: the server tells none. */
static PjCheckResult *
make_result (const char *uids, const char *fresh)
{
  PjCheckResult *result = pj_check_result_new ();
  g_auto (GStrv) known = g_strsplit (uids != NULL ? uids : "", " ", -1);
  g_auto (GStrv) unknown = g_strsplit (fresh, " ", -1);

  result->has_uids = uids != NULL;
  for (char **uid = known; *uid != NULL && **uid != '\0'; uid++)
    g_ptr_array_add (result->uids, g_strdup (*uid));
  for (char **uid = unknown; *uid != NULL && **uid != '\0'; uid++)
    g_ptr_array_add (result->fresh,
                     pj_message_new (&(PjMessageFields){ .account_id = "a", .uid = *uid }));
  result->messages = result->uids->len;

  return result;
}

static PjStoreChanges *
save (PjDb *db, const char *uids, const char *fresh)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjCheckResult) result = make_result (uids, fresh);
  PjStoreChanges *changes = pj_check_save (db, "a", result, 1700000000, &error);

  g_assert_no_error (error);
  return changes;
}

/* Returns: "uid=state" of each message, joined by blanks */
static char *
dup_words (GPtrArray *messages)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      g_string_append_printf (out, "%s%s=%s", i > 0 ? " " : "", pj_message_get_uid (message),
                              pj_message_state_to_string (pj_message_get_state (message)));
    }

  return g_string_free (out, FALSE);
}

static void
assert_messages (GPtrArray *messages, const char *expected)
{
  g_autofree char *words = dup_words (messages);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_saved (PjDb *db, const char *expected)
{
  g_autoptr (GPtrArray) messages = pj_message_table_list (db, NULL);

  assert_messages (messages, expected);
}

static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) changes = save (fixture->db, "1 2 3", "1 2 3");

  g_assert_true (changes->is_baseline);
  assert_messages (changes->added, "1=waiting 2=waiting 3=waiting");
  g_assert_cmpuint (changes->gone_uids->len, ==, 0);
  assert_saved (fixture->db, "1=waiting 2=waiting 3=waiting");
}

static void
test_new_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) first = save (fixture->db, "", "");
  g_autoptr (PjStoreChanges) second = save (fixture->db, "1 2", "1 2");
  g_autoptr (PjStoreChanges) again = save (fixture->db, "1 2", "1 2");

  g_assert_true (first->is_baseline);
  g_assert_false (second->is_baseline);
  assert_messages (second->added, "1=new 2=new");
  g_assert_false (again->is_baseline);
  g_assert_cmpuint (again->added->len, ==, 0);
  assert_saved (fixture->db, "1=new 2=new");
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3", "1 2 3");
  g_autoptr (PjStoreChanges) second = save (fixture->db, "1 3", "");

  g_assert_cmpuint (second->gone_uids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (second->gone_uids, 0), ==, "2");
  assert_saved (fixture->db, "1=waiting 3=waiting");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3 4", "1 2 3 4");
  g_autoptr (PjStoreChanges) turned = save (fixture->db, "4 x 1 3 y", "x y");

  assert_messages (turned->added, "x=new y=new");
  assert_saved (fixture->db, "4=waiting x=new 1=waiting 3=waiting y=new");
}

static void
test_order_costs_nothing (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3 4", "1 2 3 4");
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) second = save (fixture->db, "2 4", "");
  g_autoptr (GHashTable) positions = pj_message_table_list_positions (fixture->db, "a", NULL);

  /* No row of those that stay was written. */
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "2"), ==, 2);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "4"), ==, 4);
}

static void
test_equal_uids (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) first = save (fixture->db, "1 1 2 1", "1 1 2 1");
  g_autoptr (PjStoreChanges) second = save (fixture->db, "1 1 2 1", "");

  assert_messages (first->added, "1=waiting 2=waiting");
  g_assert_cmpuint (second->gone_uids->len, ==, 0);
  assert_saved (fixture->db, "1=waiting 2=waiting");
}

static void
test_not_on_the_list (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) changes = save (fixture->db, "1", "1 2");

  assert_saved (fixture->db, "1=waiting");
}

static void
test_not_fetched (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1");
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) second = save (fixture->db, "1 2", "2");

  assert_saved (fixture->db, "1=waiting 2=new");
}

static void
test_without_uids (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");
  g_autoptr (PjStoreChanges) blind = save (fixture->db, NULL, "");
  g_autoptr (PjStoreChanges) third = save (fixture->db, "1 2 3", "3");

  g_assert_false (blind->is_baseline);
  g_assert_cmpuint (blind->gone_uids->len, ==, 0);
  g_assert_false (third->is_baseline);
  assert_saved (fixture->db, "1=waiting 2=waiting 3=new");
}

static void
test_uids_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) blind = save (fixture->db, NULL, "");
  g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");

  g_assert_true (blind->is_baseline);
  g_assert_true (first->is_baseline);
  assert_saved (fixture->db, "1=waiting 2=waiting");
}

static void
test_seen_stays (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");
  g_autoptr (PjStoreChanges) second = NULL;

  g_assert_true (pj_message_table_set_state (fixture->db, "a", (const char *const[]){ "1", NULL },
                                             PJ_MESSAGE_SEEN, NULL));
  second = save (fixture->db, "1 2", "1 2");
  assert_saved (fixture->db, "1=seen 2=waiting");
}

static void
test_failure_changes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjCheckResult) result = make_result ("1 bad 3", "bad 3");
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");

  g_assert_true (pj_db_exec (fixture->db,
                             "CREATE TRIGGER refuse BEFORE INSERT ON message WHEN new.uid = 'bad'"
                             "  BEGIN SELECT raise (ABORT, 'disk full'); END",
                             NULL));
  g_assert_null (pj_check_save (fixture->db, "a", result, 1700000300, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_cmpstr (error->message, ==, "Database: disk full");
  assert_saved (fixture->db, "1=waiting 2=waiting");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/check-save/first-check-is-a-baseline", test_baseline);
  add ("/store/check-save/new-is-added-once", test_new_once);
  add ("/store/check-save/gone-is-deleted-and-told", test_gone);
  add ("/store/check-save/order-is-the-server-s", test_order);
  add ("/store/check-save/gaps-write-no-row", test_order_costs_nothing);
  add ("/store/check-save/equal-uids-share-a-row", test_equal_uids);
  add ("/store/check-save/fresh-but-not-listed-is-left-out", test_not_on_the_list);
  add ("/store/check-save/listed-but-not-fetched-is-new-later", test_not_fetched);
  add ("/store/check-save/check-without-uids-keeps-rows", test_without_uids);
  add ("/store/check-save/first-uids-are-a-baseline", test_uids_later);
  add ("/store/check-save/state-stays", test_seen_stays);
  add ("/store/check-save/failure-changes-nothing", test_failure_changes_nothing);
  return g_test_run ();
}
