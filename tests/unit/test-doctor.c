/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-doctor.h"

#include "check/pj-mailbox-lock.h"
#include "cancel-call.h"
#include "doctor-steps.h"
#include "mailbox-fixture.h"
#include "stuck-resolver.h"

static GPtrArray *
examine (PjMailbox *mailbox)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *steps = pj_doctor_run (mailbox, NULL, &error);

  g_assert_no_error (error);
  return steps;
}

typedef struct
{
  const char *name;
  PjSecurity security;
  const char *expected;
} Way;

#define MAILBOX_STEPS " login stat uidl top"

static const Way ways[] = {
  { "tls", PJ_SECURITY_TLS, "names tcp tls certificate greeting capa" },
  { "starttls", PJ_SECURITY_STARTTLS, "names tcp greeting capa tls certificate capa" },
  { "none", PJ_SECURITY_NONE, "names tcp greeting capa" },
};

static void
test_all_is_well (gconstpointer data)
{
  const Way *way = data;
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", way->security);
  g_autofree char *expected = g_strconcat (way->expected, MAILBOX_STEPS, NULL);
  g_autoptr (GPtrArray) steps = examine (mailbox);

  assert_steps (steps, expected);
}

static void
test_server_alone (gconstpointer data)
{
  const Way *way = data;
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", way->security);
  g_autoptr (GPtrArray) steps = NULL;

  g_clear_pointer (&mailbox->user, g_free);
  g_clear_pointer (&mailbox->secret, pj_secret_unref);
  steps = examine (mailbox);
  assert_steps (steps, way->expected);
}

static void
test_untrusted (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (DemoFixture) other = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", security);
  g_autoptr (GPtrArray) steps = NULL;

  mailbox_trust_another (mailbox, other);
  steps = examine (mailbox);
  assert_steps (steps, security == PJ_SECURITY_TLS ? "names tcp !certificate"
                                                   : "names tcp greeting capa !certificate");
  assert_last_problem (steps, PJ_PROBLEM_CERTIFICATE);
}

static void
test_closed_port (void)
{
  guint16 port;
  g_autoptr (GSocket) closed = closed_port_new (&port);
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("127.0.0.1", port, PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps = examine (mailbox);

  assert_steps (steps, "names !tcp");
  assert_last_problem (steps, PJ_PROBLEM_NETWORK);
}

static void
test_unknown_name (void)
{
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("under_score..", 110, PJ_SECURITY_NONE);
  g_autoptr (GPtrArray) steps = examine (mailbox);

  assert_steps (steps, "!names");
  assert_last_problem (steps, PJ_PROBLEM_NETWORK);
}

static void
test_tls_on_plain_port (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps = NULL;

  mailbox->port = pj_demo_server_get_plain_port (fixture->server);
  steps = examine (mailbox);
  assert_steps (steps, "names tcp !tls");
  assert_last_problem (steps, PJ_PROBLEM_TLS);
}

static void
test_wrong_password (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps = NULL;

  mailbox_set_password (mailbox, "cracker");
  steps = examine (mailbox);
  assert_steps (steps, "names tcp tls certificate greeting capa !login");
  assert_last_problem (steps, PJ_PROBLEM_AUTH);
}

/* The verdict on UIDL is bad, and the last step is made all the same. */
static void
test_no_uidl (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (
      "S: +OK POP3 ready\nC: CAPA\nS: -ERR what\nC: USER *\nS: +OK\nC: PASS *\nS: +OK\nC: CAPA\nS: "
      "-ERR what\n"
      "C: STAT\nS: +OK 2 900\nC: UIDL\nS: -ERR what\nC: TOP 2 0\nS: +OK\nS: A: b\nS:\nS: .\n" //
      SCRIPT_QUIT);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GPtrArray) steps = examine (mailbox);
  PjDoctorStep *uidl;

  assert_steps (steps, "names tcp greeting capa login stat !uidl top");
  uidl = g_ptr_array_index (steps, 6);
  g_assert_cmpint (pj_problem_get_code (uidl->problem), ==, PJ_PROBLEM_UNSUPPORTED);
}

