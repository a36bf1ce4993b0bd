/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-db.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "model/pj-problem.h"

#include "path-fixture.h"

#define CURRENT_VERSION 3

/* A database as version 1 has left it. */
#define VERSION_1                                                                                  \
  "PRAGMA journal_mode = WAL;"                                                                     \
  "CREATE TABLE account (id TEXT NOT NULL PRIMARY KEY, last_success INTEGER NOT NULL DEFAULT 0,"   \
  "  messages INTEGER NOT NULL DEFAULT 0, octets INTEGER NOT NULL DEFAULT 0,"                      \
  "  has_uids INTEGER NOT NULL DEFAULT 1, has_baseline INTEGER NOT NULL DEFAULT 0,"                \
  "  problem TEXT, problem_detail TEXT) STRICT, WITHOUT ROWID;"                                    \
  "CREATE TABLE message ("                                                                         \
  "  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, uid TEXT NOT NULL,"          \
  "  position INTEGER NOT NULL, from_name TEXT NOT NULL, from_address TEXT NOT NULL,"              \
  "  subject TEXT NOT NULL, date INTEGER NOT NULL, octets INTEGER NOT NULL, state TEXT NOT NULL,"  \
  "  warnings TEXT NOT NULL, PRIMARY KEY (account, uid)) STRICT, WITHOUT ROWID;"                   \
  "INSERT INTO account VALUES ('a', 1700000000, 2, 4096, 1, 1, 'certificate', 'It expired');"      \
  "INSERT INTO account VALUES ('b', 0, 0, 0, 1, 0, NULL, NULL);"                                   \
  "INSERT INTO message VALUES ('a', '1', 1, 'Ala', 'ala@example.org', 'Hi', 5, 2048, 'new', '');"  \
  "INSERT INTO message VALUES ('a', '2', 2, '', '', '', 0, 2048, 'seen', '');"                     \
  "PRAGMA user_version = 1;"

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static gint64
read_number (PjDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) stmt = pj_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (pj_db_step (db, stmt, &error), ==, PJ_DB_ROW);
  return sqlite3_column_int64 (stmt, 0);
}

static void
assert_mode (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (name, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_new (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = pj_db_open (fixture->path, &error);
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_assert_no_error (error);
  assert_mode (fixture->path, "");
  assert_mode (fixture->path, "-wal");
  g_assert_cmpint (read_number (db, "PRAGMA user_version"), ==, CURRENT_VERSION);
  g_assert_cmpint (read_number (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (read_number (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (read_number (db, "PRAGMA busy_timeout"), ==, 5000);

  stmt = pj_db_prepare (db, "PRAGMA journal_mode", &error);
  g_assert_cmpint (pj_db_step (db, stmt, &error), ==, PJ_DB_ROW);
  g_assert_cmpstr (pj_db_column_text (stmt, 0), ==, "wal");
}

static void
test_reopened (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) second = NULL;
  PjDb *first = pj_db_open (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_true (pj_db_exec (first, "INSERT INTO account (id) VALUES ('a')", &error));
  pj_db_close (first);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);

  second = pj_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (second, "SELECT count(*) FROM account"), ==, 1);
  assert_mode (fixture->path, "");
}

static void
test_version_zero (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = NULL;

  /* As left by a program that ended before its first migration. */
  run_sql (fixture->path, "PRAGMA journal_mode = WAL; PRAGMA user_version = 0; VACUUM;");

  db = pj_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (db, "PRAGMA user_version"), ==, CURRENT_VERSION);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM message"), ==, 0);
}

static void
test_version_one (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = NULL;

  run_sql (fixture->path, VERSION_1);
  db = pj_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (db, "PRAGMA user_version"), ==, CURRENT_VERSION);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM account WHERE id = 'a'"
                                    "  AND last_success = 1700000000 AND messages = 2"
                                    "  AND octets = 4096 AND has_baseline = 1"
                                    "  AND problem = 'certificate'"
                                    "  AND problem_detail = 'It expired'"
                                    "  AND problem_fingerprint IS NULL"
                                    "  AND problem_certificate IS NULL"
                                    "  AND authserv_id IS NULL AND authserv_recent = ''"),
                   ==, 1);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM account"), ==, 2);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM message WHERE account = 'a'"), ==, 2);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM message WHERE subject = 'Hi'"
                                    "  AND from_name = 'Ala' AND state = 'new'"
                                    "  AND is_list = 0 AND is_automatic = 0"),
                   ==, 1);
}

