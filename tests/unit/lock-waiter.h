/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Somebody on another thread, as in another process, who waits for a lock
 * that the test holds. */

#include <gio/gio.h>

/* Longer than any test may wait. */
#define LOCK_WAITER_MS (60 * 1000)

/* Returns: (transfer full): the lock */
typedef gpointer (*LockWaiterFunc) (const char   *path,
                                    guint         timeout_ms,
                                    GCancellable *cancellable,
                                    GError      **error);

typedef struct
{
  LockWaiterFunc acquire;
  const char    *path;
  GThread       *thread;
  GError        *error;
  int            has_begun; /* atomic */
  int            has_ended; /* atomic */
} LockWaiter;

static inline gpointer
lock_waiter_run (gpointer data)
{
  LockWaiter *self = data;
  gpointer    lock;

  g_atomic_int_set (&self->has_begun, TRUE);
  lock = self->acquire (self->path, LOCK_WAITER_MS, NULL, &self->error);
  g_atomic_int_set (&self->has_ended, TRUE);

  return lock;
}

/* Asserts that it waits, as far as one can know that. */
static inline void
lock_waiter_start (LockWaiter *self)
{
  self->thread = g_thread_new ("waiter", lock_waiter_run, self);
  while (!g_atomic_int_get (&self->has_begun))
    g_thread_yield ();
  g_assert_false (g_atomic_int_get (&self->has_ended));
}

/* Returns: (transfer full): the lock, once the test has released it */
static inline gpointer
lock_waiter_join (LockWaiter *self)
{
  gpointer lock = g_thread_join (self->thread);

  g_assert_no_error (self->error);
  g_assert_nonnull (lock);
  return lock;
}
