/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-store-private.h"

#include "store/pj-db-thread.h"
#include "store/pj-db.h"

/**
 * PjStore:
 *
 * What Popinjay remembers of messages and accounts, in an SQLite database.
 * Several processes may share one file. Main thread; the work is done in
 * order on a thread of its own.
 *
 * Callbacks get no source object, so that a store that is let go of can
 * finish its writes at once; its callbacks may come after it is gone, and
 * the finish functions do not look at it.
 */
struct _PjStore
{
  GObject parent_instance;

  /* Owned */
  PjDbThread *thread;
};

G_DEFINE_FINAL_TYPE (PjStore, pj_store, G_TYPE_OBJECT)

static void
push (PjStore *self,
      PjDbFunc func,
      PjStoreRequest *request,
      GDestroyNotify free_result,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  pj_db_thread_push (self->thread, func, request, pj_store_request_free, free_result, callback,
                     user_data);
}

static void
pj_store_finalize (GObject *object)
{
  PjStore *self = PJ_STORE (object);

  g_clear_pointer (&self->thread, pj_db_thread_free);

  G_OBJECT_CLASS (pj_store_parent_class)->finalize (object);
}

static void
pj_store_class_init (PjStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_store_finalize;
}

static void
pj_store_init (PjStore *self)
{
}

/**
 * pj_store_new:
 * @path: file name of the database; its folder is there
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Opens the database, creates it for its owner alone when it is missing, and
 * brings an older one up to date. One that a newer version wrote is refused
 * and left as it is. Reads the disk, and waits up to five seconds for
 * another process that is doing the same: for the start of a program.
 *
 * The last reference finishes queued writes before it returns.
 *
 * Returns: (transfer full) (nullable): the store
 */
PjStore *
pj_store_new (const char *path, GError **error)
{
  PjStore *self;
  PjDb *db;

  g_return_val_if_fail (path != NULL, NULL);

  db = pj_db_open (path, error);
  if (db == NULL)
    return NULL;

  self = g_object_new (PJ_TYPE_STORE, NULL);
  self->thread = pj_db_thread_new (db, pj_store_work_close);
  push (self, pj_store_work_adopt, pj_store_request_new (NULL), NULL, NULL, NULL);

  return self;
}

/**
 * pj_store_load_async:
 * @self: the store
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads all that is remembered.
 */
void
pj_store_load_async (PjStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PJ_IS_STORE (self));

  push (self, pj_store_work_load, pj_store_request_new (NULL),
        (GDestroyNotify) pj_store_snapshot_free, callback, user_data);
}

/**
 * pj_store_load_finish:
 * @self: (nullable): the store
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Returns: (transfer full) (nullable): accounts, and messages by account in
 *   the order of the server, as they were at one moment
 */
PjStoreSnapshot *
pj_store_load_finish (PjStore *self, GAsyncResult *result, GError **error)
{
  return pj_db_thread_finish (result, error);
}

/**
 * pj_store_list_uids_async:
 * @self: the store
 * @account_id: an account
 * @only_with_header: whether to leave those out of which UID and size alone are
 *   known
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads which messages of an account are known, by whichever process.
 */
void
pj_store_list_uids_async (PjStore *self,
                          const char *account_id,
                          gboolean only_with_header,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  PjStoreRequest *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  request = pj_store_request_new (account_id);
  request->only_with_header = only_with_header;
  push (self, pj_store_work_list_uids, request, (GDestroyNotify) g_hash_table_unref, callback,
        user_data);
}

/**
 * pj_store_list_uids_finish:
 * @self: (nullable): the store
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Returns: (transfer full) (element-type utf8 utf8) (nullable): a set that
 *   only the caller holds
 */
GHashTable *
pj_store_list_uids_finish (PjStore *self, GAsyncResult *result, GError **error)
{
  return pj_db_thread_finish (result, error);
}

