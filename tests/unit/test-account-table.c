/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-account-table.h"

#include "store/pj-store-values.h"

#include "db-fixture.h"

static void
save_success (PjDb *db, gboolean has_uids, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjCheckResult) result = pj_check_result_new ();

  result->messages = 412;
  result->octets = 5368709120;
  result->has_uids = has_uids;
  g_assert_true (pj_account_table_save_success (db, "a", result, now, &error));
  g_assert_no_error (error);
}

static void
save_problem (PjDb *db, const char *detail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProblem) problem = detail != NULL ? pj_problem_new (PJ_PROBLEM_BUSY, detail) : NULL;

  g_assert_true (pj_account_table_save_problem (db, "a", problem, &error));
  g_assert_no_error (error);
}

#define FINGERPRINT                                                                                \
  "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:"  \
  "EF"

static void
save_distrust (PjDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProblem) problem = pj_problem_new_with_certificate (
      PJ_PROBLEM_CERTIFICATE, "It expired", FINGERPRINT, "for żółw.example");

  g_assert_true (pj_account_table_save_problem (db, "a", problem, &error));
  g_assert_no_error (error);
}

static PjStoredAccount *
load_only (PjDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = pj_account_table_list (db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 1);
  return g_ptr_array_steal_index (accounts, 0);
}

static void
test_success (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) account = NULL;

  save_success (fixture->db, TRUE, 1700000000);
  account = load_only (fixture->db);
  g_assert_cmpstr (account->account_id, ==, "a");
  g_assert_cmpint (account->last_success, ==, 1700000000);
  g_assert_cmpuint (account->messages, ==, 412);
  g_assert_cmpuint (account->octets, ==, 5368709120);
  g_assert_true (account->has_uids);
  g_assert_null (account->problem);
}

static void
test_problem (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) failed = NULL;
  g_autoptr (PjStoredAccount) mended = NULL;

  save_success (fixture->db, TRUE, 1700000000);
  save_problem (fixture->db, "Locked by another client");
  failed = load_only (fixture->db);
  g_assert_cmpint (failed->last_success, ==, 1700000000);
  g_assert_cmpuint (failed->messages, ==, 412);
  g_assert_cmpint (pj_problem_get_code (failed->problem), ==, PJ_PROBLEM_BUSY);
  g_assert_cmpstr (pj_problem_get_detail (failed->problem), ==, "Locked by another client");

  save_success (fixture->db, FALSE, 1700000300);
  mended = load_only (fixture->db);
  g_assert_cmpint (mended->last_success, ==, 1700000300);
  g_assert_false (mended->has_uids);
  g_assert_null (mended->problem);
}

static void
test_problem_first (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) failed = NULL;
  g_autoptr (PjStoredAccount) cleared = NULL;

  save_problem (fixture->db, "");
  failed = load_only (fixture->db);
  g_assert_cmpint (failed->last_success, ==, 0);
  g_assert_nonnull (failed->problem);

  save_problem (fixture->db, NULL);
  cleared = load_only (fixture->db);
  g_assert_null (cleared->problem);
}

/* What the user may trust is what was shown, also after a restart. */
static void
test_certificate (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) account = NULL;

  save_distrust (fixture->db);
  account = load_only (fixture->db);
  g_assert_cmpstr (pj_problem_get_fingerprint (account->problem), ==, FINGERPRINT);
  g_assert_cmpstr (pj_problem_describe_certificate (account->problem, FINGERPRINT), ==,
                   "for żółw.example");
  g_assert_cmpstr (pj_problem_get_detail (account->problem), ==, "It expired");
}

static void
test_certificate_goes_with_its_problem (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) failed = NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;

  save_distrust (fixture->db);
  save_problem (fixture->db, "Locked by another client");
  failed = load_only (fixture->db);
  g_assert_null (pj_problem_get_fingerprint (failed->problem));

  save_distrust (fixture->db);
  save_success (fixture->db, TRUE, 1);
  stmt = pj_db_prepare (
      fixture->db,
      "SELECT 1 FROM account WHERE coalesce (problem_fingerprint, problem_certificate) IS NULL",
      NULL);
  g_assert_cmpint (pj_db_step (fixture->db, stmt, NULL), ==, PJ_DB_ROW);
}

static void
test_damaged_fingerprint (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) account = NULL;

  save_distrust (fixture->db);
  g_assert_true (
      pj_db_exec (fixture->db, "UPDATE account SET problem_fingerprint = 'AB:CD'", NULL));
  account = load_only (fixture->db);
  g_assert_nonnull (account->problem);
  g_assert_null (pj_problem_get_fingerprint (account->problem));
}

