/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-check-run.h"

#include "check/pj-mailbox-lock.h"
#include "service-fixture.h"
#include "store/pj-store.h"

#define HEAD(number) "C: TOP " #number " 0\nS: +OK\nS: From: a@example.org\nS:\nS: .\n"

#define ONE_MAIL                                                                                   \
  SCRIPT_LOGIN "C: STAT\nS: +OK 1 100\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"                           \
               "C: LIST\nS: +OK\nS: 1 100\nS: .\n" HEAD (1) SCRIPT_QUIT

/* @fetching: how the heads of what is new are asked for */
#define TWO_MAILS(fetching)                                                                        \
  SCRIPT_LOGIN                                                                                     \
  "C: STAT\nS: +OK 2 200\nC: UIDL\nS: +OK\nS: 1 aa\nS: 2 bb\nS: .\n"                               \
  "C: LIST\nS: +OK\nS: 1 100\nS: 2 100\nS: .\n" fetching SCRIPT_QUIT

#define SECOND_IS_NEW                                                                              \
  SCRIPT_LOGIN_AGAIN "C: STAT\nS: +OK 2 200\nC: UIDL 1\nS: +OK 1 aa\nC: UIDL 2\nS: +OK 2 bb\n"     \
                     "C: LIST 2\nS: +OK 2 100\n" HEAD (2) SCRIPT_QUIT

#define NOTHING_NEW SCRIPT_LOGIN_AGAIN "C: STAT\nS: +OK 2 200\nC: UIDL 2\nS: +OK 2 bb\n" SCRIPT_QUIT

#define NEXT "--- next\n"

/* A mail of somebody known, which the service of the mailbox has verified. */
#define PROVED(number)                                                                             \
  "C: TOP " #number " 0\nS: +OK\nS: Authentication-Results: mx.example.org; dmarc=pass\n"          \
  "S: From: Ala Nowak <ala@example.org>\nS:\nS: .\n"

#define FIVE_PROVED                                                                                \
  SCRIPT_LOGIN                                                                                     \
  "C: STAT\nS: +OK 5 500\n"                                                                        \
  "C: UIDL\nS: +OK\nS: 1 aa\nS: 2 bb\nS: 3 cc\nS: 4 dd\nS: 5 ee\nS: .\n"                           \
  "C: LIST\nS: +OK\nS: 1 100\nS: 2 100\nS: 3 100\nS: 4 100\nS: 5 100\nS: .\n" PROVED (1)           \
      PROVED (2) PROVED (3) PROVED (4) PROVED (5) SCRIPT_QUIT

#define SIXTH_IS_FALSE                                                                             \
  SCRIPT_LOGIN_AGAIN "C: STAT\nS: +OK 6 600\nC: UIDL 5\nS: +OK 5 ee\nC: UIDL 6\nS: +OK 6 ff\n"     \
                     "C: LIST 6\nS: +OK 6 100\nC: TOP 6 0\nS: +OK\n"                               \
                     "S: Authentication-Results: mx.example.org; dmarc=fail\n"                     \
                     "S: From: Ala Nowak <ala@evil.test>\nS:\nS: .\n" SCRIPT_QUIT

/* Writes down who was told of how many: "home+2", or "home=2" for a baseline. */
static void
on_arrived (PjService *service,
            PjAccount *account,
            GPtrArray *messages,
            gboolean is_baseline,
            gpointer user_data)
{
  GString *told = user_data;

  g_string_append_printf (told, "%s%s%u ", pj_account_get_name (account), is_baseline ? "=" : "+",
                          messages->len);

  /* What is announced is in the list already. */
  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = messages->pdata[i];

      g_assert_nonnull (pj_service_find_message (service, account, pj_message_get_uid (message)));
    }
}

static GString *
listen_to (ServiceFixture *fixture)
{
  GString *told = g_string_new (NULL);

  g_signal_connect (fixture->service, "arrived", G_CALLBACK (on_arrived), told);
  return told;
}

static guint
count_listed (ServiceFixture *fixture)
{
  return g_list_model_get_n_items (pj_service_get_messages (fixture->service));
}

