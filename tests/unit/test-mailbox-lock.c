/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-lock.h"

#include "cancel-limit.h"
#include "model/pj-problem.h"
#include "test-dir.h"

/* Longer than any test may wait. */
#define LONG_MS (60 * 1000)

typedef struct
{
  char *path;
  guint timeout_ms;
  GCancellable *cancellable;
  GError *error;
  int has_begun; /* atomic */
  int has_ended; /* atomic */
} Other;

/* A second session: another thread, as another process would be. */
static gpointer
hold (gpointer data)
{
  Other *other = data;
  PjMailboxLock *lock;

  g_atomic_int_set (&other->has_begun, TRUE);
  lock =
      pj_mailbox_lock_acquire (other->path, other->timeout_ms, other->cancellable, &other->error);
  g_atomic_int_set (&other->has_ended, TRUE);

  return lock;
}

static void
test_second_is_told_busy (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMailboxLock) lock = pj_mailbox_lock_acquire (path, 0, NULL, &error);
  Other other = { .path = path, .timeout_ms = 1 };

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_assert_null (g_thread_join (g_thread_new ("other", hold, &other)));
  g_assert_error (other.error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
  g_clear_error (&other.error);
}

static void
test_second_follows (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  PjMailboxLock *lock = pj_mailbox_lock_acquire (path, 0, NULL, NULL);
  Other other = { .path = path, .timeout_ms = LONG_MS };
  g_autoptr (PjMailboxLock) second = NULL;
  GThread *thread = g_thread_new ("other", hold, &other);

  while (!g_atomic_int_get (&other.has_begun))
    g_thread_yield ();
  g_assert_false (g_atomic_int_get (&other.has_ended));
  pj_mailbox_lock_release (lock);

  second = g_thread_join (thread);
  g_assert_no_error (other.error);
  g_assert_nonnull (second);
}

static gint64
cancel_a_wait (gpointer data)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  g_autoptr (PjMailboxLock) lock = pj_mailbox_lock_acquire (path, 0, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Other other = { .path = path, .timeout_ms = LONG_MS, .cancellable = cancellable };
  GThread *thread = g_thread_new ("other", hold, &other);
  gint64 start;

  while (!g_atomic_int_get (&other.has_begun))
    g_thread_yield ();

  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_assert_null (g_thread_join (thread));
  g_assert_error (other.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&other.error);

  return g_get_monotonic_time () - start;
}

static void
test_cancel (void)
{
  assert_cancels_soon (cancel_a_wait, NULL);
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
test_two_mailboxes (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *home = g_build_filename (dir, "home", NULL);
  g_autofree char *work = g_build_filename (dir, "work", NULL);
  g_autoptr (PjMailboxLock) first = pj_mailbox_lock_acquire (home, 0, NULL, NULL);
  g_autoptr (PjMailboxLock) second = pj_mailbox_lock_acquire (work, 0, NULL, NULL);

  g_assert_nonnull (first);
  g_assert_nonnull (second);
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

  g_test_add_func ("/check/mailbox-lock/second-is-told-busy", test_second_is_told_busy);
  g_test_add_func ("/check/mailbox-lock/second-follows", test_second_follows);
  g_test_add_func ("/check/mailbox-lock/cancel-ends-the-wait", test_cancel);
  g_test_add_func ("/check/mailbox-lock/no-path-locks-nothing", test_without_path);
  g_test_add_func ("/check/mailbox-lock/two-mailboxes-do-not-meet", test_two_mailboxes);
  g_test_add_func ("/check/mailbox-lock/no-folder", test_no_folder);

  return g_test_run ();
}