static void
test_no_top (void)
{
  PjDoctorStep *top;
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new (SCRIPT_LOGIN "C: STAT\nS: +OK 1 100\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"
                                       "C: TOP 1 0\nS: -ERR what\n" SCRIPT_QUIT);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GPtrArray) steps = examine (mailbox);

  assert_steps (steps, "names tcp greeting capa login stat uidl !top");
  assert_last_problem (steps, PJ_PROBLEM_UNSUPPORTED);
  top = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpstr (pj_problem_get_detail (top->problem), ==,
                   "The server has no TOP. The server says: what");
}

/* The doctor says that RETR stands in, and sends none itself. */
static void
test_no_top_and_agreed (void)
{
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new (SCRIPT_LOGIN "C: STAT\nS: +OK 1 100\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"
                                       "C: TOP 1 0\nS: -ERR what\n" SCRIPT_QUIT);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GPtrArray) steps = NULL;

  mailbox->may_fetch_whole = TRUE;
  steps = examine (mailbox);
  assert_steps (steps, "names tcp greeting capa login stat uidl top");
}

static void
test_empty_mailbox (void)
{
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new (SCRIPT_LOGIN "C: STAT\nS: +OK 0 0\n" SCRIPT_QUIT);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GPtrArray) steps = examine (mailbox);

  assert_steps (steps, "names tcp greeting capa login stat uidl top");
}

/* A second session would be told [IN-USE] by the server. */
static void
test_locked (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;

  mailbox->lock_path = g_build_filename (dir, "lock", NULL);
  mailbox->limits.total_ms = 1;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, 0, NULL, NULL);
  g_assert_null (pj_doctor_run (mailbox, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);

  /* Who does not log in disturbs nobody. */
  mailbox->limits = pj_net_limits_default;
  g_clear_pointer (&mailbox->secret, pj_secret_unref);
  steps = examine (mailbox);
  assert_steps (steps, ways[0].expected);
}

static gpointer
run (gpointer data, GCancellable *cancellable, GError **error)
{
  return pj_doctor_run (data, cancellable, error);
}

static void
test_cancel (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (PjMailbox) mailbox = silent_mailbox_new (server);

  silent_server_assert_cancels_soon (server, run, mailbox);
}

static void
examine_until_cancelled (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_doctor_run (data, cancellable, error));
}

static void
test_cancel_look_up (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, PJ_SECURITY_TLS);

  assert_call_is_cancelled_soon (examine_until_cancelled, mailbox);
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_look_up_deadline (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps = NULL;

  mailbox->limits.connect_ms = 50;
  steps = examine (mailbox);
  assert_steps (steps, "!names");
  assert_last_problem (steps, PJ_PROBLEM_TIMEOUT);
  stuck_resolver_await (trouble->stuck, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *all = g_strconcat ("/check/doctor/all-is-well/", ways[i].name, NULL);
      g_autofree char *alone = g_strconcat ("/check/doctor/server-alone/", ways[i].name, NULL);

      g_test_add_data_func (all, &ways[i], test_all_is_well);
      g_test_add_data_func (alone, &ways[i], test_server_alone);
    }
  g_test_add_data_func ("/check/doctor/untrusted/tls", GINT_TO_POINTER (PJ_SECURITY_TLS),
                        test_untrusted);
  g_test_add_data_func ("/check/doctor/untrusted/starttls", GINT_TO_POINTER (PJ_SECURITY_STARTTLS),
                        test_untrusted);
  g_test_add_func ("/check/doctor/closed-port", test_closed_port);
  g_test_add_func ("/check/doctor/unknown-name", test_unknown_name);
  g_test_add_func ("/check/doctor/tls-on-plain-port", test_tls_on_plain_port);
  g_test_add_func ("/check/doctor/wrong-password", test_wrong_password);
  g_test_add_func ("/check/doctor/no-uidl-is-not-the-end", test_no_uidl);
  g_test_add_func ("/check/doctor/no-top", test_no_top);
  g_test_add_func ("/check/doctor/no-top-and-agreed", test_no_top_and_agreed);
  g_test_add_func ("/check/doctor/empty-mailbox", test_empty_mailbox);
  g_test_add_func ("/check/doctor/mailbox-is-locked", test_locked);
  g_test_add_func ("/check/doctor/cancel-during-silence", test_cancel);
  g_test_add_func ("/check/doctor/cancel-during-look-up", test_cancel_look_up);
  g_test_add_func ("/check/doctor/look-up-deadline", test_look_up_deadline);

  return g_test_run ();
}
