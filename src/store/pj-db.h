/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _PjDb PjDb;

/* The same handle while a transaction is open: lost before its commit, it rolls back. */
typedef struct _PjDb PjDbTransaction;

/**
 * PjDbStep:
 * @PJ_DB_ROW: there is a row to read
 * @PJ_DB_DONE: there is no further one
 * @PJ_DB_FAILED: the error is set
 */
typedef enum
{
  PJ_DB_ROW,
  PJ_DB_DONE,
  PJ_DB_FAILED,
} PjDbStep;

PjDb            *pj_db_open (const char *path, GError **error);
void             pj_db_close (PjDb *self);
void             pj_db_adopt (PjDb *self);
gboolean         pj_db_exec (PjDb *self, const char *sql, GError **error);
sqlite3_stmt    *pj_db_prepare (PjDb *self, const char *sql, GError **error);
void             pj_db_bind_text (sqlite3_stmt *stmt, int index, const char *text);
void             pj_db_bind_int64 (sqlite3_stmt *stmt, int index, gint64 value);
const char      *pj_db_column_text (sqlite3_stmt *stmt, int column);
PjDbStep         pj_db_step (PjDb *self, sqlite3_stmt *stmt, GError **error);
gboolean         pj_db_run (PjDb *self, sqlite3_stmt *stmt, guint *changed, GError **error);
PjDbTransaction *pj_db_begin (PjDb *self, GError **error);
PjDbTransaction *pj_db_begin_read (PjDb *self, GError **error);
gboolean         pj_db_commit (PjDbTransaction *self, GError **error);
void             pj_db_roll_back (PjDbTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDb, pj_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDbTransaction, pj_db_roll_back)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