static void
test_baseline (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GString) told = listen_to (fixture);
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  g_autoptr (PjCheckReport) first = service_check_well (fixture->service, account);
  g_autoptr (PjCheckReport) second = service_check_well (fixture->service, account);

  g_assert_true (first->is_baseline);
  g_assert_cmpuint (first->added->len, ==, 12);
  g_assert_cmpuint (first->result->messages, ==, 12);
  g_assert_false (second->is_baseline);
  g_assert_cmpuint (second->added->len, ==, 0);
  g_assert_cmpstr (told->str, ==, "home=12 ");

  g_assert_cmpuint (count_listed (fixture), ==, 12);
  g_assert_cmpuint (pj_account_get_messages (account), ==, 12);
  g_assert_cmpuint (pj_account_get_octets (account), ==, first->result->octets);
  g_assert_cmpuint (pj_account_get_new_count (account), ==, 0);
  g_assert_cmpint (pj_account_get_last_success (account), ==, START_S);
}

static void
test_new_once (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (ONE_MAIL NEXT SECOND_IS_NEW NEXT NOTHING_NEW NEXT TWO_MAILS (""));
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) other = NULL;
  g_autoptr (GString) told = listen_to (fixture);
  g_autoptr (GString) other_told = NULL;
  PjAccount *account = service_fixture_add_script (fixture, script);
  PjAccount *same;

  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_cmpuint (pj_account_get_new_count (account), ==, 0);
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_cmpuint (pj_account_get_new_count (account), ==, 1);
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_cmpstr (told->str, ==, "script=1 script+1 ");
  g_assert_cmpuint (pj_account_get_new_count (account), ==, 1);

  /* As another program on the same profile. */
  other = service_fixture_new_on (fixture->profile);
  other_told = listen_to (other);
  same = pj_service_find_account (other->service, "script");
  service_fixture_set_password (other, same, "secret");
  pj_check_report_free (service_check_well (other->service, same));
  g_assert_cmpstr (other_told->str, ==, "");
  g_assert_cmpuint (count_listed (other), ==, 2);
}

/* What earlier mails have taught is what later ones are judged by. */
static void
test_judged_by_earlier_mails (void)
{
  static const char *const expected[] = { "dmarc-fail", "known-name", NULL };
  g_autoptr (ScriptFixture) script = script_fixture_new (FIVE_PROVED NEXT SIXTH_IS_FALSE);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) later = NULL;
  PjAccount *account = service_fixture_add_script (fixture, script);
  PjMessage *message;

  g_assert_null (pj_account_get_authserv_id (account));
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_cmpstr (pj_account_get_authserv_id (account), ==, "mx.example.org");
  message = pj_service_find_message (fixture->service, account, "aa");
  g_assert_null (pj_message_get_warnings (message));

  pj_check_report_free (service_check_well (fixture->service, account));
  message = pj_service_find_message (fixture->service, account, "ff");
  g_assert_cmpstrv (pj_message_get_warnings (message), expected);

  /* After a start of the program. */
  later = service_fixture_new_on (fixture->profile);
  account = pj_service_find_account (later->service, "script");
  g_assert_cmpstr (pj_account_get_authserv_id (account), ==, "mx.example.org");
  message = pj_service_find_message (later->service, account, "ff");
  g_assert_cmpstrv (pj_message_get_warnings (message), expected);
}

/* Both look at the same moment: one of them tells. */
static void
test_two_services (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) other = NULL;
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (PjCheckReport) first_report = NULL;
  g_autoptr (PjCheckReport) second_report = NULL;
  GAsyncResult *slots[2] = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  PjAccount *same;

  other = service_fixture_new_on (fixture->profile);
  same = pj_service_find_account (other->service, "home");
  service_fixture_set_password (other, same, demo_fixture_get_password (demo, "home"));

  pj_check_run_async (fixture->service, account, NULL, await_ready, &slots[0]);
  pj_check_run_async (other->service, same, NULL, await_ready, &slots[1]);
  first = await_result (&slots[0]);
  second = await_result (&slots[1]);
  first_report = pj_check_run_finish (first, &error);
  g_assert_no_error (error);
  second_report = pj_check_run_finish (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first_report->added->len + second_report->added->len, ==, 12);
}

static void
test_gone_leaves (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (
      TWO_MAILS (HEAD (1) HEAD (2)) NEXT SCRIPT_LOGIN_AGAIN
      "C: STAT\nS: +OK 1 100\nC: UIDL\nS: +OK\nS: 1 bb\nS: .\nC: LIST\nS: +OK\nS: 1 100\nS: "
      ".\n" SCRIPT_QUIT);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "aa"));
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_null (pj_service_find_message (fixture->service, account, "aa"));
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "bb"));
  g_assert_cmpuint (count_listed (fixture), ==, 1);
}

static void
on_checking_changed (GObject *account, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_c (user_data, pj_account_is_checking (PJ_ACCOUNT (account)) ? '1' : '0');
}

