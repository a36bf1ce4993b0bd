/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-blocking-call.h"

#include "net/pj-net-error.h"

typedef struct
{
  gboolean is_stuck; /* ends only when it is stopped */
  GObject *brought;  /* (borrowed): what the operation ends with */
} Operation;

static void
on_stopped (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);

  g_task_return_error_if_cancelled (task);
}

static void
start (gpointer data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const Operation *operation = data;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_assert_nonnull (cancellable);
  if (operation->is_stuck)
    {
      g_cancellable_connect (cancellable, G_CALLBACK (on_stopped), task, NULL);
      return;
    }

  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, g_object_ref (operation->brought), g_object_unref);
  g_object_unref (task);
}

static void
test_brings_its_result (void)
{
  g_autoptr (GObject) brought = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GObject) got = NULL;
  g_autoptr (GError) error = NULL;
  Operation operation = { .brought = brought };

  result = pj_blocking_call_run (start, &operation, pj_deadline_in (10 * 1000, "late"), cancellable,
                                 &error);
  g_assert_no_error (error);
  got = g_task_propagate_pointer (G_TASK (result), &error);
  g_assert_true (got == brought);
}

static void
test_deadline (void)
{
  g_autoptr (GError) error = NULL;
  Operation operation = { .is_stuck = TRUE };

  g_assert_null (
      pj_blocking_call_run (start, &operation, pj_deadline_in (20, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 20 ms)");
}

/* What comes in spite of a cancel is dropped, and not lost. */
static void
test_cancelled_before (void)
{
  GObject *brought = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Operation operation = { .brought = brought };

  g_cancellable_cancel (cancellable);
  g_assert_null (pj_blocking_call_run (start, &operation, pj_deadline_in (10 * 1000, "late"),
                                       cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (brought);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/blocking-call/brings-its-result", test_brings_its_result);
  g_test_add_func ("/net/blocking-call/deadline", test_deadline);
  g_test_add_func ("/net/blocking-call/cancelled-before", test_cancelled_before);
  return g_test_run ();
}
