/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-message-table.h"

#include "model/pj-problem.h"

#include "db-fixture.h"

static const char *const warnings[] = { "several-from", "dmarc-failed", NULL };

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
      .is_list = g_str_equal (uid, "warned"),
      .is_automatic = g_str_equal (uid, "automatic"),
  });
  gboolean is_new = FALSE;

  g_assert_true (pj_message_table_insert (db, message, position, &is_new, &error));
  g_assert_no_error (error);
  return is_new;
}

static void
set_up (DbFixture *fixture, gconstpointer data)
{
  db_fixture_set_up (fixture, data);
  g_assert_true (pj_db_exec (fixture->db, "INSERT INTO account (id) VALUES ('a'), ('b')", NULL));
}

static void
add (const char *path, DbFixtureTest test)
{
  g_test_add (path, DbFixture, NULL, set_up, test, db_fixture_tear_down);
}

static void
test_round_trip (DbFixture *fixture, gconstpointer data)
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
  g_assert_true (pj_message_is_list (message));
  g_assert_false (pj_message_is_automatic (message));
}

static void
test_marks (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) messages = NULL;
  PjMessage *message;

  g_assert_true (insert (fixture->db, "a", "automatic", PJ_MESSAGE_NEW, 1));
  messages = pj_message_table_list (fixture->db, NULL);
  message = g_ptr_array_index (messages, 0);
  g_assert_false (pj_message_is_list (message));
  g_assert_true (pj_message_is_automatic (message));
}

static void
test_second_is_ignored (DbFixture *fixture, gconstpointer data)
{
  g_assert_true (insert (fixture->db, "a", "x", PJ_MESSAGE_SEEN, 1));
  g_assert_false (insert (fixture->db, "a", "x", PJ_MESSAGE_NEW, 2));
  g_assert_true (insert (fixture->db, "b", "x", PJ_MESSAGE_NEW, 1));
  assert_saved (fixture->db, "x=seen x=new");
}

static PjMessage *
make_bare (const char *uid, const char *subject)
{
  return pj_message_new (&(PjMessageFields){
      .account_id = "a",
      .uid = uid,
      .subject = subject,
      .date = subject != NULL ? 7 : 0,
      .octets = 9,
      .warnings = subject != NULL ? warnings : NULL,
  });
}

static gboolean
fill_header (PjDb *db, PjMessage *message)
{
  g_autoptr (GError) error = NULL;
  gboolean is_filled = FALSE;

  g_assert_true (pj_message_table_fill_header (db, message, &is_filled, &error));
  g_assert_no_error (error);
  return is_filled;
}

static void
test_fill_header (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (PjMessage) bare = make_bare ("x", NULL);
  g_autoptr (PjMessage) whole = make_bare ("x", "late");
  g_autoptr (PjMessage) again = make_bare ("x", "later");
  g_autoptr (PjMessage) nobody = make_bare ("y", "late");
  g_autoptr (PjMessage) seen = pj_message_new_with_state (bare, PJ_MESSAGE_SEEN);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  PjMessage *message;
  gboolean is_new;

  g_assert_true (pj_message_table_insert (fixture->db, seen, 1, &is_new, NULL));
  before = pj_message_table_list_uids (fixture->db, "a", TRUE, NULL);
  g_assert_cmpuint (g_hash_table_size (before), ==, 0);

  g_assert_true (fill_header (fixture->db, whole));
  g_assert_false (fill_header (fixture->db, again));
  g_assert_false (fill_header (fixture->db, nobody));

  after = pj_message_table_list_uids (fixture->db, "a", TRUE, NULL);
  g_assert_cmpuint (g_hash_table_size (after), ==, 1);
  messages = pj_message_table_list (fixture->db, NULL);
  assert_messages (messages, "x=seen");
  message = g_ptr_array_index (messages, 0);
  g_assert_cmpstr (pj_message_get_subject (message), ==, "late");
  g_assert_cmpint (pj_message_get_date (message), ==, 7);
  g_assert_cmpuint (pj_message_get_octets (message), ==, 9);
  g_assert_cmpstrv (pj_message_get_warnings (message), warnings);
}