/**
 * pj_store_save_check_async:
 * @self: the store
 * @account_id: the account that was checked
 * @result: what was found; a fresh message whose UID is not on its list is left out
 * @now: seconds since 1970-01-01 UTC, above 0
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Saves a good check in one transaction. The messages of the first one that
 * tells UIDs are saved as waiting, those of later ones as new. Messages that
 * are not on the server any more are forgotten.
 */
void
pj_store_save_check_async (PjStore *self,
                           const char *account_id,
                           PjCheckResult *result,
                           gint64 now,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  PjStoreRequest *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL && result != NULL && now > 0);

  request = pj_store_request_new (account_id);
  request->result = pj_check_result_ref (result);
  request->now = now;
  push (self, pj_store_work_save_check, request, (GDestroyNotify) pj_store_changes_free, callback,
        user_data);
}

/**
 * pj_store_save_check_finish:
 * @self: (nullable): the store
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Returns: (transfer full) (nullable): what has changed; a message is in the
 *   added ones of one call of one process, so to announce these is to
 *   announce each once
 */
PjStoreChanges *
pj_store_save_check_finish (PjStore *self, GAsyncResult *result, GError **error)
{
  return pj_db_thread_finish (result, error);
}

/**
 * pj_store_save_problem_async:
 * @self: the store
 * @account_id: an account
 * @problem: (nullable): why its check failed; %NULL clears it
 * @callback: (nullable): called when it is on the disk; ends with pj_store_write_finish()
 * @user_data: for @callback
 *
 * Saves a failed check; what the last good one found stays.
 */
void
pj_store_save_problem_async (PjStore *self,
                             const char *account_id,
                             PjProblem *problem,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  PjStoreRequest *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  request = pj_store_request_new (account_id);
  request->problem = problem != NULL ? pj_problem_ref (problem) : NULL;
  push (self, pj_store_work_save_problem, request, NULL, callback, user_data);
}

/**
 * pj_store_set_state_async:
 * @self: the store
 * @account_id: (nullable): an account; %NULL for all, when @uids is %NULL too
 * @uids: (nullable): messages in it; %NULL for those that are new
 * @state: what the user has seen of them
 * @callback: (nullable): called when it is on the disk; ends with pj_store_write_finish()
 * @user_data: for @callback
 */
void
pj_store_set_state_async (PjStore *self,
                          const char *account_id,
                          const char *const *uids,
                          PjMessageState state,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  PjStoreRequest *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL || uids == NULL);

  request = pj_store_request_new (account_id);
  request->uids = g_strdupv ((char **) uids);
  request->state = state;
  push (self, pj_store_work_set_state, request, NULL, callback, user_data);
}

/**
 * pj_store_forget_async:
 * @self: the store
 * @account_id: an account
 * @uids: messages in it that are no longer on the server
 * @callback: (nullable): called when it is on the disk; ends with pj_store_write_finish()
 * @user_data: for @callback
 *
 * A message that is on the server after all is new to the next check.
 */
void
pj_store_forget_async (PjStore *self,
                       const char *account_id,
                       const char *const *uids,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  PjStoreRequest *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL && uids != NULL);

  request = pj_store_request_new (account_id);
  request->uids = g_strdupv ((char **) uids);
  push (self, pj_store_work_forget, request, NULL, callback, user_data);
}

/**
 * pj_store_forget_account_async:
 * @self: the store
 * @account_id: an account; its messages go too
 * @callback: (nullable): called when it is on the disk; ends with pj_store_write_finish()
 * @user_data: for @callback
 */
void
pj_store_forget_account_async (PjStore *self,
                               const char *account_id,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  push (self, pj_store_work_forget_account, pj_store_request_new (account_id), NULL, callback,
        user_data);
}

/**
 * pj_store_write_finish:
 * @self: (nullable): the store
 * @result: what the callback of any call that only writes was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Returns: whether it is on the disk
 */
gboolean
pj_store_write_finish (PjStore *self, GAsyncResult *result, GError **error)
{
  return pj_db_thread_finish (result, error) != NULL;
}
