/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-check-run.h"

#include "app/pj-mailbox-run.h"
#include "app/pj-service-private.h"
#include "check/pj-check.h"

/**
 * pj_check_report_free: (skip)
 * @self: (transfer full) (nullable): a report
 */
void
pj_check_report_free (PjCheckReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->result, pj_check_result_unref);
  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_free (self);
}

/* What the check thread brings back. */
typedef struct
{
  PjCheckResult *result;
  PjMailboxMemory *learned;
} Finding;

static void
finding_free (gpointer data)
{
  Finding *finding = data;

  g_clear_pointer (&finding->result, pj_check_result_unref);
  g_clear_pointer (&finding->learned, pj_mailbox_memory_unref);
  g_free (finding);
}

typedef struct
{
  PjService *service;
  PjAccount *account;
  GHashTable *known; /* (nullable) set of UIDs, until the job has it */
  Finding *finding;  /* until it is saved */
  GCancellable *cancellable;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->known, g_hash_table_unref);
  g_clear_pointer (&run->finding, finding_free);
  g_clear_object (&run->cancellable);
  g_clear_object (&run->account);
  g_clear_object (&run->service);
  g_free (run);
}

/* Whoever has removed the account in the meantime wants nothing of it: rows
 * saved now would lie in the database for good. */
static gboolean
is_still_wanted (Run *run)
{
  return pj_service_find_account_by_id (run->service, pj_account_get_id (run->account)) != NULL;
}

/* @error: (transfer full) (nullable): NULL only when the account is not wanted
 *   any more, which counts for more than whatever went wrong with it */
static void
fail (GTask *task, GError *error)
{
  Run *run = g_task_get_task_data (task);

  if (!is_still_wanted (run))
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                   "The mailbox was removed while it was checked");
    }

  g_object_set (run->account, "is-checking", FALSE, NULL);
  pj_service_note_failure (run->service, run->account, error);
  g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  g_autoptr (PjStoreChanges) changes = NULL;
  PjCheckReport *report;
  GError *error = NULL;

  changes = pj_store_save_check_finish (run->service->store, async, &error);
  if (changes == NULL)
    {
      fail (task, error);
      return;
    }

  g_object_set (run->account, "is-checking", FALSE, NULL);
  pj_service_remember (run->service, run->account, run->finding->learned);
  pj_service_note_success (run->service, run->account, run->finding->result, changes);

  report = g_new0 (PjCheckReport, 1);
  report->result = g_steal_pointer (&run->finding->result);
  report->added = g_ptr_array_ref (changes->added);
  report->is_baseline = changes->is_baseline;
  g_task_return_pointer (task, report, (GDestroyNotify) pj_check_report_free);
}

static void
on_looked (GObject *source, GAsyncResult *async, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->finding = pj_mailbox_run_finish (async, &error);
  if (run->finding == NULL || !is_still_wanted (run))
    {
      fail (task, error);
      g_object_unref (task);
      return;
    }

  pj_store_save_check_async (run->service->store, pj_account_get_id (run->account),
                             run->finding->result, pj_clock_wall_now (run->service->clock),
                             on_saved, task);
}

static gpointer
check_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjMailboxMemory) learned = NULL;
  PjCheckResult *result = pj_check_run (request, &learned, cancellable, error);
  Finding *finding;

  if (result == NULL)
    return NULL;

  finding = g_new0 (Finding, 1);
  finding->result = result;
  finding->learned = g_steal_pointer (&learned);

  return finding;
}

static void
make_check_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  Run *run = data;
  PjCheckRequest *request = g_new0 (PjCheckRequest, 1);

  request->mailbox = mailbox;
  request->known_uids = g_steal_pointer (&run->known);
  request->context = pj_service_dup_context (run->service, run->account, NULL);
  *job = (PjCheckJob){
    .func = check_on_thread,
    .request = request,
    .free_request = (GDestroyNotify) pj_check_request_free,
    .free_result = finding_free,
  };
}

static void
look (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  pj_mailbox_run_async (run->service, run->account, NULL, make_check_job, run, NULL,
                        run->cancellable, on_looked, task);
}

static void
on_known (GObject *source, GAsyncResult *async, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->known = pj_store_list_uids_finish (run->service->store, async, &error);
  if (run->known == NULL)
    {
      fail (task, error);
      g_object_unref (task);
      return;
    }

  look (task);
}

/* What the last check in this process has saved need not be read again; what
 * another process has saved meanwhile, the saving finds there. */
static gboolean
remembers_messages (Run *run)
{
  const PjMailboxMemory *memory =
      g_hash_table_lookup (run->service->memories, pj_account_get_id (run->account));

  return memory != NULL && memory->survey != NULL;
}

/**
 * pj_check_run_async:
 * @service: the service
 * @account: one of its accounts
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called when the lists are up to date
 * @user_data: for @callback
 *
 * Looks into one mailbox, saves what is new, and then tells.
 */
void
pj_check_run_async (PjService *service,
                    PjAccount *account,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  run = g_new0 (Run, 1);
  run->service = g_object_ref (service);
  run->account = g_object_ref (account);
  run->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  /* No cancellable: what was saved must be told even if a cancel comes late. */
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, pj_check_run_async);
  g_task_set_task_data (task, run, run_free);

  g_object_set (account, "is-checking", TRUE, NULL);
  if (remembers_messages (run))
    look (task);
  else
    /* Headers that the owner did not agree to before can be had at last. */
    pj_store_list_uids_async (service->store, pj_account_get_id (account),
                              pj_account_may_fetch_whole (account), on_known, task);
}

/**
 * pj_check_run_finish:
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED, also
 *   for an account that was removed meanwhile
 *
 * Returns: (transfer full): what was found; %NULL with @error set
 */
PjCheckReport *
pj_check_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_check_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
