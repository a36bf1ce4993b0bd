/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-db-thread.h"

#include "test-await.h"

typedef struct
{
  guint total;
  GThread *caller;
  guint *closed_at;
} Sum;

static Sum *
sum_new (guint *closed_at)
{
  Sum *self = g_new0 (Sum, 1);

  self->caller = g_thread_self ();
  self->closed_at = closed_at;

  return self;
}

static void
sum_close (gpointer data)
{
  Sum *self = data;

  g_assert_true (g_thread_self () != self->caller);
  *self->closed_at = self->total;
  g_free (self);
}

static gpointer
add (gpointer db, gpointer request, GError **error)
{
  Sum *sum = db;

  g_assert_true (g_thread_self () != sum->caller);
  sum->total += GPOINTER_TO_UINT (request);
  return GUINT_TO_POINTER (sum->total);
}

static gpointer
refuse (gpointer db, gpointer request, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Refused");
  return NULL;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *last = user_data;
  guint total = GPOINTER_TO_UINT (pj_db_thread_finish (result, NULL));

  /* In order: the answers grow. */
  g_assert_null (source);
  g_assert_cmpuint (total, >, *last);
  *last = total;
}

static void
test_order (void)
{
  guint last = 0;
  guint closed_at = 0;
  PjDbThread *thread = pj_db_thread_new (sum_new (&closed_at), sum_close);

  for (guint i = 1; i <= 50; i++)
    pj_db_thread_push (thread, add, GUINT_TO_POINTER (i), NULL, NULL, on_added, &last);
  pj_db_thread_free (thread);

  /* All was done before the end, though nothing was delivered yet. */
  g_assert_cmpuint (closed_at, ==, 50 * 51 / 2);
  g_assert_cmpuint (last, ==, 0);
  while (last < 50 * 51 / 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (last, ==, 50 * 51 / 2);
}

static void
test_error (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint closed_at = 0;
  g_autoptr (PjDbThread) thread = pj_db_thread_new (sum_new (&closed_at), sum_close);

  pj_db_thread_push (thread, refuse, g_strdup ("owned"), g_free, NULL, await_ready, &slot);
  result = await_result (&slot);

  g_assert_null (pj_db_thread_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_unwatched_error (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint closed_at = 0;
  g_autoptr (PjDbThread) thread = pj_db_thread_new (sum_new (&closed_at), sum_close);
  GAsyncResult *slot = NULL;

  g_test_expect_message ("pj-db-thread", G_LOG_LEVEL_WARNING, "Refused");
  pj_db_thread_push (thread, refuse, NULL, NULL, NULL, NULL, NULL);
  pj_db_thread_push (thread, add, GUINT_TO_POINTER (1), NULL, NULL, await_ready, &slot);
  result = await_result (&slot);
  g_assert_cmpuint (GPOINTER_TO_UINT (pj_db_thread_finish (result, NULL)), ==, 1);
  g_test_assert_expected_messages ();
}

static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GAsyncResult *slot = NULL;
  guint closed_at = 0;
  g_autoptr (PjDbThread) thread = pj_db_thread_new (sum_new (&closed_at), sum_close);

  g_main_context_push_thread_default (context);
  pj_db_thread_push (thread, add, GUINT_TO_POINTER (7), NULL, NULL, await_ready, &slot);
  g_main_context_pop_thread_default (context);
  while (slot == NULL)
    g_main_context_iteration (context, TRUE);

  g_assert_cmpuint (GPOINTER_TO_UINT (pj_db_thread_finish (slot, NULL)), ==, 7);
  g_clear_object (&slot);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/db-thread/answers-in-order-and-finishes-before-it-ends", test_order);
  g_test_add_func ("/store/db-thread/error-arrives", test_error);
  g_test_add_func ("/store/db-thread/error-that-nobody-waits-for-is-logged", test_unwatched_error);
  g_test_add_func ("/store/db-thread/answers-in-the-context-of-the-caller", test_own_context);
  return g_test_run ();
}