static void
test_problem (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GString) checking = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");

  g_signal_connect (account, "notify::is-checking", G_CALLBACK (on_checking_changed), checking);
  service_fixture_set_password (fixture, account, "cracker");
  g_assert_null (service_check (fixture->service, account, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_cmpint (pj_problem_get_code (pj_account_get_problem (account)), ==, PJ_PROBLEM_AUTH);
  g_assert_cmpint (pj_account_get_last_success (account), ==, 0);
  g_assert_cmpstr (checking->str, ==, "10");

  service_fixture_set_password (fixture, account, demo_fixture_get_password (demo, "home"));
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_null (pj_account_get_problem (account));
  g_assert_cmpstr (checking->str, ==, "1010");
}

static void
test_no_password (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GError) error = NULL;
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");

  pj_secret_store_keep_in_memory (fixture->secrets, account, NULL);
  g_assert_null (service_check (fixture->service, account, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_false (pj_account_is_checking (account));
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
  PjAccount *account = service_fixture_add_silent (fixture, silent);

  pj_check_run_async (fixture->service, account, cancellable, await_ready, &slot);
  g_assert_true (pj_account_is_checking (account));
  silent_server_await (silent, 1);
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);

  g_assert_null (pj_check_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (pj_account_is_checking (account));
  g_assert_null (pj_account_get_problem (account));
}

static void
test_cancelled_before (void)
{
  g_autoptr (SilentServer) silent = silent_server_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  PjAccount *account = service_fixture_add_silent (fixture, silent);

  g_cancellable_cancel (cancellable);
  pj_check_run_async (fixture->service, account, cancellable, await_ready, &slot);
  result = await_result (&slot);
  g_assert_null (pj_check_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static guint
count_saved (ServiceFixture *fixture, const char *account_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjStore) store = pj_store_new (pj_profile_get_database (fixture->profile), &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) uids = NULL;
  GAsyncResult *slot = NULL;

  g_assert_no_error (error);
  pj_store_list_uids_async (store, account_id, FALSE, await_ready, &slot);
  result = await_result (&slot);
  uids = pj_store_list_uids_finish (store, result, &error);
  g_assert_no_error (error);

  return g_hash_table_size (uids);
}

static void
remove_account (ServiceFixture *fixture, PjAccount *account)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_account_edit_remove_async (fixture->service, account, NULL, await_ready, &slot);
  edit_finish (&slot, &error);
  g_assert_no_error (error);
}

/* The lock keeps the check from its end until the account is gone. */
static void
test_removed_meanwhile (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) account = g_object_ref (service_fixture_add_demo (fixture, demo, "home"));
  g_autofree char *path = pj_profile_dup_lock_path (fixture->profile, pj_account_get_id (account));
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMailboxLock) lock = pj_mailbox_lock_acquire (path, 1000, NULL, &error);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  g_assert_no_error (error);
  pj_check_run_async (fixture->service, account, NULL, await_ready, &slot);
  remove_account (fixture, account);
  g_clear_pointer (&lock, pj_mailbox_lock_release);
  result = await_result (&slot);

  g_assert_null (pj_check_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (pj_account_is_checking (account));
  g_assert_cmpuint (count_saved (fixture, pj_account_get_id (account)), ==, 0);
}

/* What it was to be checked with goes with it; that is no wrong password. */
static void
test_removed_before_its_password_was_found (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) account = g_object_ref (service_fixture_add_demo (fixture, demo, "home"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  remove_account (fixture, account);
  pj_check_run_async (fixture->service, account, NULL, await_ready, &slot);
  result = await_result (&slot);

  g_assert_null (pj_check_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (pj_account_get_problem (account));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/check-run/baseline", test_baseline);
  g_test_add_func ("/app/check-run/new-is-told-once", test_new_once);
  g_test_add_func ("/app/check-run/judged-by-earlier-mails", test_judged_by_earlier_mails);
  g_test_add_func ("/app/check-run/two-services-at-once", test_two_services);
  g_test_add_func ("/app/check-run/gone-leaves-the-list", test_gone_leaves);
  g_test_add_func ("/app/check-run/problem-comes-and-goes", test_problem);
  g_test_add_func ("/app/check-run/no-password", test_no_password);
  g_test_add_func ("/app/check-run/cancel-during-silence", test_cancel);
  g_test_add_func ("/app/check-run/removed-meanwhile-saves-nothing", test_removed_meanwhile);
  g_test_add_func ("/app/check-run/removed-before-its-password-was-found",
                   test_removed_before_its_password_was_found);
  g_test_add_func ("/app/check-run/cancelled-before", test_cancelled_before);

  return g_test_run ();
}
