/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A database that each test has for itself, and what its messages are asserted by. */

#include "store/pj-db.h"
#include "store/pj-message-table.h"
#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  PjDb    *db;
} DbFixture;

typedef void (*DbFixtureTest) (DbFixture *fixture, gconstpointer data);

static inline void
db_fixture_set_up (DbFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = test_dir_new ();
  path = g_build_filename (self->dir, "state.db", NULL);
  self->db = pj_db_open (path, &error);
  g_assert_no_error (error);
}

static inline void
db_fixture_tear_down (DbFixture *self, gconstpointer data)
{
  pj_db_close (self->db);
  test_dir_remove (self->dir);
}

static inline void
db_fixture_add_test (const char *path, DbFixtureTest test)
{
  g_test_add (path, DbFixture, NULL, db_fixture_set_up, test, db_fixture_tear_down);
}

/* @expected: "uid=state" of each of @messages, joined by blanks */
static inline void
assert_messages (GPtrArray *messages, const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      g_string_append_printf (words, "%s%s=%s", i > 0 ? " " : "", pj_message_get_uid (message),
                              pj_message_state_to_string (pj_message_get_state (message)));
    }
  g_assert_cmpstr (words->str, ==, expected);
}

/* Likewise of every row of the table. */
static inline void
assert_saved (PjDb *db, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = pj_message_table_list (db, &error);

  g_assert_no_error (error);
  assert_messages (messages, expected);
}
