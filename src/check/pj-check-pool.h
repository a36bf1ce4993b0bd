/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs on a check thread; may block. Touches only @request. */
typedef gpointer (*PjCheckFunc) (gconstpointer request, GCancellable *cancellable, GError **error);

/* Whether what a job returned tells that something went wrong. Main thread. */
typedef gboolean (*PjCheckFailedFunc) (gconstpointer result);

/**
 * PjCheckJob:
 * @func: what to do
 * @request: (transfer full): all it needs, and nothing that others share
 * @free_request: frees @request
 * @free_result: frees what @func returned if nobody takes it
 * @has_failed: (nullable): judges what @func returned, where that can tell of
 *   a failure; not used by the pool
 * @keeps_result: whether a result counts that comes although a cancel came
 *   first, as it does when it tells what was done to a mailbox
 */
typedef struct
{
  PjCheckFunc       func;
  gpointer          request;
  GDestroyNotify    free_request;
  GDestroyNotify    free_result;
  PjCheckFailedFunc has_failed;
  gboolean          keeps_result;
} PjCheckJob;

#define PJ_TYPE_CHECK_POOL (pj_check_pool_get_type ())
G_DECLARE_FINAL_TYPE (PjCheckPool, pj_check_pool, PJ, CHECK_POOL, GObject)

PjCheckPool *pj_check_pool_new (guint max_threads);
void         pj_check_pool_run_async (PjCheckPool        *self,
                                      const PjCheckJob   *job,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gpointer     pj_check_pool_run_finish (GAsyncResult *result, GError **error);
void         pj_check_pool_drop (PjCheckPool *self, gpointer data, GDestroyNotify free_data);

G_END_DECLS
