/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-thread-call.h"

#include "base/pj-tsan.h"

/* Whoever of the two leaves last frees it. */
typedef struct
{
  /* Owned */
  GMutex mutex;
  GCond changed;
  gpointer data; /* of the thread until it is done, then of who takes it */
  GDestroyNotify free_data;

  /* Plain */
  PjThreadWork work;
  gint holders;
  gint is_done;
} Call;

static void
release (Call *call)
{
  PJ_HAND_OVER (call);
  if (!g_atomic_int_dec_and_test (&call->holders))
    return;

  PJ_TAKE_OVER (call);
  if (call->data != NULL)
    call->free_data (call->data);
  g_mutex_clear (&call->mutex);
  g_cond_clear (&call->changed);
  g_free (call);
}

static gpointer
run (gpointer user_data)
{
  Call *call = user_data;

  PJ_TAKE_OVER (call);
  call->work (call->data);

  g_mutex_lock (&call->mutex);
  PJ_HAND_OVER (call);
  g_atomic_int_set (&call->is_done, TRUE);
  g_cond_signal (&call->changed);
  g_mutex_unlock (&call->mutex);
  release (call);

  return NULL;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Call *call = user_data;

  g_mutex_lock (&call->mutex);
  g_cond_signal (&call->changed);
  g_mutex_unlock (&call->mutex);
}

/* Returns: whether the work is done */
static gboolean
wait_for (Call *call, PjDeadline deadline, GCancellable *cancellable)
{
  gboolean is_done;

  g_mutex_lock (&call->mutex);
  while (!(is_done = g_atomic_int_get (&call->is_done)) &&
         !g_cancellable_is_cancelled (cancellable))
    {
      if (!g_cond_wait_until (&call->changed, &call->mutex, deadline.at))
        break;
    }
  g_mutex_unlock (&call->mutex);

  return is_done;
}

/**
 * pj_thread_call_run: (skip)
 * @work: has no deadline of its own and heeds no cancel
 * @data: (transfer full): for @work; the caller's again after success
 * @free_data: for @data after a failure, on whichever thread
 * @deadline: until when it must have ended
 * @cancellable: (nullable): stops the waiting
 * @error: return location; %PJ_NET_ERROR_TIMEOUT, %G_IO_ERROR_CANCELLED,
 *   errors of g_thread_try_new()
 *
 * Blocks on work that a library offers in blocking form only. Work that is
 * given up goes on until it ends by itself, and nobody hears of it: a thread of
 * its own, since each would take one of a pool away for as long.
 *
 * Returns: whether the work is done
 */
gboolean
pj_thread_call_run (PjThreadWork work,
                    gpointer data,
                    GDestroyNotify free_data,
                    PjDeadline deadline,
                    GCancellable *cancellable,
                    GError **error)
{
  GThread *thread;
  gulong handler = 0;
  gboolean is_done;
  Call *call;

  g_return_val_if_fail (work != NULL && data != NULL && free_data != NULL, FALSE);

  call = g_new0 (Call, 1);
  *call = (Call){ .data = data, .free_data = free_data, .work = work, .holders = 2 };
  g_mutex_init (&call->mutex);
  g_cond_init (&call->changed);

  PJ_HAND_OVER (call);
  thread = g_thread_try_new ("pj-thread-call", run, call, error);
  if (thread == NULL)
    {
      release (call);
      release (call);
      return FALSE;
    }

  g_thread_unref (thread);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), call, NULL);
  is_done = wait_for (call, deadline, cancellable);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  if (is_done)
    {
      PJ_TAKE_OVER (call);
      call->data = NULL;
    }
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      pj_deadline_set_error (deadline, error);
    }
  release (call);

  return is_done;
}
