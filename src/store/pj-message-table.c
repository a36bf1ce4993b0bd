/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-message-table.h"

/*
 * The table of messages: one row for each UID of each account. Its functions
 * run on the thread that owns the database and open no transaction.
 */

static PjMessageState
state_from_word (const char *word)
{
  for (PjMessageState state = PJ_MESSAGE_NEW; state <= PJ_MESSAGE_SEEN; state++)
    {
      if (g_strcmp0 (word, pj_message_state_to_string (state)) == 0)
        return state;
    }

  /* Of what cannot be read nobody is told again. */
  return PJ_MESSAGE_SEEN;
}

static PjMessage *
read_message (sqlite3_stmt *stmt)
{
  const char *codes = pj_db_column_text (stmt, 8);
  g_auto (GStrv) warnings = codes != NULL && *codes != '\0' ? g_strsplit (codes, " ", -1) : NULL;

  return pj_message_new (&(PjMessageFields){
      .account_id = pj_db_column_text (stmt, 0),
      .uid = pj_db_column_text (stmt, 1),
      .from_name = pj_db_column_text (stmt, 2),
      .from_address = pj_db_column_text (stmt, 3),
      .subject = pj_db_column_text (stmt, 4),
      .date = sqlite3_column_int64 (stmt, 5),
      .octets = (guint64) MAX (sqlite3_column_int64 (stmt, 6), 0),
      .state = state_from_word (pj_db_column_text (stmt, 7)),
      .warnings = (const char *const *) warnings,
      .is_list = sqlite3_column_int (stmt, 9) != 0,
      .is_automatic = sqlite3_column_int (stmt, 10) != 0,
  });
}

/**
 * pj_message_table_list:
 * @db: the database
 * @error: return location
 *
 * Returns: (transfer full) (element-type PjMessage) (nullable): all messages,
 *   by account, in the order of the server
 */
GPtrArray *
pj_message_table_list (PjDb *db, GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db,
                     "SELECT account, uid, from_name, from_address, subject, date, octets, state,"
                     "  warnings, is_list, is_automatic FROM message ORDER BY account, position",
                     error);
  PjDbStep step = PJ_DB_FAILED;

  if (stmt == NULL)
    return NULL;

  while ((step = pj_db_step (db, stmt, error)) == PJ_DB_ROW)
    g_ptr_array_add (messages, read_message (stmt));

  return step == PJ_DB_DONE ? g_steal_pointer (&messages) : NULL;
}

/**
 * pj_message_table_list_positions:
 * @db: the database
 * @account_id: an account
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 gint64) (nullable): where each
 *   UID of the account stands; positions grow with the server's order and
 *   have gaps
 */
GHashTable *
pj_message_table_list_positions (PjDb *db, const char *account_id, GError **error)
{
  g_autoptr (GHashTable) positions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "SELECT uid, position FROM message WHERE account = ?1", error);
  PjDbStep step = PJ_DB_FAILED;

  if (stmt == NULL)
    return NULL;

  pj_db_bind_text (stmt, 1, account_id);
  while ((step = pj_db_step (db, stmt, error)) == PJ_DB_ROW)
    {
      gint64 position = sqlite3_column_int64 (stmt, 1);

      g_hash_table_insert (positions, g_strdup (pj_db_column_text (stmt, 0)),
                           g_memdup2 (&position, sizeof position));
    }

  return step == PJ_DB_DONE ? g_steal_pointer (&positions) : NULL;
}

/**
 * pj_message_table_find_last_position:
 * @db: the database
 * @account_id: an account
 * @position: (out): where its last message stands; 0 when it has none
 * @error: return location
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_message_table_find_last_position (PjDb *db,
                                     const char *account_id,
                                     gint64 *position,
                                     GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "SELECT max (position) FROM message WHERE account = ?1", error);

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  if (pj_db_step (db, stmt, error) != PJ_DB_ROW)
    return FALSE;

  *position = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* As pj_message_has_header() has it. */
#define HAS_NO_HEADER "from_name = '' AND from_address = '' AND subject = '' AND date = 0"

/**
 * pj_message_table_list_uids:
 * @db: the database
 * @account_id: an account
 * @only_with_header: whether to leave those out of which UID and size alone are
 *   known
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 utf8) (nullable): the set of
 *   its UIDs
 */
GHashTable *
pj_message_table_list_uids (PjDb *db,
                            const char *account_id,
                            gboolean only_with_header,
                            GError **error)
{
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (
      db,
      only_with_header ? "SELECT uid FROM message WHERE account = ?1 AND NOT (" HAS_NO_HEADER ")"
                       : "SELECT uid FROM message WHERE account = ?1",
      error);
  PjDbStep step = PJ_DB_FAILED;

  if (stmt == NULL)
    return NULL;

  pj_db_bind_text (stmt, 1, account_id);
  while ((step = pj_db_step (db, stmt, error)) == PJ_DB_ROW)
    g_hash_table_add (uids, g_strdup (pj_db_column_text (stmt, 0)));

  return step == PJ_DB_DONE ? g_steal_pointer (&uids) : NULL;
}

/* @first: the number of the first parameter */
static void
bind_header (sqlite3_stmt *stmt, int first, PjMessage *message)
{
  pj_db_bind_text (stmt, first, pj_message_get_from_name (message));
  pj_db_bind_text (stmt, first + 1, pj_message_get_from_address (message));
  pj_db_bind_text (stmt, first + 2, pj_message_get_subject (message));
  pj_db_bind_int64 (stmt, first + 3, pj_message_get_date (message));
}

