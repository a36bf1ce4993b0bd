/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-check-save.h"

#include "db-fixture.h"

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

static void
test_baseline (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) changes = save (fixture->db, "1 2 3", "1 2 3");

  g_assert_true (changes->is_baseline);
  assert_messages (changes->added, "1=waiting 2=waiting 3=waiting");
  g_assert_cmpuint (changes->gone_uids->len, ==, 0);
  assert_saved (fixture->db, "1=waiting 2=waiting 3=waiting");
}

static PjCheckResult *
make_result_with_subject (const char *uid, const char *subject)
{
  PjCheckResult *result = make_result (uid, "");

  g_ptr_array_add (result->fresh, pj_message_new (&(PjMessageFields){
                                      .account_id = "a", .uid = uid, .subject = subject }));
  return result;
}

/* A header that comes later than its row fills it, and is no news. */
static void
test_header_comes_later (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "", "");
  g_autoptr (PjStoreChanges) bare = save (fixture->db, "1 2", "1 2");
  g_autoptr (PjCheckResult) result = make_result_with_subject ("1", "Late");
  g_autoptr (PjStoreChanges) filled = pj_check_save (fixture->db, "a", result, 1700000000, NULL);
  g_autoptr (PjStoreChanges) again = pj_check_save (fixture->db, "a", result, 1700000000, NULL);

  g_assert_cmpuint (bare->filled->len, ==, 0);
  g_assert_cmpuint (filled->added->len, ==, 0);
  g_assert_cmpuint (filled->filled->len, ==, 1);
  g_assert_cmpstr (pj_message_get_subject (g_ptr_array_index (filled->filled, 0)), ==, "Late");
  g_assert_cmpuint (again->filled->len, ==, 0);
  assert_saved (fixture->db, "1=new");
}

static void
test_new_once (DbFixture *fixture, gconstpointer data)
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
test_gone (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3", "1 2 3");
  g_autoptr (PjStoreChanges) second = save (fixture->db, "1 3", "");

  g_assert_cmpuint (second->gone_uids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (second->gone_uids, 0), ==, "2");
  assert_saved (fixture->db, "1=waiting 3=waiting");
}

static void
test_order (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3 4", "1 2 3 4");
  g_autoptr (PjStoreChanges) turned = save (fixture->db, "4 x 1 3 y", "x y");

  assert_messages (turned->added, "x=new y=new");
  assert_saved (fixture->db, "4=waiting x=new 1=waiting 3=waiting y=new");
}

static void
test_order_costs_nothing (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2 3 4", "1 2 3 4");
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) second = save (fixture->db, "2 4", "");
  g_autoptr (GHashTable) positions = pj_message_table_list_positions (fixture->db, "a", NULL);

  /* No row of those that stay was written. */
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "2"), ==, 2);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "4"), ==, 4);
}

static void
test_equal_uids (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) first = save (fixture->db, "1 1 2 1", "1 1 2 1");
  g_autoptr (PjStoreChanges) second = save (fixture->db, "1 1 2 1", "");

  assert_messages (first->added, "1=waiting 2=waiting");
  g_assert_cmpuint (second->gone_uids->len, ==, 0);
  assert_saved (fixture->db, "1=waiting 2=waiting");
}

static void
test_not_on_the_list (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) changes = save (fixture->db, "1", "1 2");

  assert_saved (fixture->db, "1=waiting");
}

static void
test_not_fetched (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1");
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) second = save (fixture->db, "1 2", "2");

  assert_saved (fixture->db, "1=waiting 2=new");
}

static void
test_without_uids (DbFixture *fixture, gconstpointer data)
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
test_uids_later (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) blind = save (fixture->db, NULL, "");
  g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");

  g_assert_true (blind->is_baseline);
  g_assert_true (first->is_baseline);
  assert_saved (fixture->db, "1=waiting 2=waiting");
}

static void
test_seen_stays (DbFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->db, "1 2", "1 2");
  g_autoptr (PjStoreChanges) second = NULL;

  g_assert_true (pj_message_table_set_state (fixture->db, "a", (const char *const[]){ "1", NULL },
                                             PJ_MESSAGE_SEEN, NULL));
  second = save (fixture->db, "1 2", "1 2");
  assert_saved (fixture->db, "1=seen 2=waiting");
}

static void
test_failure_changes_nothing (DbFixture *fixture, gconstpointer data)
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  db_fixture_add_test ("/store/check-save/first-check-is-a-baseline", test_baseline);
  db_fixture_add_test ("/store/check-save/new-is-added-once", test_new_once);
  db_fixture_add_test ("/store/check-save/header-comes-later", test_header_comes_later);
  db_fixture_add_test ("/store/check-save/gone-is-deleted-and-told", test_gone);
  db_fixture_add_test ("/store/check-save/order-is-the-server-s", test_order);
  db_fixture_add_test ("/store/check-save/gaps-write-no-row", test_order_costs_nothing);
  db_fixture_add_test ("/store/check-save/equal-uids-share-a-row", test_equal_uids);
  db_fixture_add_test ("/store/check-save/fresh-but-not-listed-is-left-out", test_not_on_the_list);
  db_fixture_add_test ("/store/check-save/listed-but-not-fetched-is-new-later", test_not_fetched);
  db_fixture_add_test ("/store/check-save/check-without-uids-keeps-rows", test_without_uids);
  db_fixture_add_test ("/store/check-save/first-uids-are-a-baseline", test_uids_later);
  db_fixture_add_test ("/store/check-save/state-stays", test_seen_stays);
  db_fixture_add_test ("/store/check-save/failure-changes-nothing", test_failure_changes_nothing);
  return g_test_run ();
}
