/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check.h"

#include "check/pj-mailbox-lock.h"
#include "mailbox-fixture.h"
#include "model/pj-problem.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

/* The mails of the demo's mailbox "home". */
#define N_HOME 12

static PjCheckRequest *
request_new (PjMailbox *mailbox)
{
  PjCheckRequest *request = g_new0 (PjCheckRequest, 1);

  request->mailbox = mailbox;
  request->known_uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return request;
}

static void
test_free (void)
{
  pj_check_request_free (NULL);
  pj_check_request_free (request_new (pj_mailbox_new ("host", 1, PJ_SECURITY_TLS)));
}

static void
test_all_is_new (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjCheckRequest) request = request_new (demo_fixture_open (fixture, "home", security));
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 octets = 0;

  result = pj_check_run (request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->messages, ==, N_HOME);
  g_assert_cmpuint (result->uids->len, ==, N_HOME);
  g_assert_cmpuint (result->fresh->len, ==, N_HOME);
  g_assert_true (result->has_uids);
  g_assert_cmpuint (result->bytes_in, >, 0);
  g_assert_cmpuint (result->bytes_out, >, 0);
  g_assert_cmpfloat (result->seconds, >, 0);

  for (guint i = 0; i < result->fresh->len; i++)
    {
      PjMessage *message = g_ptr_array_index (result->fresh, i);

      g_assert_cmpstr (pj_message_get_account_id (message), ==, "home");
      g_assert_cmpstr (pj_message_get_uid (message), ==, g_ptr_array_index (result->uids, i));
      g_assert_cmpint (pj_message_get_date (message), >, 0);
      g_assert_cmpuint (strlen (pj_message_get_from_address (message)), >, 0);
      octets += pj_message_get_octets (message);
    }
  g_assert_cmpuint (octets, ==, result->octets);
}

static void
test_known_is_not_new (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjCheckRequest) request =
      request_new (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS));
  g_autoptr (PjCheckResult) first = pj_check_run (request, NULL, NULL, NULL);
  g_autoptr (PjCheckResult) second = NULL;
  g_autoptr (PjCheckResult) third = NULL;
  const char *forgotten;

  for (guint i = 0; i < first->uids->len; i++)
    g_hash_table_add (request->known_uids, g_strdup (g_ptr_array_index (first->uids, i)));
  second = pj_check_run (request, NULL, NULL, NULL);
  g_assert_cmpuint (second->fresh->len, ==, 0);
  g_assert_cmpuint (second->uids->len, ==, N_HOME);
  g_assert_cmpuint (second->bytes_in, <, first->bytes_in);

  forgotten = g_ptr_array_index (first->uids, 5);
  g_hash_table_remove (request->known_uids, forgotten);
  third = pj_check_run (request, NULL, NULL, NULL);
  g_assert_cmpuint (third->fresh->len, ==, 1);
  g_assert_cmpstr (pj_message_get_uid (g_ptr_array_index (third->fresh, 0)), ==, forgotten);
}