static void
bind_marks (sqlite3_stmt *stmt, int index, PjMessage *message)
{
  pj_db_bind_int64 (stmt, index, pj_message_is_list (message) ? 1 : 0);
  pj_db_bind_int64 (stmt, index + 1, pj_message_is_automatic (message) ? 1 : 0);
}

/* Returns: (transfer full): the codes as the table has them */
static char *
join_warnings (PjMessage *message)
{
  const char *const *codes = pj_message_get_warnings (message);

  return codes != NULL ? g_strjoinv (" ", (char **) codes) : g_strdup ("");
}

/**
 * pj_message_table_insert:
 * @db: the database
 * @message: what to insert; its account has a row
 * @position: where it stands on the server
 * @is_new: (out): whether there was no such row yet; one that was there stays
 * @error: return location
 *
 * Returns: whether the row is there
 */
gboolean
pj_message_table_insert (
    PjDb *db, PjMessage *message, gint64 position, gboolean *is_new, GError **error)
{
  g_autofree char *warnings = join_warnings (message);
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (
      db,
      "INSERT OR IGNORE INTO message (account, uid, position, from_name, from_address, subject,"
      "  date, octets, state, warnings, is_list, is_automatic)"
      "  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      error);
  guint changed = 0;

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, pj_message_get_account_id (message));
  pj_db_bind_text (stmt, 2, pj_message_get_uid (message));
  pj_db_bind_int64 (stmt, 3, position);
  bind_header (stmt, 4, message);
  pj_db_bind_int64 (stmt, 8, (gint64) MIN (pj_message_get_octets (message), G_MAXINT64));
  pj_db_bind_text (stmt, 9, pj_message_state_to_string (pj_message_get_state (message)));
  pj_db_bind_text (stmt, 10, warnings);
  bind_marks (stmt, 11, message);
  if (!pj_db_run (db, stmt, &changed, error))
    return FALSE;

  *is_new = changed > 0;
  return TRUE;
}

/**
 * pj_message_table_fill_header:
 * @db: the database
 * @message: a message with its header
 * @is_filled: (out): whether there was a row of which UID and size alone were
 *   known; it has the header of @message now and is otherwise as it was
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_message_table_fill_header (PjDb *db, PjMessage *message, gboolean *is_filled, GError **error)
{
  g_autofree char *warnings = join_warnings (message);
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (
      db,
      "UPDATE message SET from_name = ?3, from_address = ?4, subject = ?5, date = ?6,"
      "  warnings = ?7, is_list = ?8, is_automatic = ?9 WHERE account = ?1 AND uid = ?2 "
      "AND " HAS_NO_HEADER,
      error);
  guint changed = 0;

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, pj_message_get_account_id (message));
  pj_db_bind_text (stmt, 2, pj_message_get_uid (message));
  bind_header (stmt, 3, message);
  pj_db_bind_text (stmt, 7, warnings);
  bind_marks (stmt, 8, message);
  if (!pj_db_run (db, stmt, &changed, error))
    return FALSE;

  *is_filled = changed > 0;
  return TRUE;
}

/**
 * pj_message_table_set_position:
 * @db: the database
 * @account_id: an account
 * @uid: a message in it
 * @position: where it stands on the server
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_message_table_set_position (
    PjDb *db, const char *account_id, const char *uid, gint64 position, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "UPDATE message SET position = ?3 WHERE account = ?1 AND uid = ?2", error);

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  pj_db_bind_text (stmt, 2, uid);
  pj_db_bind_int64 (stmt, 3, position);
  return pj_db_run (db, stmt, NULL, error);
}

/**
 * pj_message_table_set_state:
 * @db: the database
 * @account_id: an account
 * @uids: messages in it; those without a row are passed over
 * @state: what the user has seen of them
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_message_table_set_state (
    PjDb *db, const char *account_id, const char *const *uids, PjMessageState state, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "UPDATE message SET state = ?3 WHERE account = ?1 AND uid = ?2", error);

  if (stmt == NULL)
    return FALSE;

  for (; *uids != NULL; uids++)
    {
      pj_db_bind_text (stmt, 1, account_id);
      pj_db_bind_text (stmt, 2, *uids);
      pj_db_bind_text (stmt, 3, pj_message_state_to_string (state));
      if (!pj_db_run (db, stmt, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_message_table_set_state_of_new:
 * @db: the database
 * @account_id: (nullable): an account; %NULL for all
 * @state: what the user has seen of each message that was new
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_message_table_set_state_of_new (PjDb *db,
                                   const char *account_id,
                                   PjMessageState state,
                                   GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db,
                     "UPDATE message SET state = ?2"
                     "  WHERE state = ?3 AND (?1 IS NULL OR account = ?1)",
                     error);

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  pj_db_bind_text (stmt, 2, pj_message_state_to_string (state));
  pj_db_bind_text (stmt, 3, pj_message_state_to_string (PJ_MESSAGE_NEW));
  return pj_db_run (db, stmt, NULL, error);
}

/**
 * pj_message_table_delete:
 * @db: the database
 * @account_id: an account
 * @uids: messages in it; those without a row are passed over
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_message_table_delete (PjDb *db, const char *account_id, const char *const *uids, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "DELETE FROM message WHERE account = ?1 AND uid = ?2", error);

  if (stmt == NULL)
    return FALSE;

  for (; *uids != NULL; uids++)
    {
      pj_db_bind_text (stmt, 1, account_id);
      pj_db_bind_text (stmt, 2, *uids);
      if (!pj_db_run (db, stmt, NULL, error))
        return FALSE;
    }

  return TRUE;
}