/* A second program has the older version open, and goes on. */
static void
test_version_one_in_use (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = NULL;
  sqlite3 *older = NULL;

  run_sql (fixture->path, VERSION_1);
  g_assert_cmpint (sqlite3_open (fixture->path, &older), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (older, "SELECT * FROM account", NULL, NULL, NULL), ==, SQLITE_OK);
  db = pj_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (older,
                                 "INSERT INTO account (id, problem, problem_detail)"
                                 "  VALUES ('c', 'busy', '')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (older);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM account"), ==, 3);
}

static void
test_failed_migration (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = NULL;

  /* The first step fails at its second table, and undoes the first. */
  run_sql (fixture->path, "CREATE TABLE message (other INTEGER)");
  g_assert_null (pj_db_open (fixture->path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "SELECT * FROM account", NULL, NULL, NULL), ==,
                   SQLITE_ERROR);
  g_assert_cmpint (sqlite3_exec (handle, "SELECT other FROM message", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_newer (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize len_before = 0;
  gsize len_after = 0;

  run_sql (fixture->path, "CREATE TABLE later (x); PRAGMA user_version = 1000;");
  g_assert_true (g_file_get_contents (fixture->path, &before, &len_before, NULL));

  g_assert_null (pj_db_open (fixture->path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, "newer version"));
  g_assert_nonnull (strstr (error->message, "1000"));

  g_assert_true (g_file_get_contents (fixture->path, &after, &len_after, NULL));
  g_assert_cmpmem (before, len_before, after, len_after);
}

static void
test_no_database (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (4096, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_null (pj_db_open (fixture->path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, "not a database"));

  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_no_folder (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "missing", "state.db", NULL);

  g_assert_null (pj_db_open (path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, path));
}

static void
add_account_and_lose_the_transaction (PjDb *db)
{
  g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, NULL);

  g_assert_nonnull (transaction);
  g_assert_true (pj_db_exec (db, "INSERT INTO account (id) VALUES ('lost')", NULL));
}

static void
test_transaction (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = pj_db_open (fixture->path, &error);

  g_assert_no_error (error);
  add_account_and_lose_the_transaction (db);
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM account"), ==, 0);

  {
    g_autoptr (PjDbTransaction) transaction = pj_db_begin (db, &error);

    g_assert_no_error (error);
    g_assert_true (pj_db_exec (db, "INSERT INTO account (id) VALUES ('kept')", NULL));
    g_assert_true (pj_db_commit (transaction, &error));
  }
  g_assert_cmpint (read_number (db, "SELECT count(*) FROM account"), ==, 1);
}

static void
test_error_words (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDb) db = pj_db_open (fixture->path, NULL);

  g_assert_nonnull (db);
  g_assert_null (pj_db_prepare (db, "SELECT x FROM nowhere", &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_cmpstr (error->message, ==, "Database: no such table: nowhere");
}

static gpointer
open_and_close (gpointer data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (PjDb) db = pj_db_open (data, &error);

  g_assert_no_error (error);
  return NULL;
}

static void
test_opened_together (PathFixture *fixture, gconstpointer data)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_and_close, fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  path_fixture_add_test ("/store/db/new-file-is-private-and-current", test_new);
  path_fixture_add_test ("/store/db/reopened-keeps-rows-and-is-private-again", test_reopened);
  path_fixture_add_test ("/store/db/version-zero-is-migrated", test_version_zero);
  path_fixture_add_test ("/store/db/version-one-is-migrated-and-keeps-all", test_version_one);
  path_fixture_add_test ("/store/db/version-one-in-use-goes-on", test_version_one_in_use);
  path_fixture_add_test ("/store/db/failed-migration-is-undone", test_failed_migration);
  path_fixture_add_test ("/store/db/newer-version-is-refused-and-untouched", test_newer);
  path_fixture_add_test ("/store/db/other-file-is-refused-and-untouched", test_no_database);
  path_fixture_add_test ("/store/db/missing-folder-is-named", test_no_folder);
  path_fixture_add_test ("/store/db/lost-transaction-is-rolled-back", test_transaction);
  path_fixture_add_test ("/store/db/error-has-the-words-of-the-database", test_error_words);
  path_fixture_add_test ("/store/db/opened-by-many-at-once", test_opened_together);
  return g_test_run ();
}
