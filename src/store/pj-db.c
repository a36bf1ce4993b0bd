/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-db.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "model/pj-problem.h"

/* How long one process waits for the other's transaction. */
#define BUSY_TIMEOUT_MS 5000
#define BUSY_PAUSE_MS 10

/**
 * PjDb:
 *
 * An open database of the current version, and short words for SQLite's
 * calls. Only the thread that opened or adopted it may use it. What fails
 * is a %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL and SQLite's own words.
 */
struct _PjDb
{
  /* Owned */
  sqlite3 *handle;

  /* Borrowed */
  GThread *owner; /* compared only */
};

typedef gboolean (*Migration) (PjDb *self, GError **error);

static gboolean
fail (PjDb *self, GError **error)
{
  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "Database: %s",
               sqlite3_errmsg (self->handle));
  return FALSE;
}

static gboolean
create_first_tables (PjDb *self, GError **error)
{
  return pj_db_exec (self,
                     "CREATE TABLE account ("
                     "  id TEXT NOT NULL PRIMARY KEY,"
                     "  last_success INTEGER NOT NULL DEFAULT 0,"
                     "  messages INTEGER NOT NULL DEFAULT 0,"
                     "  octets INTEGER NOT NULL DEFAULT 0,"
                     "  has_uids INTEGER NOT NULL DEFAULT 1,"
                     "  has_baseline INTEGER NOT NULL DEFAULT 0,"
                     "  problem TEXT,"
                     "  problem_detail TEXT"
                     ") STRICT, WITHOUT ROWID;"
                     "CREATE TABLE message ("
                     "  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
                     "  uid TEXT NOT NULL,"
                     "  position INTEGER NOT NULL,"
                     "  from_name TEXT NOT NULL,"
                     "  from_address TEXT NOT NULL,"
                     "  subject TEXT NOT NULL,"
                     "  date INTEGER NOT NULL,"
                     "  octets INTEGER NOT NULL,"
                     "  state TEXT NOT NULL,"
                     "  warnings TEXT NOT NULL,"
                     "  PRIMARY KEY (account, uid)"
                     ") STRICT, WITHOUT ROWID;",
                     error);
}

/* Who trusts a certificate after a restart trusts the one that was shown. */
static gboolean
add_certificate_of_problem (PjDb *self, GError **error)
{
  return pj_db_exec (self,
                     "ALTER TABLE account ADD COLUMN problem_fingerprint TEXT;"
                     "ALTER TABLE account ADD COLUMN problem_certificate TEXT;",
                     error);
}

static gboolean
add_marks_and_authserv (PjDb *self, GError **error)
{
  return pj_db_exec (self,
                     "ALTER TABLE account ADD COLUMN authserv_id TEXT;"
                     "ALTER TABLE account ADD COLUMN authserv_recent TEXT NOT NULL DEFAULT '';"
                     "ALTER TABLE message ADD COLUMN is_list INTEGER NOT NULL DEFAULT 0;"
                     "ALTER TABLE message ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0;",
                     error);
}

/* Entry n leads from version n to version n + 1. */
static const Migration migrations[] = {
  create_first_tables,
  add_certificate_of_problem,
  add_marks_and_authserv,
};

#define CURRENT_VERSION ((gint64) G_N_ELEMENTS (migrations))

