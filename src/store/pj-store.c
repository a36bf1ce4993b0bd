/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-store.h"

#include "base/pj-tsan.h"
#include "store/pj-account-table.h"
#include "store/pj-check-save.h"
#include "store/pj-db-thread.h"
#include "store/pj-db.h"
#include "store/pj-message-table.h"

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

/* What a piece of work needs to know; each uses some of it. */
typedef struct
{
  char *account_id; /* NULL: all */
  PjCheckResult *result;
  PjProblem *problem;
  char **uids; /* NULL: see the work */
  PjMessageState state;
  gint64 now;
} Request;

static Request *
request_new (const char *account_id)
{
  Request *self = g_new0 (Request, 1);

  self->account_id = g_strdup (account_id);

  return self;
}

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->account_id);
  g_clear_pointer (&self->result, pj_check_result_unref);
  g_clear_pointer (&self->problem, pj_problem_unref);
  g_strfreev (self->uids);
  g_free (self);
}

/**
 * pj_stored_account_free:
 * @self: (transfer full) (nullable): the account
 */
void
pj_stored_account_free (PjStoredAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->account_id);
  g_clear_pointer (&self->problem, pj_problem_unref);
  g_free (self);
}

/**
 * pj_store_snapshot_free:
 * @self: (transfer full) (nullable): the snapshot
 */
void
pj_store_snapshot_free (PjStoreSnapshot *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_free (self);
}

/**
 * pj_store_changes_free:
 * @self: (transfer full) (nullable): the changes
 */
void
pj_store_changes_free (PjStoreChanges *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_clear_pointer (&self->gone_uids, g_ptr_array_unref);
  g_free (self);
}

/* The functions up to close_db() run on the database thread. A write answers
 * with any pointer that is not NULL. */
static gpointer
written (gboolean ok)
{
  return ok ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
adopt (gpointer db, gpointer data, GError **error)
{
  pj_db_adopt (db);
  return written (TRUE);
}

static gpointer
load (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin_read (db, error);
  g_autoptr (PjStoreSnapshot) snapshot = g_new0 (PjStoreSnapshot, 1);

  if (transaction == NULL)
    return NULL;

  snapshot->messages = pj_message_table_list (db, error);
  if (snapshot->messages == NULL)
    return NULL;

  snapshot->accounts = pj_account_table_list (db, error);
  if (snapshot->accounts == NULL || !pj_db_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

static gpointer
list_uids (gpointer db, gpointer data, GError **error)
{
  const Request *request = data;

  return pj_message_table_list_uids (db, request->account_id, error);
}

static gpointer
save_check (gpointer db, gpointer data, GError **error)
{
  const Request *request = data;

  return pj_check_save (db, request->account_id, request->result, request->now, error);
}

static gpointer
save_problem (gpointer db, gpointer data, GError **error)
{
  const Request *request = data;

  return written (pj_account_table_save_problem (db, request->account_id, request->problem, error));
}

static gpointer
set_state (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, error);
  const Request *request = data;
  gboolean ok;

  if (transaction == NULL)
    return NULL;

  if (request->uids == NULL)
    ok = pj_message_table_set_state_of_new (db, request->account_id, request->state, error);
  else
    ok = pj_message_table_set_state (db, request->account_id, (const char *const *) request->uids,
                                     request->state, error);

  return written (ok && pj_db_commit (transaction, error));
}

static gpointer
forget (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, error);
  const Request *request = data;

  return written (transaction != NULL &&
                  pj_message_table_delete (db, request->account_id,
                                           (const char *const *) request->uids, error) &&
                  pj_db_commit (transaction, error));
}

static gpointer
forget_account (gpointer db, gpointer data, GError **error)
{
  const Request *request = data;

  return written (pj_account_table_delete (db, request->account_id, error));
}

static void
close_db (gpointer db)
{
  pj_db_close (db);
}

static void
push (PjStore *self,
      PjDbFunc func,
      Request *request,
      GDestroyNotify free_result,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  PJ_HAND_OVER (request);
  pj_db_thread_push (self->thread, func, request, request_free, free_result, callback, user_data);
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
  self->thread = pj_db_thread_new (db, close_db);
  push (self, adopt, request_new (NULL), NULL, NULL, NULL);

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

  push (self, load, request_new (NULL), (GDestroyNotify) pj_store_snapshot_free, callback,
        user_data);
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
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads which messages of an account are known, by whichever process.
 */
void
pj_store_list_uids_async (PjStore *self,
                          const char *account_id,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  push (self, list_uids, request_new (account_id), (GDestroyNotify) g_hash_table_unref, callback,
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
  Request *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL && result != NULL && now > 0);

  request = request_new (account_id);
  request->result = pj_check_result_ref (result);
  request->now = now;
  push (self, save_check, request, (GDestroyNotify) pj_store_changes_free, callback, user_data);
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
  Request *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  request = request_new (account_id);
  request->problem = problem != NULL ? pj_problem_ref (problem) : NULL;
  push (self, save_problem, request, NULL, callback, user_data);
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
  Request *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL || uids == NULL);

  request = request_new (account_id);
  request->uids = g_strdupv ((char **) uids);
  request->state = state;
  push (self, set_state, request, NULL, callback, user_data);
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
  Request *request;

  g_return_if_fail (PJ_IS_STORE (self));
  g_return_if_fail (account_id != NULL && uids != NULL);

  request = request_new (account_id);
  request->uids = g_strdupv ((char **) uids);
  push (self, forget, request, NULL, callback, user_data);
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

  push (self, forget_account, request_new (account_id), NULL, callback, user_data);
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
