/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-pool.h"

#include "model/pj-problem.h"
#include "pop3/pj-pop3-error.h"
#include "test-await.h"

#define MANY 200

typedef struct
{
  int number;
  int *freed; /* atomic: requests freed so far, each off the main thread */
} Request;

static GThread *main_thread;

static Request *
request_new (int number, int *freed)
{
  Request *request = g_new0 (Request, 1);

  request->number = number;
  request->freed = freed;

  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_assert_true (g_thread_self () != main_thread);
  g_atomic_int_inc (request->freed);
  g_free (request);
}

static gpointer
square (gconstpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  int *result = g_new (int, 1);

  *result = request->number * request->number;
  return result;
}

static gpointer
fail (gconstpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH, "wrong");
  return NULL;
}

/* Waits for the cancel, and then fails or has a result all the same. */
static gpointer
wait_for_cancel (GCancellable *cancellable)
{
  GPollFD fd;

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_poll (&fd, 1, -1);
  g_cancellable_release_fd (cancellable);

  return g_new0 (int, 1);
}

static gpointer
stop (gconstpointer data, GCancellable *cancellable, GError **error)
{
  g_free (wait_for_cancel (cancellable));
  g_cancellable_set_error_if_cancelled (cancellable, error);
  return NULL;
}

static gpointer
come_late (gconstpointer data, GCancellable *cancellable, GError **error)
{
  return wait_for_cancel (cancellable);
}

static PjCheckJob
make_job (PjCheckFunc func, int number, int *freed)
{
  return (PjCheckJob){
    .func = func,
    .request = request_new (number, freed),
    .free_request = request_free,
    .free_result = g_free,
  };
}

static gpointer
run (PjCheckPool *pool, const PjCheckJob *job, GCancellable *cancellable, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  pj_check_pool_run_async (pool, job, cancellable, await_ready, &slot);
  result = await_result (&slot);

  return pj_check_pool_run_finish (result, error);
}

static void
test_lifetime (void)
{
  PjCheckPool *pool = pj_check_pool_new (1);

  g_assert_finalize_object (pool);
}

typedef struct
{
  int sum;
  guint left;
} Sum;

static void
on_squared (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Sum *sum = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree int *result = pj_check_pool_run_finish (async, &error);

  g_assert_no_error (error);
  g_assert_true (g_thread_self () == main_thread);
  sum->sum += *result;
  sum->left--;
}

static void
test_many (void)
{
  PjCheckPool *pool = pj_check_pool_new (4);
  Sum sum = { .left = MANY };
  int expected = 0;
  int freed = 0;

  for (int i = 0; i < MANY; i++)
    {
      PjCheckJob job = make_job (square, i, &freed);

      expected += i * i;
      pj_check_pool_run_async (pool, &job, NULL, on_squared, &sum);
    }
  while (sum.left > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (sum.sum, ==, expected);
  g_assert_cmpint (g_atomic_int_get (&freed), ==, MANY);
  g_assert_finalize_object (pool);
}

static void
test_error_is_translated (void)
{
  g_autoptr (PjCheckPool) pool = pj_check_pool_new (1);
  g_autoptr (GError) error = NULL;
  int freed = 0;
  PjCheckJob job = make_job (fail, 0, &freed);

  g_assert_null (run (pool, &job, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_cmpstr (error->message, ==, "wrong");
}

static void
test_cancelled_before (void)
{
  g_autoptr (PjCheckPool) pool = pj_check_pool_new (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int freed = 0;
  /* It would fail otherwise, with another error. */
  PjCheckJob job = make_job (fail, 0, &freed);

  g_cancellable_cancel (cancellable);
  g_assert_null (run (pool, &job, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 1);
}

/* Runs @func, which waits for a cancel, and cancels it. */
static gpointer
run_and_cancel (PjCheckFunc func, GError **error)
{
  g_autoptr (PjCheckPool) pool = pj_check_pool_new (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  int freed = 0;
  PjCheckJob job = make_job (func, 0, &freed);
  PjCheckJob other = make_job (square, 3, &freed);
  g_autofree int *nine = NULL;
  gpointer value;

  pj_check_pool_run_async (pool, &job, cancellable, await_ready, &slot);
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);
  value = pj_check_pool_run_finish (result, error);

  /* A cancel stops one job, not the pool. */
  nine = run (pool, &other, NULL, NULL);
  g_assert_cmpint (*nine, ==, 9);

  return value;
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_and_cancel (stop, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_late_result_is_dropped (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_and_cancel (come_late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
report_and_come_late (gconstpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  g_atomic_int_set (request->freed, 1);
  return wait_for_cancel (cancellable);
}

static void
test_late_result_is_kept (void)
{
  g_autoptr (PjCheckPool) pool = pj_check_pool_new (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) async = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree int *result = NULL;
  GAsyncResult *slot = NULL;
  static int is_running;
  PjCheckJob job = make_job (report_and_come_late, 0, &is_running);

  job.keeps_result = TRUE;
  pj_check_pool_run_async (pool, &job, cancellable, await_ready, &slot);
  while (!g_atomic_int_get (&is_running))
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  async = await_result (&slot);

  result = pj_check_pool_run_finish (async, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
}

static void
test_drop_waits (void)
{
  PjCheckPool *pool = pj_check_pool_new (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  GAsyncResult *slots[2] = { NULL, NULL };
  int freed = 0;
  PjCheckJob jobs[] = { make_job (stop, 0, &freed), make_job (stop, 1, &freed) };

  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    pj_check_pool_run_async (pool, &jobs[i], cancellable, await_ready, &slots[i]);
  g_cancellable_cancel (cancellable);
  g_assert_finalize_object (pool);

  /* Both callbacks come, the pool being gone. */
  first = await_result (&slots[0]);
  second = await_result (&slots[1]);
  g_assert_null (pj_check_pool_run_finish (first, NULL));
  g_assert_null (pj_check_pool_run_finish (second, NULL));
}

static void
test_dropped_elsewhere (void)
{
  PjCheckPool *pool = pj_check_pool_new (1);
  int freed = 0;

  for (int i = 0; i < MANY; i++)
    pj_check_pool_drop (pool, request_new (i, &freed), request_free);
  g_assert_finalize_object (pool);
  g_assert_cmpint (g_atomic_int_get (&freed), ==, MANY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();

  g_test_add_func ("/check/pool/lifetime", test_lifetime);
  g_test_add_func ("/check/pool/many-jobs", test_many);
  g_test_add_func ("/check/pool/error-is-translated", test_error_is_translated);
  g_test_add_func ("/check/pool/cancelled-before-its-turn", test_cancelled_before);
  g_test_add_func ("/check/pool/cancelled-while-running", test_cancelled);
  g_test_add_func ("/check/pool/late-result-is-dropped", test_late_result_is_dropped);
  g_test_add_func ("/check/pool/late-result-is-kept-on-demand", test_late_result_is_kept);
  g_test_add_func ("/check/pool/drop-waits-for-its-jobs", test_drop_waits);
  g_test_add_func ("/check/pool/what-is-dropped-is-freed-elsewhere", test_dropped_elsewhere);

  return g_test_run ();
}
