/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-pool.h"

#include "base/pj-tsan.h"
#include "check/pj-check-problem.h"

/**
 * PjCheckPool:
 *
 * Runs what talks to servers off the main thread.
 *
 * A private pool, not g_task_run_in_thread(): that one is shared with the
 * rest of GIO and holds about ten threads, and ten slow servers would leave
 * none for file and DNS work.
 *
 * Threads: every public function belongs to the thread that made the pool.
 * The worker sees only the request it was given and the cancellable.
 */
struct _PjCheckPool
{
  GObject parent_instance;

  GThreadPool *threads;
};

G_DEFINE_FINAL_TYPE (PjCheckPool, pj_check_pool, G_TYPE_OBJECT)

static void
free_request (PjCheckJob *job)
{
  if (job->request != NULL && job->free_request != NULL)
    job->free_request (job->request);
  job->request = NULL;
}

/* The request is freed before the result is told: here and not on the caller's
 * thread, which what is known of a large mailbox would hold up, and so early
 * that no password outlives its use. */
static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (data);
  GCancellable *cancellable;
  PjCheckJob *job;
  GDestroyNotify free_result;
  GError *error = NULL;
  gpointer result = NULL;

  PJ_TAKE_OVER (task);
  cancellable = g_task_get_cancellable (task);
  job = g_task_get_task_data (task);
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    result = job->func (job->request, cancellable, &error);
  free_request (job);
  free_result = job->free_result;
  if (error != NULL)
    error = pj_check_problem_translate (error);
  PJ_HAND_OVER (task); /* from here on @job is the caller's */
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, free_result);
}

static void
pj_check_pool_finalize (GObject *object)
{
  PjCheckPool *self = PJ_CHECK_POOL (object);

  /* Wait for running jobs, drop none: each holds a GTask that must return. */
  g_thread_pool_free (g_steal_pointer (&self->threads), FALSE, TRUE);

  G_OBJECT_CLASS (pj_check_pool_parent_class)->finalize (object);
}

static void
pj_check_pool_class_init (PjCheckPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_check_pool_finalize;
}

static void
pj_check_pool_init (PjCheckPool *self)
{
}

/**
 * pj_check_pool_new:
 * @max_threads: sessions at the same time, at least 1
 *
 * Dropping the last reference waits for the jobs that are left: cancel them.
 *
 * Returns: (transfer full): the pool
 */
PjCheckPool *
pj_check_pool_new (guint max_threads)
{
  PjCheckPool *self;

  g_return_val_if_fail (max_threads > 0, NULL);

  self = g_object_new (PJ_TYPE_CHECK_POOL, NULL);
  self->threads = g_thread_pool_new (run_job, NULL, (int) max_threads, FALSE, NULL);

  return self;
}

/**
 * pj_check_pool_run_async:
 * @self: the pool
 * @job: what to run; copied, its request taken over and freed on the job's
 *   thread, before the result is told
 * @cancellable: (nullable): stops the job, also while it waits its turn
 * @callback: (scope async): called on the thread that called this function
 * @user_data: for @callback
 */
void
pj_check_pool_run_async (PjCheckPool *self,
                         const PjCheckJob *job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_CHECK_POOL (self));
  g_return_if_fail (job != NULL && job->func != NULL);

  /* No source object: a task in flight must not keep the pool alive, or the
   * pool's last reference could be dropped by one of its own threads. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_check_pool_run_async);
  g_task_set_task_data (task, g_memdup2 (job, sizeof *job), g_free);
  g_task_set_check_cancellable (task, !job->keeps_result);

  PJ_HAND_OVER (task);
  g_thread_pool_push (self->threads, g_steal_pointer (&task), NULL);
}

/**
 * pj_check_pool_run_finish:
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the worker's result, or %NULL with @error set
 */
gpointer
pj_check_pool_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_check_pool_run_async), NULL);

  PJ_TAKE_OVER (result);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
do_nothing (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/**
 * pj_check_pool_drop:
 * @self: the pool
 * @data: (transfer full): what may be freed on any thread
 * @free_data: frees @data
 *
 * Frees off the calling thread what has very many parts, such as the survey
 * of a large mailbox.
 */
void
pj_check_pool_drop (PjCheckPool *self, gpointer data, GDestroyNotify free_data)
{
  const PjCheckJob job = { .func = do_nothing, .request = data, .free_request = free_data };

  pj_check_pool_run_async (self, &job, NULL, NULL, NULL);
}
