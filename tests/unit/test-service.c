/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-service.h"

#include "app/pj-service-private.h"
#include "cancel-limit.h"
#include "service-fixture.h"

#define HEAD "S: +OK\nS: From: a@example.org\nS:\nS: .\n"
#define LOOK(stat, uidl) SCRIPT_LOGIN "C: STAT\nS: +OK " stat "\nC: UIDL\nS: +OK\n" uidl "S: .\n"
#define NEXT "--- next\n"

/* One that was there, and then two that are new. */
#define ONE_THEN_THREE                                                                             \
  LOOK ("1 9", "S: 1 aa\n")                                                                        \
  "C: LIST\nS: +OK\nS: 1 9\nS: .\nC: TOP 1 0\n" HEAD SCRIPT_QUIT NEXT SCRIPT_LOGIN_AGAIN           \
  "C: STAT\nS: +OK 3 27\nC: UIDL 1\nS: +OK 1 aa\nC: UIDL 2\nS: +OK 2 bb\n"                         \
  "C: LIST 2\nS: +OK 2 9\nC: LIST 3\nS: +OK 3 9\nC: UIDL 3\nS: +OK 3 cc\n"                         \
  "C: TOP 2 0\n" HEAD "C: TOP 3 0\n" HEAD SCRIPT_QUIT

/* Checks once and once more. */
static PjAccount *
add_three (ServiceFixture *fixture, ScriptFixture *script)
{
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_check_report_free (service_check_well (fixture->service, account));
  pj_check_report_free (service_check_well (fixture->service, account));

  return account;
}

static guint
count (ServiceFixture *fixture, PjMessageState state)
{
  GListModel *messages = pj_service_get_messages (fixture->service);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PjMessage) message = g_list_model_get_item (messages, i);

      if (pj_message_get_state (message) == state)
        n++;
    }

  return n;
}

static void
assert_counts (ServiceFixture *fixture, guint fresh, guint waiting, guint seen)
{
  PjAccount *account = pj_service_find_account (fixture->service, "script");

  g_assert_cmpuint (count (fixture, PJ_MESSAGE_NEW), ==, fresh);
  g_assert_cmpuint (count (fixture, PJ_MESSAGE_WAITING), ==, waiting);
  g_assert_cmpuint (count (fixture, PJ_MESSAGE_SEEN), ==, seen);
  g_assert_cmpuint (pj_account_get_new_count (account), ==, fresh);
}

/* Ends the service and starts another one on what it has left. */
static ServiceFixture *
restart (ServiceFixture *fixture)
{
  g_autoptr (PjProfile) profile = g_object_ref (fixture->profile);

  service_fixture_free (fixture);
  return service_fixture_new_on (profile);
}

static void
test_parts (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();

  g_assert_true (pj_service_get_profile (fixture->service) == fixture->profile);
  g_assert_true (pj_service_get_secrets (fixture->service) == fixture->secrets);
  g_assert_true (PJ_IS_SETTINGS (pj_service_get_settings (fixture->service)));
  g_assert_true (g_list_model_get_item_type (pj_service_get_accounts (fixture->service)) ==
                 PJ_TYPE_ACCOUNT);
  g_assert_true (g_list_model_get_item_type (pj_service_get_messages (fixture->service)) ==
                 PJ_TYPE_MESSAGE);
}

