/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-file-lock.h"

#include <sys/stat.h>

#include "cancel-call.h"
#include "lock-waiter.h"
#include "path-fixture.h"

static PjFileLock *
acquire (const char *path)
{
  g_autoptr (GError) error = NULL;
  PjFileLock *lock = pj_file_lock_acquire (path, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  return lock;
}

static void
test_held (PathFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjFileLock) lock = acquire (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_file_lock_acquire (fixture->path, 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static gpointer
wait_for_lock (const char *path, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  return pj_file_lock_acquire (path, timeout_ms, cancellable, error);
}

static void
test_released (PathFixture *fixture, gconstpointer data)
{
  PjFileLock *lock = acquire (fixture->path);
  LockWaiter waiter = { .acquire = wait_for_lock, .path = fixture->path };

  lock_waiter_start (&waiter);
  pj_file_lock_release (lock);
  pj_file_lock_release (lock_waiter_join (&waiter));
}

static void
wait_until_cancelled (gpointer path, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_file_lock_acquire (path, LOCK_WAITER_MS, cancellable, error));
}

static void
test_cancel (PathFixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjFileLock) lock = acquire (fixture->path);

  assert_call_is_cancelled_soon (wait_until_cancelled, fixture->path);
}

static void
test_cancelled_before (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (pj_file_lock_acquire (fixture->path, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_two_files (PathFixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autoptr (PjFileLock) first = acquire (fixture->path);
  g_autoptr (PjFileLock) second = acquire (other);

  g_assert_true (first != second);
}

static void
test_file_stays (PathFixture *fixture, gconstpointer data)
{
  GStatBuf status;

  pj_file_lock_release (acquire (fixture->path));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (status.st_size, ==, 0);
  pj_file_lock_release (acquire (fixture->path));
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_file_lock_acquire ("/nonexistent/lock", 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  path_fixture_add_test ("/base/file-lock/held-is-busy", test_held);
  path_fixture_add_test ("/base/file-lock/released-is-free-for-who-waits", test_released);
  path_fixture_add_test ("/base/file-lock/cancel-ends-the-wait", test_cancel);
  path_fixture_add_test ("/base/file-lock/cancelled-before-makes-no-file", test_cancelled_before);
  path_fixture_add_test ("/base/file-lock/two-files-do-not-meet", test_two_files);
  path_fixture_add_test ("/base/file-lock/file-stays-empty-and-private", test_file_stays);
  g_test_add_func ("/base/file-lock/missing-folder-is-an-error", test_no_folder);
  return g_test_run ();
}
