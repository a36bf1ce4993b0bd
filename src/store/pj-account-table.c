/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-account-table.h"

#include "base/pj-fingerprint.h"
#include "model/pj-authserv-tally.h"
#include "store/pj-store-values.h"

/*
 * The table of accounts: how the last check of each went. Its functions run
 * on the thread that owns the database and open no transaction.
 */

static PjProblem *
read_problem (sqlite3_stmt *stmt)
{
  const char *word = pj_db_column_text (stmt, 5);
  const char *fingerprint = pj_db_column_text (stmt, 7);
  g_autofree char *checked = NULL;
  PjProblemCode code = PJ_PROBLEM_INTERNAL;

  if (word == NULL)
    return NULL;

  /* An unknown word is a problem all the same, and what is no fingerprint is
   * not offered to be trusted. */
  pj_problem_code_from_string (word, &code);
  checked = fingerprint != NULL ? pj_fingerprint_parse (fingerprint) : NULL;
  return pj_problem_new_with_certificate (code, pj_db_column_text (stmt, 6), checked,
                                          checked != NULL ? pj_db_column_text (stmt, 8) : NULL);
}

static PjStoredAccount *
read_account (sqlite3_stmt *stmt)
{
  PjStoredAccount *account = g_new0 (PjStoredAccount, 1);

  account->account_id = g_strdup (pj_db_column_text (stmt, 0));
  account->last_success = MAX (sqlite3_column_int64 (stmt, 1), 0);
  account->messages = (guint) CLAMP (sqlite3_column_int64 (stmt, 2), 0, G_MAXUINT);
  account->octets = (guint64) MAX (sqlite3_column_int64 (stmt, 3), 0);
  account->has_uids = sqlite3_column_int (stmt, 4) != 0;
  account->problem = read_problem (stmt);
  account->authserv_id = g_strdup (pj_db_column_text (stmt, 9));

  return account;
}

/**
 * pj_account_table_list:
 * @db: the database
 * @error: return location
 *
 * Returns: (transfer full) (element-type PjStoredAccount) (nullable): all accounts
 */
GPtrArray *
pj_account_table_list (PjDb *db, GError **error)
{
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pj_stored_account_free);
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db,
                     "SELECT id, last_success, messages, octets, has_uids, problem, problem_detail,"
                     "    problem_fingerprint, problem_certificate, authserv_id FROM account"
                     "  ORDER BY id",
                     error);
  PjDbStep step = PJ_DB_FAILED;

  if (stmt == NULL)
    return NULL;

  while ((step = pj_db_step (db, stmt, error)) == PJ_DB_ROW)
    g_ptr_array_add (accounts, read_account (stmt));

  return step == PJ_DB_DONE ? g_steal_pointer (&accounts) : NULL;
}

/**
 * pj_account_table_look_up:
 * @db: the database
 * @account_id: an account
 * @was_checked: (out): whether a check of it has gone well before
 * @has_baseline: (out): whether one has brought UIDs
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
pj_account_table_look_up (
    PjDb *db, const char *account_id, gboolean *was_checked, gboolean *has_baseline, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db, "SELECT last_success, has_baseline FROM account WHERE id = ?1", error);
  PjDbStep step;

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  step = pj_db_step (db, stmt, error);
  *was_checked = step == PJ_DB_ROW && sqlite3_column_int64 (stmt, 0) > 0;
  *has_baseline = step == PJ_DB_ROW && sqlite3_column_int (stmt, 1) != 0;

  return step != PJ_DB_FAILED;
}

/**
 * pj_account_table_save_success:
 * @db: the database
 * @account_id: an account
 * @result: what its check found
 * @now: seconds since 1970-01-01 UTC, above 0
 * @error: return location
 *
 * Makes the account's row where there is none, and clears its problem.
 *
 * Returns: whether it went well
 */
