/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-check-save.h"

#include "model/pj-problem.h"
#include "store/pj-account-table.h"
#include "store/pj-message-table.h"

/* One save on its way. */
typedef struct
{
  /* Owned */
  GHashTable *saved;   /* of char * to gint64: positions of the rows before */
  GHashTable *present; /* of char *, borrowed from the result: UIDs on the server */
  GHashTable *fresh;   /* of char * to PjMessage, both borrowed from the result */
  PjStoreChanges *changes;

  /* Borrowed; the caller holds them */
  PjDb *db;
  const char *account_id;

  /* Plain */
  PjMessageState state; /* of what is inserted */
  gint64 last_position;
} Save;

static void
save_clear (Save *self)
{
  g_clear_pointer (&self->saved, g_hash_table_unref);
  g_clear_pointer (&self->present, g_hash_table_unref);
  g_clear_pointer (&self->fresh, g_hash_table_unref);
  g_clear_pointer (&self->changes, pj_store_changes_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Save, save_clear)

static PjStoreChanges *
changes_new (void)
{
  PjStoreChanges *self = g_new0 (PjStoreChanges, 1);

  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  self->filled = g_ptr_array_new_with_free_func (g_object_unref);
  self->gone_uids = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static gboolean
begin (Save *self, const PjCheckResult *result, gint64 now, GError **error)
{
  gboolean was_checked, has_baseline;

  if (!pj_account_table_look_up (self->db, self->account_id, &was_checked, &has_baseline, error) ||
      !pj_account_table_save_success (self->db, self->account_id, result, now, error))
    return FALSE;

  /* A server may tell UIDs only from its second check on: what lies there
   * then is not new either. */
  self->changes->is_baseline = !was_checked || (result->has_uids && !has_baseline);
  self->state = self->changes->is_baseline ? PJ_MESSAGE_WAITING : PJ_MESSAGE_NEW;

  return TRUE;
}

/* Reads what was saved before, all of it or, where it stands as it was, the end. */
static gboolean
read_saved (Save *self, const PjCheckResult *result, GError **error)
{
  if (!result->is_partial)
    {
      self->saved = pj_message_table_list_positions (self->db, self->account_id, error);
      return self->saved != NULL;
    }

  /* Whoever has emptied the database meanwhile has forgotten what the result leaves out. */
  if (self->changes->is_baseline)
    {
      g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                           "The messages of the last check are no longer in the database");
      return FALSE;
    }

  self->saved = g_hash_table_new (g_str_hash, g_str_equal);
  return result->uids->len == 0 || pj_message_table_find_last_position (
                                       self->db, self->account_id, &self->last_position, error);
}

/* Positions only have to grow, so a message that went leaves a gap and no
 * other row is written. */
static gboolean
keep_order (Save *self, const char *uid, gint64 position, GError **error)
{
  if (position > self->last_position)
    {
      self->last_position = position;
      return TRUE;
    }

  self->last_position++;
  return pj_message_table_set_position (self->db, self->account_id, uid, self->last_position,
                                        error);
}

static gboolean
add (Save *self, PjMessage *message, GError **error)
{
  g_autoptr (PjMessage) saved = pj_message_new_with_state (message, self->state);
  gboolean is_new = FALSE;

  self->last_position++;
  if (!pj_message_table_insert (self->db, saved, self->last_position, &is_new, error))
    return FALSE;

  if (is_new)
    g_ptr_array_add (self->changes->added, g_steal_pointer (&saved));
  return TRUE;
}

/* The header of a message may come later than its row, where the mailbox's
 * owner agrees to how it is had. */
static gboolean
fill (Save *self, PjMessage *message, GError **error)
{
  gboolean is_filled = FALSE;

  if (!pj_message_has_header (message))
    return TRUE;
  if (!pj_message_table_fill_header (self->db, message, &is_filled, error))
    return FALSE;

  if (is_filled)
    g_ptr_array_add (self->changes->filled, g_object_ref (message));
  return TRUE;
}

static gboolean
save_uids (Save *self, GPtrArray *uids, GError **error)
{
  for (guint i = 0; i < uids->len; i++)
    {
      char *uid = g_ptr_array_index (uids, i);
      const gint64 *position = g_hash_table_lookup (self->saved, uid);
      PjMessage *message = g_hash_table_lookup (self->fresh, uid);

      /* Some servers give equal mails one UID (seen with popa3d and
       * solid-pop3d): they share a row. */
      if (!g_hash_table_add (self->present, uid))
        continue;

      if (position != NULL && !keep_order (self, uid, *position, error))
        return FALSE;
      if (position == NULL && message != NULL && !add (self, message, error))
        return FALSE;
      if (position != NULL && message != NULL && !fill (self, message, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
delete_gone (Save *self, GError **error)
{
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer uid;

  g_hash_table_iter_init (&iter, self->saved);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      if (g_hash_table_contains (self->present, uid))
        continue;
      g_ptr_array_add (uids, uid);
      g_ptr_array_add (self->changes->gone_uids, g_strdup (uid));
    }

  g_ptr_array_add (uids, NULL);
  return pj_message_table_delete (self->db, self->account_id, (const char *const *) uids->pdata,
                                  error);
}

/**
 * pj_check_save:
 * @db: the database
 * @account_id: the account that was checked
 * @result: what the check found; a fresh message whose UID is not on its list is left out
 * @now: seconds since 1970-01-01 UTC, above 0
 * @error: return location
 *
 * Saves a good check in one transaction: what is new is inserted, what was
 * there without its header gets it where @result has it fresh, what is no
 * longer on the server is deleted, and nobody else is handed the same
 * messages as added. Blocks.
 *
 * Returns: (transfer full) (nullable): what it changed, on the disk already
 */
PjStoreChanges *
pj_check_save (
    PjDb *db, const char *account_id, const PjCheckResult *result, gint64 now, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, error);
  g_auto (Save) save = { .db = db, .account_id = account_id };

  if (transaction == NULL)
    return NULL;

  save.changes = changes_new ();
  save.present = g_hash_table_new (g_str_hash, g_str_equal);
  save.fresh = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < result->fresh->len; i++)
    {
      PjMessage *message = g_ptr_array_index (result->fresh, i);

      g_hash_table_insert (save.fresh, (gpointer) pj_message_get_uid (message), message);
    }

  if (!begin (&save, result, now, error) ||
      !pj_account_table_learn_authserv (db, account_id, result->authserv_ids,
                                        &save.changes->authserv_id, error) ||
      !read_saved (&save, result, error))
    return NULL;
  if (result->has_uids && (!save_uids (&save, result->uids, error) || !delete_gone (&save, error)))
    return NULL;
  if (!pj_db_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&save.changes);
}
