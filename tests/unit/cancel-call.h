/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cancels something that blocks on a thread of its own, and takes the time. */

#include <gio/gio.h>

#include "base/pj-tsan.h"
#include "cancel-limit.h"

/* Blocks on @data until cancelled; sets @error. */
typedef void (*CancelFunc) (gpointer data, GCancellable *cancellable, GError **error);

typedef struct
{
  CancelFunc    func;
  gpointer      data;
  GCancellable *cancellable;
  GError       *error;
} CancelCall;

static inline gpointer
cancel_call_run (gpointer user_data)
{
  CancelCall *call = user_data;

  PJ_TAKE_OVER (call);
  call->func (call->data, call->cancellable, &call->error);
  PJ_HAND_OVER (call);

  return NULL;
}

/* Nothing tells from outside that a thread has come to wait for a socket. A
 * cancel that comes before must be heeded as well, so no test depends on it. */
#define CANCEL_SETTLE_US (30 * 1000)

/* @call: with its function and data. Returns: microseconds */
static inline gint64
cancel_call_measure (gpointer user_data)
{
  CancelCall *call = user_data;
  GThread    *thread;
  gint64      start, end;

  call->cancellable = g_cancellable_new ();
  PJ_HAND_OVER (call);
  thread = g_thread_new ("blocks", cancel_call_run, call);
  g_usleep (CANCEL_SETTLE_US);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (call->cancellable);
  g_thread_join (thread);
  end = g_get_monotonic_time ();
  PJ_TAKE_OVER (call);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&call->error);
  g_clear_object (&call->cancellable);

  return end - start;
}

static inline void
assert_call_is_cancelled_soon (CancelFunc func, gpointer data)
{
  CancelCall call = { .func = func, .data = data };

  assert_cancels_soon (cancel_call_measure, &call);
}
