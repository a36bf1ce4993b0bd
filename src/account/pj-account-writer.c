/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-account-writer.h"

#include "account/pj-account-file.h"
#include "base/pj-tsan.h"

/*
 * Changes to the account file from the main thread. The file is synced to
 * the disk and another process may be writing it, which may take a while: so
 * a thread of GIO's does it.
 */

typedef struct
{
  char *path;
  char *account_id;
  PjAccount *account; /* a copy that only the thread looks at; NULL to remove */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_object (&self->account);
  g_free (self->account_id);
  g_free (self->path);
  g_free (self);
}

static void
write_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Change *change = data;
  GError *error = NULL;
  gboolean is_written;

  PJ_TAKE_OVER (task);
  if (change->account != NULL)
    is_written = pj_account_file_put (change->path, change->account, cancellable, &error);
  else
    is_written = pj_account_file_remove (change->path, change->account_id, cancellable, &error);
  PJ_HAND_OVER (task);

  if (is_written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @account: (transfer full) (nullable) */
static void
start (const char *path,
       const char *account_id,
       PjAccount *account,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->path = g_strdup (path);
  change->account_id = g_strdup (account_id);
  change->account = account;
  g_task_set_source_tag (task, pj_account_writer_finish);
  g_task_set_task_data (task, change, change_free);
  /* What a late cancel finds written is told as written. */
  g_task_set_check_cancellable (task, FALSE);

  PJ_HAND_OVER (task);
  g_task_run_in_thread (task, write_on_thread);
}

/**
 * pj_account_writer_put_async:
 * @path: file name; its folder is there
 * @account: what to write; later changes of it do not count
 * @cancellable: (nullable): stops it before anything is written
 * @callback: called when it is on the disk or not
 * @user_data: for @callback
 *
 * Does pj_account_file_put() on another thread. Main thread.
 */
void
pj_account_writer_put_async (const char *path,
                             PjAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (path != NULL && PJ_IS_ACCOUNT (account));

  start (path, pj_account_get_id (account), pj_account_new_copy (account), cancellable, callback,
         user_data);
}

/**
 * pj_account_writer_remove_async:
 * @path: file name; its folder is there
 * @account_id: whose group to remove
 * @cancellable: (nullable): stops it before anything is written
 * @callback: called when it is gone from the disk or not
 * @user_data: for @callback
 *
 * Does pj_account_file_remove() on another thread. Main thread.
 */
void
pj_account_writer_remove_async (const char *path,
                                const char *account_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (path != NULL && account_id != NULL);

  start (path, account_id, NULL, cancellable, callback, user_data);
}

/**
 * pj_account_writer_finish:
 * @result: what the callback of either was given
 * @error: return location; as for pj_account_file_put()
 *
 * Returns: whether the file on the disk has the change
 */
gboolean
pj_account_writer_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_account_writer_finish), FALSE);

  PJ_TAKE_OVER (result);
  return g_task_propagate_boolean (G_TASK (result), error);
}
