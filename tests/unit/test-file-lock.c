/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-file-lock.h"

#include <sys/stat.h>

#include "cancel-limit.h"
#include "test-dir.h"

/* Longer than any test may wait. */
#define LONG_MS (60 * 1000)

typedef struct
{
  TestDir *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "lock", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  test_dir_remove (fixture->dir);
}

/* Who waits while the test holds the lock. */
typedef struct
{
  const char *path;
  GCancellable *cancellable;
  GError *error;
  int has_begun; /* atomic */
  int has_ended; /* atomic */
} Other;

static gpointer
wait_for_lock (gpointer data)
{
  Other *other = data;
  PjFileLock *lock;

  g_atomic_int_set (&other->has_begun, TRUE);
  lock = pj_file_lock_acquire (other->path, LONG_MS, other->cancellable, &other->error);
  g_atomic_int_set (&other->has_ended, TRUE);

  return lock;
}

static GThread *
start_other (Other *other)
{
  GThread *thread = g_thread_new ("other", wait_for_lock, other);

  while (!g_atomic_int_get (&other->has_begun))
    g_thread_yield ();

  return thread;
}

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
test_held (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjFileLock) lock = acquire (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_file_lock_acquire (fixture->path, 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_released (Fixture *fixture, gconstpointer data)
{
  PjFileLock *lock = acquire (fixture->path);
  Other other = { .path = fixture->path };
  g_autoptr (PjFileLock) second = NULL;
  GThread *thread = start_other (&other);

  g_assert_false (g_atomic_int_get (&other.has_ended));
  pj_file_lock_release (lock);

  second = g_thread_join (thread);
  g_assert_no_error (other.error);
  g_assert_nonnull (second);
}

static gint64
cancel_a_wait (gpointer path)
{
  G_GNUC_UNUSED g_autoptr (PjFileLock) lock = acquire (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Other other = { .path = path, .cancellable = cancellable };
  GThread *thread = start_other (&other);
  gint64 start = g_get_monotonic_time ();

  g_cancellable_cancel (cancellable);
  g_assert_null (g_thread_join (thread));
  g_assert_error (other.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&other.error);

  return g_get_monotonic_time () - start;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  assert_cancels_soon (cancel_a_wait, fixture->path);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (pj_file_lock_acquire (fixture->path, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_two_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autoptr (PjFileLock) first = acquire (fixture->path);
  g_autoptr (PjFileLock) second = acquire (other);

  g_assert_true (first != second);
}

static void
test_file_stays (Fixture *fixture, gconstpointer data)
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

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/base/file-lock/held-is-busy", test_held);
  add ("/base/file-lock/released-is-free-for-who-waits", test_released);
  add ("/base/file-lock/cancel-ends-the-wait", test_cancel);
  add ("/base/file-lock/cancelled-before-makes-no-file", test_cancelled_before);
  add ("/base/file-lock/two-files-do-not-meet", test_two_files);
  add ("/base/file-lock/file-stays-empty-and-private", test_file_stays);
  g_test_add_func ("/base/file-lock/missing-folder-is-an-error", test_no_folder);
  return g_test_run ();
}
