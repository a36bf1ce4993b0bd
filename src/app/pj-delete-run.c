/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-delete-run.h"

#include "app/pj-mailbox-run.h"
#include "app/pj-service-private.h"
#include "check/pj-message-delete.h"

typedef struct
{
  PjService *service;
  PjAccount *account;
  char **uids;
  GPtrArray *receipts; /* of PjDeleteReceipt */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_strfreev (run->uids);
  g_clear_pointer (&run->receipts, g_ptr_array_unref);
  g_clear_object (&run->account);
  g_clear_object (&run->service);
  g_free (run);
}

static void
return_receipts (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&run->receipts),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
on_forgotten (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The next check forgets them if this did not. */
  if (!pj_store_write_finish (run->service->store, async, &error))
    g_warning ("Deleted messages could not be forgotten: %s", error->message);

  return_receipts (task);
}

/* What is gone from the server for certain leaves list and database. */
static void
on_deleted (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  const char *id = pj_account_get_id (run->account);
  GError *error = NULL;

  run->receipts = pj_mailbox_run_finish (async, &error);
  if (run->receipts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < run->receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (run->receipts, i);

      if (receipt->outcome == PJ_DELETE_DELETED || receipt->outcome == PJ_DELETE_GONE)
        g_ptr_array_add (gone, receipt->uid);
    }
  if (gone->len == 0)
    {
      return_receipts (task);
      return;
    }

  g_ptr_array_add (gone, NULL);
  pj_service_remember (run->service, run->account, NULL);
  pj_message_list_remove (run->service->messages, id, (const char *const *) gone->pdata);
  pj_service_update_counts (run->service, run->account);
  pj_store_forget_async (run->service->store, id, (const char *const *) gone->pdata, on_forgotten,
                         g_steal_pointer (&task));
}

static gpointer
delete_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_message_delete_run (request, cancellable, error);
}

static gboolean
has_failed (gconstpointer result)
{
  const GPtrArray *receipts = result;

  for (guint i = 0; i < receipts->len; i++)
    {
      const PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      if (receipt->outcome == PJ_DELETE_REFUSED || receipt->outcome == PJ_DELETE_UNCONFIRMED)
        return TRUE;
    }

  return FALSE;
}

static void
make_delete_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  const Run *run = data;
  PjMessageDeleteRequest *request = g_new0 (PjMessageDeleteRequest, 1);

  request->mailbox = mailbox;
  request->uids = g_strdupv (run->uids);
  *job = (PjCheckJob){
    .func = delete_on_thread,
    .request = request,
    .free_request = (GDestroyNotify) pj_message_delete_request_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
    .has_failed = has_failed,
    .keeps_result = TRUE,
  };
}

/**
 * pj_delete_run_async:
 * @service: the service
 * @account: where the messages lie
 * @uids: which messages, %NULL-ended
 * @cancellable: (nullable): stops it; what is on its way is then unconfirmed
 * @callback: (scope async): called with the receipts
 * @user_data: for @callback
 *
 * Deletes messages on the server. They leave the list when the server has
 * confirmed it.
 */
void
pj_delete_run_async (PjService *service,
                     PjAccount *account,
                     const char *const *uids,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (uids != NULL);

  run = g_new0 (Run, 1);
  run->service = g_object_ref (service);
  run->account = g_object_ref (account);
  run->uids = g_strdupv ((char **) uids);

  /* No cancellable: receipts must arrive even if a cancel comes late. */
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, pj_delete_run_async);
  g_task_set_task_data (task, run, run_free);
  pj_mailbox_run_async (service, account, NULL, make_delete_job, run, NULL, cancellable, on_deleted,
                        task);
}

/**
 * pj_delete_run_finish:
 * @result: what the callback was given
 * @error: return location, set when nothing was marked for deletion;
 *   %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type PjDeleteReceipt): one for each UID
 */
GPtrArray *
pj_delete_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_delete_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
