/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-delete-run.h"

#include "service-fixture.h"

static GPtrArray *delete (ServiceFixture *fixture,
                          PjAccount *account,
                          const char *const *uids,
                          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_delete_run_async (fixture->service, account, uids, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_delete_run_finish (result, error);
}

static void
assert_receipt (GPtrArray *receipts, guint i, const char *uid, PjDeleteOutcome outcome)
{
  PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

  g_assert_cmpstr (receipt->uid, ==, uid);
  g_assert_cmpstr (pj_delete_outcome_to_string (receipt->outcome), ==,
                   pj_delete_outcome_to_string (outcome));
}

static void
test_deleted_leave (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) again = NULL;
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  const char *const uids[] = { "home-03-photos", "nobody", "home-08-sunday", NULL };
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (PjCheckReport) report = NULL;
  g_autoptr (GError) error = NULL;

  pj_check_report_free (service_check_well (fixture->service, account));
  receipts = delete (fixture, account, uids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 3);
  assert_receipt (receipts, 0, "home-03-photos", PJ_DELETE_DELETED);
  assert_receipt (receipts, 1, "nobody", PJ_DELETE_GONE);
  assert_receipt (receipts, 2, "home-08-sunday", PJ_DELETE_DELETED);

  g_assert_null (pj_service_find_message (fixture->service, account, "home-03-photos"));
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "home-04-tea-letter"));
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_messages (fixture->service)), ==, 10);

  /* The database has forgotten them, and so has the server. */
  again = service_fixture_new_on (fixture->profile);
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_messages (again->service)), ==, 10);
  report = service_check_well (fixture->service, account);
  g_assert_cmpuint (report->result->messages, ==, 10);
  g_assert_cmpuint (report->added->len, ==, 0);
}

static void
test_nothing_deleted (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  const char *const uids[] = { "home-03-photos", NULL };
  g_autoptr (GError) error = NULL;

  pj_check_report_free (service_check_well (fixture->service, account));
  service_fixture_set_password (fixture, account, "cracker");
  g_assert_null (delete (fixture, account, uids, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "home-03-photos"));
}

#define ONE_MAIL "C: STAT\nS: +OK 1 9\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"

/* Nobody knows: it stays in the list, and the next check decides. */
static void
test_unconfirmed_stays (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (
      SCRIPT_LOGIN ONE_MAIL
      "C: LIST\nS: +OK\nS: 1 9\nS: .\nC: TOP 1 0\nS: +OK\nS: A: b\nS:\nS: .\n" SCRIPT_QUIT
      "--- delete\n" SCRIPT_LOGIN_AGAIN ONE_MAIL "C: UIDL 1\nS: +OK 1 aa\nC: DELE 1\nS: +OK\n"
      "C: QUIT\nCUT\n");
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);
  const char *const uids[] = { "aa", NULL };
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GBytes) log = NULL;
  g_autoptr (GError) error = NULL;

  pj_check_report_free (service_check_well (fixture->service, account));
  receipts = delete (fixture, account, uids, &error);
  g_assert_no_error (error);
  assert_receipt (receipts, 0, "aa", PJ_DELETE_UNCONFIRMED);
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "aa"));

  /* Whoever wonders finds what was said. */
  log = pj_protocol_log_dup_text (pj_service_get_protocol_log (fixture->service, account));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (log, NULL), (gssize) g_bytes_get_size (log),
                                  "C: DELE 1\nS: +OK\nC: QUIT\n"));
}

static void
test_cancel (void)
{
  g_autoptr (SilentServer) silent = silent_server_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  const char *const uids[] = { "aa", NULL };
  PjAccount *account = service_fixture_add_silent (fixture, silent);

  pj_delete_run_async (fixture->service, account, uids, cancellable, await_ready, &slot);
  silent_server_await (silent, 1);
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);
  g_assert_null (pj_delete_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/delete-run/deleted-leave-list-and-database", test_deleted_leave);
  g_test_add_func ("/app/delete-run/wrong-password-deletes-nothing", test_nothing_deleted);
  g_test_add_func ("/app/delete-run/unconfirmed-stays", test_unconfirmed_stays);
  g_test_add_func ("/app/delete-run/cancel-during-silence", test_cancel);

  return g_test_run ();
}
