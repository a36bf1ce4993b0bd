/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-thread-call.h"

#include "cancel-call.h"
#include "net/pj-net-error.h"

/* What the work is about; the test holds the queues. */
typedef struct
{
  GAsyncQueue *go;   /* the work waits for something in it */
  GAsyncQueue *gone; /* (nullable): told when the task is freed */
  guint result;
} Task;

static Task *
task_new (GAsyncQueue *go, GAsyncQueue *gone)
{
  Task *task = g_new0 (Task, 1);

  task->go = g_async_queue_ref (go);
  task->gone = g_async_queue_ref (gone);

  return task;
}

static void
task_free (gpointer data)
{
  Task *task = data;

  g_async_queue_push (task->gone, GUINT_TO_POINTER (1));
  g_async_queue_unref (task->gone);
  g_async_queue_unref (task->go);
  g_free (task);
}

static void
work (gpointer data)
{
  Task *task = data;

  g_async_queue_pop (task->go);
  task->result = 7;
}

typedef struct
{
  GAsyncQueue *go;
  GAsyncQueue *gone;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->go = g_async_queue_new ();
  fixture->gone = g_async_queue_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_async_queue_unref (fixture->go);
  g_async_queue_unref (fixture->gone);
}

static void
let_go (Fixture *fixture)
{
  g_async_queue_push (fixture->go, GUINT_TO_POINTER (1));
}

/* Blocks until the task is freed, which must be once. */
static void
assert_freed (Fixture *fixture)
{
  g_async_queue_pop (fixture->gone);
  g_assert_cmpint (g_async_queue_length (fixture->gone), ==, 0);
}

static void
test_done (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Task *task = task_new (fixture->go, fixture->gone);

  let_go (fixture);
  g_assert_true (
      pj_thread_call_run (work, task, task_free, pj_deadline_never (), cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (task->result, ==, 7);
  g_assert_cmpint (g_async_queue_length (fixture->gone), ==, 0);
  task_free (task);
}

/* The work is given up, ends later, and cleans up behind itself. */
static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_thread_call_run (work, task_new (fixture->go, fixture->gone), task_free,
                                      pj_deadline_in (20, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 20 ms)");
  g_assert_cmpint (g_async_queue_length (fixture->gone), ==, 0);
  let_go (fixture);
  assert_freed (fixture);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (pj_thread_call_run (work, task_new (fixture->go, fixture->gone), task_free,
                                      pj_deadline_never (), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  let_go (fixture);
  assert_freed (fixture);
}

static void
run_until_cancelled (gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *fixture = data;

  pj_thread_call_run (work, task_new (fixture->go, fixture->gone), task_free,
                      pj_deadline_in (20 * 1000, "late"), cancellable, error);
  let_go (fixture);
  assert_freed (fixture);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  assert_call_is_cancelled_soon (run_until_cancelled, fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/net/thread-call/done", Fixture, NULL, set_up, test_done, tear_down);
  g_test_add ("/net/thread-call/deadline", Fixture, NULL, set_up, test_deadline, tear_down);
  g_test_add ("/net/thread-call/cancelled-before", Fixture, NULL, set_up, test_cancelled_before,
              tear_down);
  g_test_add ("/net/thread-call/cancel", Fixture, NULL, set_up, test_cancel, tear_down);

  return g_test_run ();
}
