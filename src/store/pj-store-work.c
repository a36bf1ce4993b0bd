/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-store-private.h"

#include "store/pj-account-table.h"
#include "store/pj-check-save.h"
#include "store/pj-db.h"
#include "store/pj-message-table.h"

/*
 * What the store's requests do, on the thread that owns the database. Each
 * leaves it as it was when it fails. They block.
 */

/**
 * pj_store_request_new: (skip)
 * @account_id: (nullable): an account
 *
 * Returns: (transfer full): a request with nothing else set
 */
PjStoreRequest *
pj_store_request_new (const char *account_id)
{
  PjStoreRequest *self = g_new0 (PjStoreRequest, 1);

  self->account_id = g_strdup (account_id);

  return self;
}

/**
 * pj_store_request_free: (skip)
 * @data: (transfer full): a #PjStoreRequest
 */
void
pj_store_request_free (gpointer data)
{
  PjStoreRequest *self = data;

  g_free (self->account_id);
  g_clear_pointer (&self->result, pj_check_result_unref);
  g_clear_pointer (&self->problem, pj_problem_unref);
  g_strfreev (self->uids);
  g_free (self);
}

/* A write answers with any pointer that is not NULL. */
static gpointer
written (gboolean ok)
{
  return ok ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * pj_store_work_adopt: (skip)
 * @db: the database
 * @data: not used
 * @error: never set
 *
 * Makes this thread the owner of the database.
 *
 * Returns: not %NULL
 */
gpointer
pj_store_work_adopt (gpointer db, gpointer data, GError **error)
{
  pj_db_adopt (db);
  return written (TRUE);
}

/**
 * pj_store_work_load: (skip)
 * @db: the database
 * @data: not used
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Reads all that is remembered, as it is at one moment.
 *
 * Returns: (transfer full) (nullable): a #PjStoreSnapshot
 */
gpointer
pj_store_work_load (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin_read (db, error);
  g_autoptr (PjStoreSnapshot) snapshot = g_new0 (PjStoreSnapshot, 1);

  if (transaction == NULL)
    return NULL;

  snapshot->messages = pj_message_table_list (db, error);
  if (snapshot->messages == NULL)
    return NULL;

  snapshot->senders = pj_sender_book_new ();
  for (guint i = 0; i < snapshot->messages->len; i++)
    pj_sender_book_add (snapshot->senders, g_ptr_array_index (snapshot->messages, i));

  snapshot->accounts = pj_account_table_list (db, error);
  if (snapshot->accounts == NULL || !pj_db_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

/**
 * pj_store_work_list_uids: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with the account
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Reads which messages of one account are known.
 *
 * Returns: (transfer full) (nullable): a #GHashTable, the set of UIDs
 */
gpointer
pj_store_work_list_uids (gpointer db, gpointer data, GError **error)
{
  const PjStoreRequest *request = data;

  return pj_message_table_list_uids (db, request->account_id, request->only_with_header, error);
}

/**
 * pj_store_work_save_check: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with account, result and time
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Saves a good check of one account in one transaction.
 *
 * Returns: (transfer full) (nullable): a #PjStoreChanges
 */
gpointer
pj_store_work_save_check (gpointer db, gpointer data, GError **error)
{
  const PjStoreRequest *request = data;

  return pj_check_save (db, request->account_id, request->result, request->now, error);
}

/**
 * pj_store_work_save_problem: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with account and problem
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Saves why the check of one account failed.
 *
 * Returns: not %NULL when it is on the disk
 */
gpointer
pj_store_work_save_problem (gpointer db, gpointer data, GError **error)
{
  const PjStoreRequest *request = data;

  return written (pj_account_table_save_problem (db, request->account_id, request->problem, error));
}

/**
 * pj_store_work_set_state: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with account, UIDs and state, each but the last may be %NULL
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Marks the named messages, or where none are named those that are new, in
 * one account or all.
 *
 * Returns: not %NULL when it is on the disk
 */
gpointer
pj_store_work_set_state (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, error);
  const PjStoreRequest *request = data;
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

/**
 * pj_store_work_forget: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with account and UIDs
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Deletes the named messages of one account.
 *
 * Returns: not %NULL when it is on the disk
 */
gpointer
pj_store_work_forget (gpointer db, gpointer data, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, error);
  const PjStoreRequest *request = data;

  return written (transaction != NULL &&
                  pj_message_table_delete (db, request->account_id,
                                           (const char *const *) request->uids, error) &&
                  pj_db_commit (transaction, error));
}

/**
 * pj_store_work_forget_account: (skip)
 * @db: the database
 * @data: a #PjStoreRequest, with the account
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL
 *
 * Deletes one account with its messages.
 *
 * Returns: not %NULL when it is on the disk
 */
gpointer
pj_store_work_forget_account (gpointer db, gpointer data, GError **error)
{
  const PjStoreRequest *request = data;

  return written (pj_account_table_delete (db, request->account_id, error));
}

/**
 * pj_store_work_close: (skip)
 * @db: (transfer full): the database
 *
 * Closes it.
 */
void
pj_store_work_close (gpointer db)
{
  pj_db_close (db);
}