static void
test_wrong_password (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjCheckRequest) request =
      request_new (demo_fixture_open (fixture, "home", PJ_SECURITY_STARTTLS));
  g_autoptr (GError) error = NULL;

  mailbox_set_password (request->mailbox, "cracker");
  g_assert_null (pj_check_run (request, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
}

static void
test_lock_is_kept (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjCheckRequest) request =
      request_new (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS));
  g_autoptr (PjMailboxLock) lock = pj_mailbox_lock_acquire (path, 0, NULL, NULL);
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  request->mailbox->lock_path = g_strdup (path);
  request->mailbox->limits.total_ms = 1;
  g_assert_null (pj_check_run (request, NULL, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
  g_clear_error (&error);

  g_clear_pointer (&lock, pj_mailbox_lock_release);
  request->mailbox->limits = pj_net_limits_default;
  result = pj_check_run (request, NULL, NULL, &error);
  g_assert_no_error (error);

  /* And let go again. */
  lock = pj_mailbox_lock_acquire (path, 0, NULL, &error);
  g_assert_no_error (error);
}

/* Between the survey and its TOP another client may have deleted it. */
static void
test_head_is_refused (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (
      SCRIPT_LOGIN "C: STAT\nS: +OK 1 200\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"
                   "C: LIST\nS: +OK\nS: 1 200\nS: .\nC: TOP 1 0\nS: -ERR gone\n" SCRIPT_QUIT);
  g_autoptr (PjCheckRequest) request = request_new (script_fixture_open (fixture));
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PjMessage *message;

  result = pj_check_run (request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->fresh->len, ==, 1);
  message = g_ptr_array_index (result->fresh, 0);
  g_assert_cmpstr (pj_message_get_uid (message), ==, "aa");
  g_assert_cmpuint (pj_message_get_octets (message), ==, 200);
}

static void
test_broken_session (void)
{
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new (SCRIPT_LOGIN "C: STAT\nS: +OK 1 200\nC: UIDL\nS: +OK\nS: 1 aa\nCUT\n");
  g_autoptr (PjCheckRequest) request = request_new (script_fixture_open (fixture));
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_check_run (request, NULL, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
test_silence_ends (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (PjCheckRequest) request = request_new (silent_mailbox_new (server));
  g_autoptr (GError) error = NULL;

  request->mailbox->limits.idle_ms = 20;
  g_assert_null (pj_check_run (request, NULL, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
}

static gpointer
check (gpointer data, GCancellable *cancellable, GError **error)
{
  return pj_check_run (data, NULL, cancellable, error);
}

static void
test_cancel (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (PjCheckRequest) request = request_new (silent_mailbox_new (server));

  silent_server_assert_cancels_soon (server, check, request);
}

/* A first session that teaches to fly, and one that flies and gets no answer. */
#define FLIGHT_ALONE                                                                               \
  "S: +OK POP3 ready\nC: CAPA\nS: +OK\nS: USER\nS: PIPELINING\nS: UIDL\nS: .\n"                    \
  "C: USER *\nS: +OK\nC: PASS *\nS: +OK\nC: CAPA\nC: STAT\nC: UIDL\nC: LIST\n"                     \
  "S: +OK\nS: PIPELINING\nS: UIDL\nS: .\n"                                                         \
  "S: +OK 1 10\nS: +OK\nS: 1 a\nS: .\nS: +OK\nS: 1 10\nS: .\nC: QUIT\n"                            \
  "--- next\nS: +OK POP3 ready\nC: USER *\nC: PASS *\nC: STAT\nC: UIDL 1\nC: UIDL 2\n"

#define TOTAL_MS 1500

/* @then: what follows the flight. Returns: how long it took, milliseconds */
static gint64
fail_after_flight (const char *then)
{
  g_autofree char *text = g_strconcat (FLIGHT_ALONE, then, NULL);
  g_autoptr (ScriptFixture) script = script_fixture_new (text);
  g_autoptr (PjCheckRequest) request = request_new (script_fixture_open (script));
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  result = pj_check_run (request, &request->mailbox->memory, NULL, &error);
  g_assert_no_error (error);

  request->mailbox->limits.total_ms = TOTAL_MS;
  start = g_get_monotonic_time ();
  g_assert_null (pj_check_run (request, NULL, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The server takes too long over all (limit: 1500 ms)");

  return (g_get_monotonic_time () - start) / 1000;
}

/* The script has no session for a second try. */
static void
test_total_limit (void)
{
  g_assert_cmpint (fail_after_flight ("SILENT\n"), >=, TOTAL_MS);
}

static void
test_total_limit_of_both_tries (void)
{
  g_assert_cmpint (fail_after_flight ("WAIT 1000\nCUT\n--- again\nSILENT\n"), <, 1000 + TOTAL_MS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/check/request-is-freed", test_free);
  g_test_add_data_func ("/check/check/all-is-new/tls", GINT_TO_POINTER (PJ_SECURITY_TLS),
                        test_all_is_new);
  g_test_add_data_func ("/check/check/all-is-new/starttls", GINT_TO_POINTER (PJ_SECURITY_STARTTLS),
                        test_all_is_new);
  g_test_add_data_func ("/check/check/all-is-new/none", GINT_TO_POINTER (PJ_SECURITY_NONE),
                        test_all_is_new);
  g_test_add_func ("/check/check/known-is-not-new", test_known_is_not_new);
  g_test_add_func ("/check/check/wrong-password", test_wrong_password);
  g_test_add_func ("/check/check/mailbox-is-locked", test_lock_is_kept);
  g_test_add_func ("/check/check/head-is-refused", test_head_is_refused);
  g_test_add_func ("/check/check/broken-session", test_broken_session);
  g_test_add_func ("/check/check/silence-ends", test_silence_ends);
  g_test_add_func ("/check/check/cancel-during-silence", test_cancel);
  g_test_add_func ("/check/check/total-limit-ends-it", test_total_limit);
  g_test_add_func ("/check/check/total-limit-is-of-both-tries", test_total_limit_of_both_tries);

  return g_test_run ();
}