static void
test_unknown_problem (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) account = NULL;

  save_problem (fixture->db, "");
  g_assert_true (pj_db_exec (fixture->db, "UPDATE account SET problem = 'odd'", NULL));
  account = load_only (fixture->db);
  g_assert_cmpint (pj_problem_get_code (account->problem), ==, PJ_PROBLEM_INTERNAL);
}

static void
test_damaged_numbers (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoredAccount) account = NULL;

  save_success (fixture->db, TRUE, 1);
  g_assert_true (pj_db_exec (
      fixture->db, "UPDATE account SET last_success = -1, messages = -1, octets = -1", NULL));
  account = load_only (fixture->db);
  g_assert_cmpint (account->last_success, ==, 0);
  g_assert_cmpuint (account->messages, ==, 0);
  g_assert_cmpuint (account->octets, ==, 0);
}

static void
assert_past (PjDb *db, gboolean expect_checked, gboolean expect_baseline)
{
  gboolean was_checked, has_baseline;

  g_assert_true (pj_account_table_look_up (db, "a", &was_checked, &has_baseline, NULL));
  g_assert_cmpint (was_checked, ==, expect_checked);
  g_assert_cmpint (has_baseline, ==, expect_baseline);
}

static void
test_look_up (DbFixture *fixture, gconstpointer data)
{
  assert_past (fixture->db, FALSE, FALSE);
  save_problem (fixture->db, "");
  assert_past (fixture->db, FALSE, FALSE);
  save_success (fixture->db, FALSE, 1);
  assert_past (fixture->db, TRUE, FALSE);
  save_success (fixture->db, TRUE, 2);
  assert_past (fixture->db, TRUE, TRUE);
  save_success (fixture->db, FALSE, 3);
  assert_past (fixture->db, TRUE, TRUE);
}

static void
test_delete (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  save_success (fixture->db, TRUE, 1);
  g_assert_true (pj_db_exec (fixture->db,
                             "INSERT INTO message (account, uid, position, from_name, "
                             "from_address, subject, date, octets, state, warnings)"
                             "  VALUES ('a', '1', 1, '', '', '', 0, 0, 'new', '')",
                             NULL));
  g_assert_true (pj_account_table_delete (fixture->db, "absent", NULL));
  assert_past (fixture->db, TRUE, TRUE);

  g_assert_true (pj_account_table_delete (fixture->db, "a", NULL));
  assert_past (fixture->db, FALSE, FALSE);
  stmt = pj_db_prepare (fixture->db, "SELECT * FROM message", NULL);
  g_assert_cmpint (pj_db_step (fixture->db, stmt, NULL), ==, PJ_DB_DONE);
}

static void
learn (PjDb *db, const char *id, guint n, const char *expected)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *learned = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer) id);
  g_assert_true (pj_account_table_learn_authserv (db, "a", ids, &learned, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (learned, ==, expected);
}

static void
test_authserv_is_learned (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  PjStoredAccount *account;

  save_success (fixture->db, TRUE, 1700000000);
  learn (fixture->db, "mx.example.org", 4, NULL);
  learn (fixture->db, "mx.example.org", 1, "mx.example.org");
  learn (fixture->db, "evil.test", 3, "mx.example.org");
  learn (fixture->db, "", 0, "mx.example.org");

  accounts = pj_account_table_list (fixture->db, NULL);
  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (account->authserv_id, ==, "mx.example.org");
  learn (fixture->db, "other.example.org", 18, "other.example.org");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  db_fixture_add_test ("/store/account-table/success-comes-back-as-it-was", test_success);
  db_fixture_add_test ("/store/account-table/problem-keeps-the-last-success", test_problem);
  db_fixture_add_test ("/store/account-table/problem-may-come-first", test_problem_first);
  db_fixture_add_test ("/store/account-table/unknown-problem-is-a-problem", test_unknown_problem);
  db_fixture_add_test ("/store/account-table/certificate-comes-back", test_certificate);
  db_fixture_add_test ("/store/account-table/certificate-goes-with-its-problem",
                       test_certificate_goes_with_its_problem);
  db_fixture_add_test ("/store/account-table/damaged-fingerprint-is-none",
                       test_damaged_fingerprint);
  db_fixture_add_test ("/store/account-table/numbers-out-of-range-are-zero", test_damaged_numbers);
  db_fixture_add_test ("/store/account-table/past-is-told", test_look_up);
  db_fixture_add_test ("/store/account-table/delete-takes-the-messages-too", test_delete);
  db_fixture_add_test ("/store/account-table/authserv-is-learned", test_authserv_is_learned);

  return g_test_run ();
}