static void
test_odd_uids (DbFixture *fixture, gconstpointer data)
{
  static const char *const uids[] = { "caf\xE9", "a b", "../../etc", "A", "a" };
  g_autoptr (GHashTable) known = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    g_assert_true (insert (fixture->db, "a", uids[i], PJ_MESSAGE_NEW, (gint64) i));

  known = pj_message_table_list_uids (fixture->db, "a", FALSE, NULL);
  g_assert_cmpuint (g_hash_table_size (known), ==, G_N_ELEMENTS (uids));
  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    g_assert_true (g_hash_table_contains (known, uids[i]));
}

static void
test_order (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) positions = NULL;

  insert (fixture->db, "a", "z", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "y", PJ_MESSAGE_NEW, 5);
  insert (fixture->db, "a", "x", PJ_MESSAGE_NEW, 3);
  assert_saved (fixture->db, "z=new x=new y=new");

  g_assert_true (pj_message_table_set_position (fixture->db, "a", "z", 9, NULL));
  assert_saved (fixture->db, "x=new y=new z=new");

  positions = pj_message_table_list_positions (fixture->db, "a", NULL);
  g_assert_cmpuint (g_hash_table_size (positions), ==, 3);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (positions, "z"), ==, 9);
}

static void
test_states (DbFixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "2", PJ_MESSAGE_SEEN, 2);
  insert (fixture->db, "b", "3", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "b", "4", PJ_MESSAGE_NEW, 2);

  g_assert_true (pj_message_table_set_state_of_new (fixture->db, "a", PJ_MESSAGE_WAITING, NULL));
  assert_saved (fixture->db, "1=waiting 2=seen 3=new 4=new");

  g_assert_true (pj_message_table_set_state (
      fixture->db, "b", (const char *const[]){ "3", "absent", "1", NULL }, PJ_MESSAGE_SEEN, NULL));
  assert_saved (fixture->db, "1=waiting 2=seen 3=seen 4=new");

  g_assert_true (pj_message_table_set_state_of_new (fixture->db, NULL, PJ_MESSAGE_WAITING, NULL));
  assert_saved (fixture->db, "1=waiting 2=seen 3=seen 4=waiting");
}

static void
test_unknown_state (DbFixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  g_assert_true (pj_db_exec (fixture->db, "UPDATE message SET state = 'odd'", NULL));
  assert_saved (fixture->db, "1=seen");
}

static void
test_damaged_number (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) messages = NULL;

  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  g_assert_true (pj_db_exec (fixture->db, "UPDATE message SET octets = -1", NULL));
  messages = pj_message_table_list (fixture->db, NULL);
  g_assert_cmpuint (pj_message_get_octets (g_ptr_array_index (messages, 0)), ==, 0);
}

static void
test_delete (DbFixture *fixture, gconstpointer data)
{
  insert (fixture->db, "a", "1", PJ_MESSAGE_NEW, 1);
  insert (fixture->db, "a", "2", PJ_MESSAGE_NEW, 2);
  insert (fixture->db, "b", "1", PJ_MESSAGE_NEW, 1);

  g_assert_true (pj_message_table_delete (fixture->db, "a",
                                          (const char *const[]){ "1", "absent", NULL }, NULL));
  assert_saved (fixture->db, "2=new 1=new");
}

static void
test_no_account (DbFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMessage) message =
      pj_message_new (&(PjMessageFields){ .account_id = "missing", .uid = "1" });
  gboolean is_new = FALSE;

  g_assert_false (pj_message_table_insert (fixture->db, message, 1, &is_new, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_false (is_new);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/message-table/row-comes-back-as-it-was", test_round_trip);
  add ("/store/message-table/marks-come-back", test_marks);
  add ("/store/message-table/second-row-of-a-uid-is-ignored", test_second_is_ignored);
  add ("/store/message-table/header-comes-later-and-once", test_fill_header);
  add ("/store/message-table/uids-are-bytes", test_odd_uids);
  add ("/store/message-table/list-is-in-the-order-of-the-server", test_order);
  add ("/store/message-table/states-change-where-asked", test_states);
  add ("/store/message-table/unknown-state-is-not-new", test_unknown_state);
  add ("/store/message-table/number-out-of-range-is-zero", test_damaged_number);
  add ("/store/message-table/delete-takes-only-the-named", test_delete);
  add ("/store/message-table/row-needs-its-account", test_no_account);
  return g_test_run ();
}
