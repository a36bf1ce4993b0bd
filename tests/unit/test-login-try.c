/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-login-try.h"

#include "check/pj-mailbox-lock.h"
#include "mailbox-fixture.h"
#include "model/pj-problem.h"
#include "pop3/pj-pop3-error.h"

static void
test_good (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "work", PJ_SECURITY_TLS);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjLoginTrial) trial = pj_login_try_run (mailbox, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (trial->messages, ==, 11);
  g_assert_true (trial->has_uids);
}

static void
test_wrong_password (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "work", PJ_SECURITY_TLS);
  g_autoptr (GError) error = NULL;

  mailbox_set_password (mailbox, "cracker");
  g_assert_null (pj_login_try_run (mailbox, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
}

static void
test_no_uidl (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (
      "S: +OK\nC: CAPA\nS: -ERR what\nC: USER *\nS: +OK\nC: PASS *\nS: +OK\nC: CAPA\nS: -ERR what\n"
      "C: STAT\nS: +OK 3 900\nC: UIDL\nS: -ERR what\n" SCRIPT_QUIT);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjLoginTrial) trial = pj_login_try_run (mailbox, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (trial->messages, ==, 3);
  g_assert_false (trial->has_uids);
}

static void
test_locked (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "work", PJ_SECURITY_TLS);
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  mailbox->lock_path = g_build_filename (dir, "lock", NULL);
  mailbox->limits.total_ms = 1;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, 0, NULL, NULL);
  g_assert_null (pj_login_try_run (mailbox, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/login-try/counts", test_good);
  g_test_add_func ("/check/login-try/wrong-password", test_wrong_password);
  g_test_add_func ("/check/login-try/server-without-uidl", test_no_uidl);
  g_test_add_func ("/check/login-try/mailbox-is-locked", test_locked);

  return g_test_run ();
}
