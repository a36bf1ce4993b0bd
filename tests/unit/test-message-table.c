/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-message-table.h"

#include "store/pj-account-table.h"

#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  PjDb *db;
} Fixture;

static const char *const warnings[] = { "several-from", "dmarc-failed", NULL };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = test_dir_new ();
  path = g_build_filename (fixture->dir, "state.db", NULL);
  fixture->db = pj_db_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (pj_db_exec (fixture->db, "INSERT INTO account (id) VALUES ('a'), ('b')", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pj_db_close (fixture->db);
  test_dir_remove (fixture->dir);
}

static gboolean
insert (PjDb *db, const char *account_id, const char *uid, PjMessageState state, gint64 position)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMessage) message = pj_message_new (&(PjMessageFields){
      .account_id = account_id,
      .uid = uid,
      .from_name = "Ala Nowak",
      .from_address = "ala@example.org",
      .subject = "Zdjęcia z gór; '); DROP TABLE message; --",
      .date = -1,
      .octets = 5368709120,
      .state = state,
      .warnings = g_str_equal (uid, "warned") ? warnings : NULL,
  });
  gboolean is_new = FALSE;

  g_assert_true (pj_message_table_insert (db, message, position, &is_new, &error));
  g_assert_no_error (error);
  return is_new;
}

/* Returns: "uid=state" of every row, joined by blanks */
static char *
dup_states (PjDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = pj_message_table_list (db, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      g_string_append_printf (out, "%s%s=%s", i > 0 ? " " : "", pj_message_get_uid (message),
                              pj_message_state_to_string (pj_message_get_state (message)));
    }

  return g_string_free (out, FALSE);
}

static void
assert_states (PjDb *db, const char *expected)
{
  g_autofree char *states = dup_states (db);

  g_assert_cmpstr (states, ==, expected);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) messages = NULL;
  PjMessage *message;

  g_assert_true (insert (fixture->db, "a", "warned", PJ_MESSAGE_SEEN, 1));
  messages = pj_message_table_list (fixture->db, NULL);
  g_assert_cmpuint (messages->len, ==, 1);

  message = g_ptr_array_index (messages, 0);
  g_assert_cmpstr (pj_message_get_account_id (message), ==, "a");
  g_assert_cmpstr (pj_message_get_uid (message), ==, "warned");
  g_assert_cmpstr (pj_message_get_from_name (message), ==, "Ala Nowak");
  g_assert_cmpstr (pj_message_get_from_address (message), ==, "ala@example.org");
  g_assert_cmpstr (pj_message_get_subject (message), ==,
                   "Zdjęcia z gór; '); DROP TABLE message; --");
  g_assert_cmpint (pj_message_get_date (message), ==, -1);
  g_assert_cmpuint (pj_message_get_octets (message), ==, 5368709120);
  g_assert_cmpint (pj_message_get_state (message), ==, PJ_MESSAGE_SEEN);
  g_assert_cmpstrv (pj_message_get_warnings (message), warnings);
}

static void
test_second_is_ignored (Fixture *fixture, gconstpointer data)
{
  g_assert_true (insert (fixture->db, "a", "x", PJ_MESSAGE_SEEN, 1));
  g_assert_false (insert (fixture->db, "a", "x", PJ_MESSAGE_NEW, 2));
  g_assert_true (insert (fixture->db, "b", "x", PJ_MESSAGE_NEW, 1));
  assert_states (fixture->db, "x=seen x=new");
}

static void
test_odd_uids (Fixture *fixture, gconstpointer data)
{
  static const char *const uids[] = { "caf\xE9", "a b", "../../etc", "A", "a" };
  g_autoptr (GHashTable) known = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    g_assert_true (insert (fixture->db, "a", uids[i], PJ_MESSAGE_NEW, (gint64) i));

  known = pj_message_table_list_uids (fixture->db, "a", NULL);
  g_assert_cmpuint (g_hash_table_size (known), ==, G_N_ELEMENTS (uids));
  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    g_assert_true (g_hash_table_contains (known, uids[i]));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) positions = NULL;

  insert (fixture->db, "a", "z", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "y", PJ_MESSAGE_NEW, 5);
  insert (fixture->db, "a", "x", PJ_MESSAGE_NEW, 3);
  assert_states (fixture->db, "z=new x=new y=new");

  g_assert_true (pj_message_table_set_position (fixture->db, "a", "z", 9, NULL));
  assert_states (fixture->db, "x=new y=new z=new");

  positions = pj_message_table_list_positions (fixture->db, "a", NULL);
  g_assert_cmpuint (g_hash_table_size (positions), ==, 3);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "z"), ==, 9);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "2", PJ_MESSAGE_SEEN, 2);
  insert (fixture->db, "b", "3", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "b", "4", PJ_MESSAGE_NEW, 2);

  g_assert_true (pj_message_table_set_state_of_new (fixture->db, "a", PJ_MESSAGE_WAITING, NULL));
  assert_states (fixture->db, "1=waiting 2=seen 3=new 4=new");

  g_assert_true (pj_message_table_set_state (
      fixture->db, "b", (const char *const[]){ "3", "absent", "1", NULL }, PJ_MESSAGE_SEEN, NULL));
  assert_states (fixture->db, "1=waiting 2=seen 3=seen 4=new");

  g_assert_true (pj_message_table_set_state_of_new (fixture->db, NULL, PJ_MESSAGE_WAITING, NULL));
  assert_states (fixture->db, "1=waiting 2=seen 3=seen 4=waiting");
}

static void
test_unknown_state (Fixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  g_assert_true (pj_db_exec (fixture->db, "UPDATE message SET state = 'odd'", NULL));
  assert_states (fixture->db, "1=seen");
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "2", PJ_MESSAGE_NEW, 2);
  insert (fixture->db, "b", "1", PJ_MESSAGE_NEW, 1);

  g_assert_true (pj_message_table_delete (fixture->db, "a",
                                          (const char *const[]){ "1", "absent", NULL }, NULL));
  assert_states (fixture->db, "2=new 1=new");
}

static void
test_no_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMessage) message =
      pj_message_new (&(PjMessageFields){ .account_id = "missing", .uid = "1" });
  gboolean is_new = FALSE;

  g_assert_false (pj_message_table_insert (fixture->db, message, 1, &is_new, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_false (is_new);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/message-table/row-comes-back-as-it-was", test_round_trip);
  add ("/store/message-table/second-row-of-a-uid-is-ignored", test_second_is_ignored);
  add ("/store/message-table/uids-are-bytes", test_odd_uids);
  add ("/store/message-table/list-is-in-the-order-of-the-server", test_order);
  add ("/store/message-table/states-change-where-asked", test_states);
  add ("/store/message-table/unknown-state-is-not-new", test_unknown_state);
  add ("/store/message-table/delete-takes-only-the-named", test_delete);
  add ("/store/message-table/row-needs-its-account", test_no_account);
  return g_test_run ();
}