static gboolean
read_version (PjDb *self, gint64 *version, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (self, "PRAGMA user_version", error);

  if (stmt == NULL || pj_db_step (self, stmt, error) != PJ_DB_ROW)
    return FALSE;

  *version = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
is_known_version (gint64 version, GError **error)
{
  if (version >= 0 && version <= CURRENT_VERSION)
    return TRUE;

  g_set_error (
      error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
      "The database was written by a newer version of Popinjay: it has format %" G_GINT64_FORMAT
      ", this program knows up to %" G_GINT64_FORMAT,
      version, CURRENT_VERSION);
  return FALSE;
}

static gboolean
migrate (PjDb *self, GError **error)
{
  g_autoptr (PjDbTransaction) transaction = NULL;
  gint64 version = 0;

  if (!read_version (self, &version, error))
    return FALSE;
  if (version == CURRENT_VERSION)
    return TRUE;

  /* Another process may have been quicker: what counts is read inside. */
  transaction = pj_db_begin (self, error);
  if (transaction == NULL || !read_version (self, &version, error) ||
      !is_known_version (version, error))
    return FALSE;

  for (; version < CURRENT_VERSION; version++)
    {
      g_autofree char *done = g_strdup_printf ("PRAGMA user_version = %d", (int) version + 1);

      if (!migrations[version](self, error) || !pj_db_exec (self, done, error))
        return FALSE;
    }

  return pj_db_commit (transaction, error);
}

/* Every row is mail of somebody: nobody else on the machine reads it. SQLite
 * gives its side files the mode of the database. The file is opened here only
 * while it is new, since closing a second descriptor would drop the locks that
 * SQLite holds on it in this process (POSIX fcntl). */
static gboolean
make_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  GStatBuf status;

  if (fd >= 0)
    return g_close (fd, error);

  if (errno == EEXIST && g_stat (path, &status) == 0)
    {
      if (S_ISREG (status.st_mode) && g_chmod (path, 0600) == 0)
        return TRUE;
      if (!S_ISREG (status.st_mode))
        errno = EINVAL;
    }

  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "Database: %s: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* SQLite waits for others everywhere but here: to change the journal of a new
 * file it wants the file for itself, and gives up at once when another
 * process or thread has just made the same file. */
static gboolean
use_write_ahead_log (PjDb *self, GError **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (sqlite3_exec (self->handle, "PRAGMA journal_mode = WAL;", NULL, NULL, NULL) ==
             SQLITE_BUSY &&
         g_get_monotonic_time () < end)
    sqlite3_sleep (BUSY_PAUSE_MS);

  return pj_db_exec (self, "PRAGMA journal_mode = WAL;", error);
}

static gboolean
set_up (PjDb *self, GError **error)
{
  gint64 version = 0;

  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  if (!read_version (self, &version, error))
    return FALSE;

  if (!is_known_version (version, error))
    {
      /* Not even its log is folded in. */
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return FALSE;
    }

  /* FULL, since a message that was announced must be known after a power cut:
   * with NORMAL a write-ahead log may lose the last transactions. */
  return use_write_ahead_log (self, error) &&
         pj_db_exec (self,
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA foreign_keys = ON;",
                     error) &&
         migrate (self, error);
}

/**
 * pj_db_open:
 * @path: file name; its folder is there
 * @error: return location
 *
 * Opens or creates a database that only its owner may read, and brings it to
 * the current version. One of a newer version is left as it is. Blocks, up
 * to five seconds while another process writes.
 *
 * Returns: (transfer full) (nullable): the database, owned by this thread
 */
PjDb *
pj_db_open (const char *path, GError **error)
{
  g_autoptr (PjDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!make_private_file (path, error))
    return NULL;

  self = g_new0 (PjDb, 1);
  self->owner = g_thread_self ();
  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }

  if (!set_up (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_db_close:
 * @self: (transfer full): the database, every statement of it finalized
 */
void
pj_db_close (PjDb *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/**
 * pj_db_adopt:
 * @self: a database that no other thread uses any more
 *
 * Makes the calling thread its owner.
 */
void
pj_db_adopt (PjDb *self)
{
  g_return_if_fail (self != NULL);

  self->owner = g_thread_self ();
}

/**
 * pj_db_exec:
 * @self: the database
 * @sql: one or more statements without results
 * @error: return location
 *
 * Returns: whether all went well
 */
gboolean
pj_db_exec (PjDb *self, const char *sql, GError **error)
{
  g_assert (self->owner == g_thread_self ());

  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (self, error);

  return TRUE;
}

/**
 * pj_db_prepare:
 * @self: the database
 * @sql: one statement
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the statement
 */
sqlite3_stmt *
pj_db_prepare (PjDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;

  g_assert (self->owner == g_thread_self ());

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    fail (self, error);

  return stmt;
}

/**
 * pj_db_bind_text:
 * @stmt: a statement
 * @index: number of the parameter, from 1
 * @text: (nullable): bytes without NUL, not always UTF-8; they must live
 *   until the statement has run
 */
void
pj_db_bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  int status = sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);

  g_assert (status == SQLITE_OK);
}

/**
 * pj_db_bind_int64:
 * @stmt: a statement
 * @index: number of the parameter, from 1
 * @value: the number
 */
void
pj_db_bind_int64 (sqlite3_stmt *stmt, int index, gint64 value)
{
  int status = sqlite3_bind_int64 (stmt, index, value);

  g_assert (status == SQLITE_OK);
}

/**
 * pj_db_column_text:
 * @stmt: a statement at a row
 * @column: number of the column, from 0
 *
 * Returns: (transfer none) (nullable): its text, until the next step
 */
const char *
pj_db_column_text (sqlite3_stmt *stmt, int column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

/**
 * pj_db_step:
 * @self: the database
 * @stmt: a statement of it
 * @error: return location
 *
 * Goes to the next row.
 *
 * Returns: %PJ_DB_ROW, %PJ_DB_DONE or %PJ_DB_FAILED
 */
PjDbStep
pj_db_step (PjDb *self, sqlite3_stmt *stmt, GError **error)
{
  int status;

  g_assert (self->owner == g_thread_self ());

  status = sqlite3_step (stmt);
  if (status == SQLITE_ROW)
    return PJ_DB_ROW;
  if (status == SQLITE_DONE)
    return PJ_DB_DONE;

  fail (self, error);
  return PJ_DB_FAILED;
}

/**
 * pj_db_run:
 * @self: the database
 * @stmt: a statement without results; ready for new values afterwards
 * @changed: (out) (optional): how many rows it has inserted, changed or deleted
 * @error: return location
 *
 * Returns: whether it went well
 */
gboolean
pj_db_run (PjDb *self, sqlite3_stmt *stmt, guint *changed, GError **error)
{
  PjDbStep step = pj_db_step (self, stmt, error);

  if (changed != NULL)
    *changed = step == PJ_DB_DONE ? (guint) sqlite3_changes (self->handle) : 0;

  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);

  return step == PJ_DB_DONE;
}

/**
 * pj_db_begin:
 * @self: the database, in no transaction
 * @error: return location
 *
 * Begins a transaction and takes the right to write at once: what is read
 * inside stays true until its end, for other processes too.
 *
 * Returns: (transfer full) (nullable): the open transaction, to be held with
 *   g_autoptr(); it is rolled back unless pj_db_commit() went well
 */
PjDbTransaction *
pj_db_begin (PjDb *self, GError **error)
{
  return pj_db_exec (self, "BEGIN IMMEDIATE", error) ? self : NULL;
}

/**
 * pj_db_begin_read:
 * @self: the database, in no transaction
 * @error: return location
 *
 * Begins a transaction in which all reading sees one state of the database,
 * while others may write.
 *
 * Returns: (transfer full) (nullable): the open transaction, as above
 */
PjDbTransaction *
pj_db_begin_read (PjDb *self, GError **error)
{
  return pj_db_exec (self, "BEGIN", error) ? self : NULL;
}

/**
 * pj_db_commit:
 * @self: an open transaction
 * @error: return location
 *
 * Returns: whether what it did is on the disk
 */
gboolean
pj_db_commit (PjDbTransaction *self, GError **error)
{
  return pj_db_exec (self, "COMMIT", error);
}

/**
 * pj_db_roll_back:
 * @self: (transfer full): a transaction; nothing happens after its commit
 */
void
pj_db_roll_back (PjDbTransaction *self)
{
  if (sqlite3_get_autocommit (self->handle) == 0)
    pj_db_exec (self, "ROLLBACK", NULL);
}