gboolean
pj_account_table_save_success (
    PjDb *db, const char *account_id, const PjCheckResult *result, gint64 now, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (
      db,
      "INSERT INTO account (id, last_success, messages, octets, has_uids, has_baseline)"
      "  VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
      "  ON CONFLICT (id) DO UPDATE SET last_success = excluded.last_success,"
      "    messages = excluded.messages, octets = excluded.octets, has_uids = excluded.has_uids,"
      "    has_baseline = max (has_baseline, excluded.has_baseline),"
      "    problem = NULL, problem_detail = NULL,"
      "    problem_fingerprint = NULL, problem_certificate = NULL",
      error);

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  pj_db_bind_int64 (stmt, 2, now);
  pj_db_bind_int64 (stmt, 3, result->messages);
  pj_db_bind_int64 (stmt, 4, (gint64) MIN (result->octets, G_MAXINT64));
  pj_db_bind_int64 (stmt, 5, result->has_uids ? 1 : 0);
  return pj_db_run (db, stmt, NULL, error);
}

/**
 * pj_account_table_save_problem:
 * @db: the database
 * @account_id: an account
 * @problem: (nullable): why its check failed; %NULL clears it
 * @error: return location
 *
 * Makes the account's row where there is none; all else in it stays.
 *
 * Returns: whether it went well
 */
gboolean
pj_account_table_save_problem (PjDb *db,
                               const char *account_id,
                               const PjProblem *problem,
                               GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      pj_db_prepare (db,
                     "INSERT INTO account (id, problem, problem_detail, problem_fingerprint,"
                     "    problem_certificate) VALUES (?1, ?2, ?3, ?4, ?5)"
                     "  ON CONFLICT (id) DO UPDATE SET problem = excluded.problem,"
                     "    problem_detail = excluded.problem_detail,"
                     "    problem_fingerprint = excluded.problem_fingerprint,"
                     "    problem_certificate = excluded.problem_certificate",
                     error);

  const char *fingerprint = problem != NULL ? pj_problem_get_fingerprint (problem) : NULL;

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  if (problem != NULL)
    {
      pj_db_bind_text (stmt, 2, pj_problem_code_to_string (pj_problem_get_code (problem)));
      pj_db_bind_text (stmt, 3, pj_problem_get_detail (problem));
      pj_db_bind_text (stmt, 4, fingerprint);
      pj_db_bind_text (stmt, 5, pj_problem_describe_certificate (problem, fingerprint));
    }
  return pj_db_run (db, stmt, NULL, error);
}

/**
 * pj_account_table_learn_authserv:
 * @db: the database
 * @account_id: an account that has a row
 * @ids: (element-type utf8): who claims to have verified each mail that has come
 * @learned: (out) (transfer full) (nullable): who verifies the account's mails, by
 *   pj_authserv_tally_decide()
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_account_table_learn_authserv (
    PjDb *db, const char *account_id, GPtrArray *ids, char **learned, GError **error)
{
  g_autoptr (sqlite3_stmt) select =
      pj_db_prepare (db, "SELECT authserv_id, authserv_recent FROM account WHERE id = ?1", error);
  g_autoptr (sqlite3_stmt) update = pj_db_prepare (
      db, "UPDATE account SET authserv_id = ?2, authserv_recent = ?3 WHERE id = ?1", error);
  g_autofree char *recent = NULL;
  g_autofree char *decided = NULL;

  if (select == NULL || update == NULL)
    return FALSE;

  pj_db_bind_text (select, 1, account_id);
  if (pj_db_step (db, select, error) != PJ_DB_ROW)
    return FALSE;
  recent = pj_authserv_tally_push (pj_db_column_text (select, 1), ids);
  decided = pj_authserv_tally_decide (recent, pj_db_column_text (select, 0));
  sqlite3_reset (select);

  if (ids->len > 0)
    {
      pj_db_bind_text (update, 1, account_id);
      pj_db_bind_text (update, 2, decided);
      pj_db_bind_text (update, 3, recent);
      if (!pj_db_run (db, update, NULL, error))
        return FALSE;
    }

  *learned = g_steal_pointer (&decided);
  return TRUE;
}

/**
 * pj_account_table_delete:
 * @db: the database
 * @account_id: an account; nothing happens when it has no row
 * @error: return location
 *
 * Deletes its row and, by the foreign key, its messages.
 *
 * Returns: whether it went well
 */
gboolean
pj_account_table_delete (PjDb *db, const char *account_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (db, "DELETE FROM account WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;

  pj_db_bind_text (stmt, 1, account_id);
  return pj_db_run (db, stmt, NULL, error);
}