static void
test_bad_account_file (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  g_autoptr (PjSecretStore) secrets = pj_secret_store_new_memory ();
  g_autoptr (PjClock) clock = pj_clock_new_system ();
  g_autoptr (GError) error = NULL;
  const char *path = pj_profile_get_account_file (profile);

  g_assert_true (g_file_set_contents (path, "[home]\nport=nonsense\n", -1, NULL));
  g_assert_null (pj_service_new (profile, secrets, clock, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

static void
test_bad_database (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  g_autoptr (PjSecretStore) secrets = pj_secret_store_new_memory ();
  g_autoptr (PjClock) clock = pj_clock_new_system ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (pj_profile_get_database (profile), 0700), ==, 0);
  g_assert_null (pj_service_new (profile, secrets, clock, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

static void
test_reload (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (ONE_THEN_THREE);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account;

  add_three (fixture, script);
  assert_counts (fixture, 2, 1, 0);

  fixture = restart (g_steal_pointer (&fixture));
  assert_counts (fixture, 2, 1, 0);
  account = pj_service_find_account (fixture->service, "script");
  g_assert_cmpuint (pj_account_get_messages (account), ==, 3);
  g_assert_cmpuint (pj_account_get_octets (account), ==, 27);
  g_assert_cmpint (pj_account_get_last_success (account), ==, START_S);
  g_assert_null (pj_account_get_problem (account));
  g_assert_nonnull (pj_service_find_message (fixture->service, account, "bb"));
  g_assert_null (pj_service_find_message (fixture->service, account, "zz"));
}

static void
test_reload_problem (void)
{
  guint16 port;
  g_autoptr (GSocket) closed = closed_port_new (&port);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account =
      service_fixture_add (fixture, draft_new ("dead", port, PJ_SECURITY_NONE, "ann"), "x");
  PjProblem *problem;

  pj_service_check_now (fixture->service, account);
  await_check (account);
  g_assert_nonnull (pj_account_get_problem (account));

  fixture = restart (g_steal_pointer (&fixture));
  problem = pj_account_get_problem (pj_service_find_account (fixture->service, "dead"));
  g_assert_nonnull (problem);
  g_assert_cmpint (pj_problem_get_code (problem), ==, PJ_PROBLEM_NETWORK);
}

static void
test_mark_seen (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (ONE_THEN_THREE);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = add_three (fixture, script);

  pj_service_mark_seen (fixture->service,
                        pj_service_find_message (fixture->service, account, "bb"));
  assert_counts (fixture, 1, 1, 1);
  pj_service_mark_seen (fixture->service,
                        pj_service_find_message (fixture->service, account, "bb"));
  assert_counts (fixture, 1, 1, 1);
  pj_service_mark_seen (fixture->service,
                        pj_service_find_message (fixture->service, account, "aa"));
  assert_counts (fixture, 1, 0, 2);

  fixture = restart (g_steal_pointer (&fixture));
  assert_counts (fixture, 1, 0, 2);
}

static void
test_mark_looked_at (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (ONE_THEN_THREE);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = add_three (fixture, script);

  pj_service_mark_seen (fixture->service,
                        pj_service_find_message (fixture->service, account, "cc"));
  pj_service_mark_looked_at (fixture->service);
  assert_counts (fixture, 0, 2, 1);
  pj_service_mark_looked_at (fixture->service);
  assert_counts (fixture, 0, 2, 1);

  fixture = restart (g_steal_pointer (&fixture));
  assert_counts (fixture, 0, 2, 1);
}

static void
test_check_all (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add_demo (fixture, demo, "home");
  PjAccount *work = service_fixture_add_demo (fixture, demo, "work");

  pj_service_check_all (fixture->service);
  g_assert_true (pj_account_is_checking (home));
  g_assert_true (pj_account_is_checking (work));
  /* A second click changes nothing. */
  pj_service_check_all (fixture->service);
  await_check (home);
  await_check (work);

  g_assert_cmpuint (pj_account_get_messages (home), ==, 12);
  g_assert_cmpuint (pj_account_get_messages (work), ==, 11);
  g_assert_cmpint (pj_account_get_next_due (home), ==, 0);
}

static void
test_schedule (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add_demo (fixture, demo, "home");
  PjAccount *work;

  pj_service_start_checking (fixture->service);
  g_assert_true (pj_account_is_checking (home));
  await_check (home);
  g_assert_cmpint (pj_account_get_next_due (home), ==, START_S + PJ_ACCOUNT_DEFAULT_INTERVAL_S);

  /* What is added while the schedule runs is checked at once. */
  work = service_fixture_add_demo (fixture, demo, "work");
  g_assert_true (pj_account_is_checking (work));
  await_check (work);
  g_assert_cmpuint (pj_account_get_messages (work), ==, 11);
}

/* What the server can do may be remembered from the check before. */
#define GREET "S: +OK\nMAY: CAPA\nS: -ERR what\nC: USER *\nS: +OK\nC: PASS *\n"
#define IN_USE GREET "S: -ERR [IN-USE] locked\nC?: QUIT\nS: +OK\n"
#define WRONG GREET "S: -ERR [AUTH] wrong\nC?: QUIT\nS: +OK\n"

static void
check_in_vain (ServiceFixture *fixture, PjAccount *account, PjProblemCode code)
{
  pj_service_check_now (fixture->service, account);
  await_check (account);
  g_assert_nonnull (pj_account_get_problem (account));
  g_assert_cmpstr (
      pj_problem_code_to_string (pj_problem_get_code (pj_account_get_problem (account))), ==,
      pj_problem_code_to_string (code));
}

/* The check that was running knew the old settings only. */
static void
test_edited_while_checking (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (IN_USE NEXT LOOK ("1 9", "S: 1 aa\n") "C: LIST\nS: +OK\nS: 1 9\nS: .\n"
                                                                "C: TOP 1 0\n" HEAD SCRIPT_QUIT);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_service_start_checking (fixture->service);
  g_assert_true (pj_account_is_checking (account));
  pj_service_note_settings (fixture->service, account);
  await_check (account);
  g_assert_cmpint (pj_account_get_next_due (account), ==, START_S);

  while (!pj_account_is_checking (account))
    g_main_context_iteration (NULL, TRUE);
  await_check (account);
  g_assert_cmpuint (pj_account_get_messages (account), ==, 1);
}

/* Five wrong passwords stop an account, busy servers in between do not count. */
static void
test_wrong_passwords (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (IN_USE NEXT IN_USE NEXT IN_USE NEXT IN_USE NEXT WRONG NEXT WRONG NEXT
                              WRONG NEXT WRONG NEXT WRONG);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_service_start_checking (fixture->service);
  await_check (account);
  for (guint i = 1; i < 4; i++)
    check_in_vain (fixture, account, PJ_PROBLEM_BUSY);
  g_assert_cmpint (pj_account_get_next_due (account), ==,
                   START_S + 8 * PJ_ACCOUNT_DEFAULT_INTERVAL_S);

  for (guint i = 0; i < 4; i++)
    {
      check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
      g_assert_cmpint (pj_account_get_next_due (account), >, START_S);
    }
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
  g_assert_cmpint (pj_account_get_next_due (account), ==, 0);
}

/* A good check of an empty mailbox, by a server that knows no CAPA. */
#define EMPTY GREET "S: +OK\nMAY: CAPA\nS: -ERR what\nC: STAT\nS: +OK 0 0\n" SCRIPT_QUIT
#define NO GREET "S: -ERR Authentication failed\nC?: QUIT\nS: +OK\n"
#define NO_ASKED                                                                                   \
  "S: +OK\nC: CAPA\nS: -ERR what\nC: USER *\nS: -ERR no such user\nC?: QUIT\nS: +OK\n"
#define NO_CONNECTION "CUT\n"

static void
check_well (ServiceFixture *fixture, PjAccount *account)
{
  pj_check_report_free (service_check_well (fixture->service, account));
  g_assert_true (pj_account_has_worked (account));
}

static void
set_password (ServiceFixture *fixture, PjAccount *account, const char *password)
{
  g_autoptr (PjAccount) draft = pj_account_new_copy (account);
  g_autoptr (PjSecret) secret = pj_secret_new (password);
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_account_edit_update_async (fixture->service, account, draft, secret, NULL, await_ready, &slot);
  edit_finish (&slot, &error);
  g_assert_no_error (error);
}

/* What the server refuses, after the sign-in has worked, is first its own trouble. */
static void
test_first_refusal_means_later (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (NO NEXT EMPTY NEXT NO NEXT NO NEXT EMPTY NEXT WRONG NEXT EMPTY NEXT IN_USE
                              NEXT NO NEXT NO_CONNECTION NEXT NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
  check_well (fixture, account);
  check_in_vain (fixture, account, PJ_PROBLEM_TURNED_AWAY);
  g_assert_nonnull (strstr (pj_problem_get_detail (pj_account_get_problem (account)),
                            "The server says: Authentication failed"));
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);

  /* [AUTH] leaves no doubt. */
  check_well (fixture, account);
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);

  /* Other trouble says nothing about the password, for or against. */
  check_well (fixture, account);
  check_in_vain (fixture, account, PJ_PROBLEM_BUSY);
  check_in_vain (fixture, account, PJ_PROBLEM_TURNED_AWAY);
  check_in_vain (fixture, account, PJ_PROBLEM_NETWORK);
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
}

static void
test_refusal_after_an_edit (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (EMPTY NEXT NO NEXT EMPTY NEXT NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  check_well (fixture, account);
  set_password (fixture, account, "other");
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);

  check_well (fixture, account);
  check_in_vain (fixture, account, PJ_PROBLEM_TURNED_AWAY);
}

/* The next process knows what this one has found out. */
static void
test_refusal_after_a_restart (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (EMPTY NEXT NO NEXT NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  check_well (fixture, account);
  for (guint i = 0; i < 2; i++)
    {
      fixture = restart (g_steal_pointer (&fixture));
      account = pj_service_find_account (fixture->service, "script");
      service_fixture_set_password (fixture, account, "secret");
      check_in_vain (fixture, account, i == 0 ? PJ_PROBLEM_TURNED_AWAY : PJ_PROBLEM_AUTH);
    }
}

/* A good password that was turned away is not one of five wrong ones, and what
 * was remembered of the server is not relied on before it is called wrong. */
static void
test_turned_away_is_not_counted (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (EMPTY NEXT NO NEXT NO_ASKED NEXT NO NEXT NO NEXT NO NEXT NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_service_start_checking (fixture->service);
  await_check (account);
  check_in_vain (fixture, account, PJ_PROBLEM_TURNED_AWAY);
  g_assert_cmpint (pj_account_get_next_due (account), ==, START_S + PJ_ACCOUNT_DEFAULT_INTERVAL_S);
  for (guint i = 0; i < 4; i++)
    {
      check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
      g_assert_cmpint (pj_account_get_next_due (account), >, START_S);
    }
  check_in_vain (fixture, account, PJ_PROBLEM_AUTH);
  g_assert_cmpint (pj_account_get_next_due (account), ==, 0);
}

/* That the old password has worked says nothing about the one that was edited
 * meanwhile. */
static void
test_edited_while_checking_well (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (EMPTY NEXT NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_service_start_checking (fixture->service);
  g_assert_true (pj_account_is_checking (account));
  pj_service_note_settings (fixture->service, account);
  await_check (account);
  g_assert_null (pj_account_get_problem (account));
  g_assert_false (pj_account_has_worked (account));

  while (!pj_account_is_checking (account))
    g_main_context_iteration (NULL, TRUE);
  await_check (account);
  g_assert_cmpint (pj_problem_get_code (pj_account_get_problem (account)), ==, PJ_PROBLEM_AUTH);
}

/* A server that wants an hour between two logins gets it. */
static void
test_login_delay (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (
      "S: +OK\nC: CAPA\nS: -ERR\nC: USER *\nS: +OK\nC: PASS *\nS: +OK\n"
      "C: CAPA\nS: +OK\nS: UIDL\nS: LOGIN-DELAY 3600\nS: .\nC: STAT\nS: +OK 0 0\n" SCRIPT_QUIT);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);

  pj_service_start_checking (fixture->service);
  await_check (account);
  g_assert_null (pj_account_get_problem (account));
  g_assert_cmpint (pj_account_get_next_due (account), ==, START_S + 3600);
}

static gint64
shut_down_while_checking (gpointer data)
{
  SilentServer *silent = silent_server_new ();
  ServiceFixture *fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_silent (fixture, silent);
  gint64 start;
  gint64 end;

  pj_service_start_checking (fixture->service);
  silent_server_await (silent, 1);

  start = g_get_monotonic_time ();
  pj_service_shut_down (fixture->service);
  await_check (account);
  end = g_get_monotonic_time ();
  g_assert_null (pj_account_get_problem (account));

  /* Nothing is started any more. */
  pj_service_check_all (fixture->service);
  g_assert_false (pj_account_is_checking (account));
  pj_service_start_checking (fixture->service);
  g_assert_false (pj_account_is_checking (account));
  service_fixture_free (fixture);
  silent_server_free (silent);

  return end - start;
}

static void
test_shut_down (void)
{
  assert_cancels_soon (shut_down_while_checking, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/service/parts", test_parts);
  g_test_add_func ("/app/service/bad-account-file", test_bad_account_file);
  g_test_add_func ("/app/service/bad-database", test_bad_database);
  g_test_add_func ("/app/service/messages-and-health-come-back", test_reload);
  g_test_add_func ("/app/service/problem-comes-back", test_reload_problem);
  g_test_add_func ("/app/service/mark-seen", test_mark_seen);
  g_test_add_func ("/app/service/mark-looked-at", test_mark_looked_at);
  g_test_add_func ("/app/service/check-all", test_check_all);
  g_test_add_func ("/app/service/schedule", test_schedule);
  g_test_add_func ("/app/service/five-wrong-passwords-in-a-row", test_wrong_passwords);
  g_test_add_func ("/app/service/first-refusal-means-later", test_first_refusal_means_later);
  g_test_add_func ("/app/service/refusal-after-an-edit", test_refusal_after_an_edit);
  g_test_add_func ("/app/service/refusal-after-a-restart", test_refusal_after_a_restart);
  g_test_add_func ("/app/service/turned-away-is-not-counted", test_turned_away_is_not_counted);
  g_test_add_func ("/app/service/login-delay", test_login_delay);
  g_test_add_func ("/app/service/edited-while-checking", test_edited_while_checking);
  g_test_add_func ("/app/service/edited-while-checking-well", test_edited_while_checking_well);
  g_test_add_func ("/app/service/shut-down-is-prompt", test_shut_down);

  return g_test_run ();
}
