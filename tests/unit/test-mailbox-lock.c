/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-lock.h"

#include "cancel-call.h"
#include "lock-waiter.h"
#include "model/pj-problem.h"
#include "path-fixture.h"

static PjMailboxLock *
acquire (const char *path)
{
  g_autoptr (GError) error = NULL;
  PjMailboxLock *lock = pj_mailbox_lock_acquire (path, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  return lock;
}

static void
test_second_is_told_busy (PathFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjMailboxLock) lock = acquire (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_mailbox_lock_acquire (fixture->path, 1, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
}

static gpointer
wait_for_lock (const char *path, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  return pj_mailbox_lock_acquire (path, timeout_ms, cancellable, error);
}

static void
test_second_follows (PathFixture *fixture, gconstpointer data)
{
  PjMailboxLock *lock = acquire (fixture->path);
  LockWaiter waiter = { .acquire = wait_for_lock, .path = fixture->path };

  lock_waiter_start (&waiter);
  pj_mailbox_lock_release (lock);
  pj_mailbox_lock_release (lock_waiter_join (&waiter));
}

static void
wait_until_cancelled (gpointer path, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_mailbox_lock_acquire (path, LOCK_WAITER_MS, cancellable, error));
}

static void
test_cancel (PathFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjMailboxLock) lock = acquire (fixture->path);

  assert_call_is_cancelled_soon (wait_until_cancelled, fixture->path);
}

static void
test_without_path (void)
{
  g_autoptr (PjMailboxLock) first = pj_mailbox_lock_acquire (NULL, 0, NULL, NULL);
  g_autoptr (PjMailboxLock) second = pj_mailbox_lock_acquire (NULL, 0, NULL, NULL);

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  pj_mailbox_lock_release (NULL);
}

static void
test_two_mailboxes (PathFixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autoptr (PjMailboxLock) first = acquire (fixture->path);
  g_autoptr (PjMailboxLock) second = acquire (other);

  g_assert_true (first != second);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_mailbox_lock_acquire ("/nonexistent/lock", 0, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  path_fixture_add_test ("/check/mailbox-lock/second-is-told-busy", test_second_is_told_busy);
  path_fixture_add_test ("/check/mailbox-lock/second-follows", test_second_follows);
  path_fixture_add_test ("/check/mailbox-lock/cancel-ends-the-wait", test_cancel);
  g_test_add_func ("/check/mailbox-lock/no-path-locks-nothing", test_without_path);
  path_fixture_add_test ("/check/mailbox-lock/two-mailboxes-do-not-meet", test_two_mailboxes);
  g_test_add_func ("/check/mailbox-lock/no-folder", test_no_folder);

  return g_test_run ();
}
