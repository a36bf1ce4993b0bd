/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-blocking-call.h"

typedef struct
{
  GAsyncResult *result; /* (owned) */
  GCancellable *stop;   /* (borrowed) from the caller's frame */
  gboolean is_late;
} Call;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->result = g_object_ref (result);
}

static gboolean
on_late (gpointer user_data)
{
  Call *call = user_data;

  call->is_late = TRUE;
  g_cancellable_cancel (call->stop);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static void
run (Call *call, PjBlockingStart start, gpointer data, PjDeadline deadline)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GSource *timer;

  g_main_context_push_thread_default (context);

  timer = g_timeout_source_new ((guint) pj_deadline_left_ms (deadline));
  g_source_set_callback (timer, on_late, call, NULL);
  g_source_attach (timer, context);

  start (data, call->stop, on_ready, call);
  while (call->result == NULL)
    g_main_context_iteration (context, TRUE);

  g_source_destroy (timer);
  g_source_unref (timer);
  /* What GIO still has to clean up after a cancel belongs to this context. */
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

/**
 * pj_blocking_call_run: (skip)
 * @start: starts the operation
 * @data: for @start
 * @deadline: until when it must have ended; less than 49 days away
 * @cancellable: (nullable): stops it
 * @error: return location; %PJ_NET_ERROR_TIMEOUT, %G_IO_ERROR_CANCELLED
 *
 * Blocks on an operation whose blocking form in GIO has no deadline, or does
 * not heed a cancel at once. It gets a main context of this thread for as long
 * as it takes.
 *
 * Returns: (transfer full): for the operation's finish function; %NULL when it
 *   was cancelled or came too late, and what it brought then is dropped
 */
GAsyncResult *
pj_blocking_call_run (PjBlockingStart start,
                      gpointer data,
                      PjDeadline deadline,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Call call = { .stop = stop };
  gulong handler = 0;

  g_return_val_if_fail (start != NULL, NULL);

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), stop, NULL);
  run (&call, start, data, deadline);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  result = call.result;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (call.is_late)
    {
      pj_deadline_set_error (deadline, error);
      return NULL;
    }

  return g_steal_pointer (&result);
}
