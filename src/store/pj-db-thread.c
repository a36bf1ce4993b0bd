/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-db-thread"

#include "store/pj-db-thread.h"

#include "base/pj-tsan.h"

/**
 * PjDbThread:
 *
 * One thread owns the database handle. Others send it work through a queue
 * and get the answer in their own main context. So there is no lock around
 * the database, and writes happen in the order they were asked for.
 */
struct _PjDbThread
{
  /* Owned */
  GThread *thread;
  GAsyncQueue *queue; /* of GTask; one without a function ends the thread */
  gpointer db;        /* database thread only */

  /* Plain */
  GDestroyNotify close_db;
};

typedef struct
{
  PjDbFunc func; /* NULL asks the thread to end */
  gpointer request;
  GDestroyNotify free_request;
  GDestroyNotify free_result;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  /* A result that nobody fetches brings its work back all the same. */
  PJ_TAKE_OVER (work);
  if (work->free_request != NULL)
    work->free_request (work->request);
  g_free (work);
}

static gpointer
db_thread_main (gpointer data)
{
  PjDbThread *self = data;
  gboolean running = TRUE;

  PJ_TAKE_OVER (self);
  while (running)
    {
      g_autoptr (GTask) task = g_async_queue_pop (self->queue);
      GDestroyNotify free_result;
      GError *error = NULL;
      gpointer result = NULL;
      Work *work;

      PJ_TAKE_OVER (task);
      work = g_task_get_task_data (task);
      if (work->func == NULL)
        running = FALSE;
      else
        result = work->func (self->db, work->request, &error);
      free_result = work->free_result;
      PJ_HAND_OVER (work);
      PJ_HAND_OVER (task);

      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, result, free_result);
    }

  self->close_db (self->db);
  PJ_HAND_OVER (self);
  return NULL;
}

/* Nobody waits for this work, but its failure is not to pass unnoticed. */
static void
on_unwatched_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;

  PJ_TAKE_OVER (task);
  if (!g_task_had_error (task))
    return;

  g_task_propagate_pointer (task, &error);
  g_warning ("%s", error->message);
}

/**
 * pj_db_thread_new: (skip)
 * @db: (transfer full): an open handle; the caller must not use it again
 * @close_db: closes @db, on the database thread
 *
 * Returns: (transfer full): the running thread
 */
PjDbThread *
pj_db_thread_new (gpointer db, GDestroyNotify close_db)
{
  PjDbThread *self;

  g_return_val_if_fail (close_db != NULL, NULL);

  self = g_new0 (PjDbThread, 1);
  self->queue = g_async_queue_new_full (g_object_unref);
  self->db = db;
  self->close_db = close_db;
  PJ_HAND_OVER (self);
  self->thread = g_thread_new ("pj-db", db_thread_main, self);

  return self;
}

/**
 * pj_db_thread_push: (skip)
 * @self: the thread
 * @func: what to do there; its result is %NULL where it sets an error
 * @request: (transfer full) (nullable): its argument, which nobody else changes
 * @free_request: (nullable): frees @request, on either thread
 * @free_result: (nullable): frees a result that nobody fetches
 * @callback: (nullable): called in the main context of the caller, with no
 *   source object; without one a failure is logged
 * @user_data: for @callback
 *
 * Queues work behind what is queued already.
 */
void
pj_db_thread_push (PjDbThread *self,
                   PjDbFunc func,
                   gpointer request,
                   GDestroyNotify free_request,
                   GDestroyNotify free_result,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, NULL, callback != NULL ? callback : on_unwatched_ready, user_data);
  work = g_new0 (Work, 1);
  work->func = func;
  work->request = request;
  work->free_request = free_request;
  work->free_result = free_result;
  g_task_set_source_tag (task, pj_db_thread_push);
  g_task_set_task_data (task, work, work_free);

  PJ_HAND_OVER (task);
  g_async_queue_push (self->queue, task);
}

/**
 * pj_db_thread_finish: (skip)
 * @result: what the callback was given
 * @error: return location; what the function has set
 *
 * Returns: (transfer full): what the function has returned
 */
gpointer
pj_db_thread_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_db_thread_push), NULL);

  PJ_TAKE_OVER (result);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * pj_db_thread_free: (skip)
 * @self: (transfer full): the thread
 *
 * Finishes queued work, then closes the database. Blocks. Callbacks of that
 * work are still called, when the main loop runs next.
 */
void
pj_db_thread_free (PjDbThread *self)
{
  g_return_if_fail (self != NULL);

  pj_db_thread_push (self, NULL, NULL, NULL, NULL, NULL, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  PJ_TAKE_OVER (self);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_free (self);
}
