/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-selection.h"

typedef struct
{
  GListStore *messages;
  PjMessageSelection *selection;
  guint n_changes;
} Fixture;

static PjMessage *
new_message (const char *uid, PjMessageState state)
{
  return pj_message_new (&(PjMessageFields){ .account_id = "a", .uid = uid, .state = state });
}

static void
put (Fixture *self, guint position, guint removed, const char *uid, PjMessageState state)
{
  g_autoptr (PjMessage) message = new_message (uid, state);

  g_list_store_splice (self->messages, position, removed, (gpointer *) &message, 1);
}

static void
on_changed (PjMessageSelection *selection, Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->messages = g_list_store_new (PJ_TYPE_MESSAGE);
  put (self, 0, 0, "1", PJ_MESSAGE_NEW);
  put (self, 1, 0, "2", PJ_MESSAGE_NEW);
  put (self, 2, 0, "3", PJ_MESSAGE_NEW);
  self->selection = pj_message_selection_new (G_LIST_MODEL (self->messages));
  g_signal_connect (self->selection, "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->messages);
}

static void
choose (Fixture *self, guint position, gboolean alone)
{
  gtk_selection_model_select_item (pj_message_selection_get_model (self->selection), position,
                                   alone);
}

static void
test_starts_empty (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) selected = pj_message_selection_dup_selected (self->selection);

  g_assert_null (pj_message_selection_get_current (self->selection));
  g_assert_cmpuint (pj_message_selection_get_size (self->selection), ==, 0);
  g_assert_cmpuint (selected->len, ==, 0);
}

static void
test_current_when_exactly_one (Fixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) selected = NULL;

  choose (self, 1, TRUE);
  g_assert_cmpstr (pj_message_get_uid (pj_message_selection_get_current (self->selection)), ==,
                   "2");
  g_assert_cmpuint (self->n_changes, ==, 1);

  choose (self, 0, FALSE);
  g_assert_null (pj_message_selection_get_current (self->selection));
  g_assert_cmpuint (self->n_changes, ==, 2);

  selected = pj_message_selection_dup_selected (self->selection);
  g_assert_cmpuint (selected->len, ==, 2);
  g_assert_cmpstr (pj_message_get_uid (g_ptr_array_index (selected, 0)), ==, "1");
  g_assert_cmpstr (pj_message_get_uid (g_ptr_array_index (selected, 1)), ==, "2");
}

static void
test_survives_replacement (Fixture *self, gconstpointer unused)
{
  choose (self, 1, TRUE);
  put (self, 1, 1, "2", PJ_MESSAGE_SEEN);

  g_assert_cmpuint (pj_message_selection_get_size (self->selection), ==, 1);
  g_assert_cmpint (pj_message_get_state (pj_message_selection_get_current (self->selection)), ==,
                   PJ_MESSAGE_SEEN);
}

static void
test_another_in_its_place_is_not_selected (Fixture *self, gconstpointer unused)
{
  choose (self, 1, TRUE);
  put (self, 1, 1, "4", PJ_MESSAGE_NEW);

  g_assert_cmpuint (pj_message_selection_get_size (self->selection), ==, 0);
  g_assert_null (pj_message_selection_get_current (self->selection));
  g_assert_cmpuint (self->n_changes, ==, 2);
}

static void
test_silent_when_nothing_changes_for_it (Fixture *self, gconstpointer unused)
{
  choose (self, 1, TRUE);
  put (self, 0, 0, "0", PJ_MESSAGE_NEW);

  g_assert_cmpstr (pj_message_get_uid (pj_message_selection_get_current (self->selection)), ==,
                   "2");
  g_assert_cmpuint (self->n_changes, ==, 1);
}

static void
test_finds_by_uid (Fixture *self, gconstpointer unused)
{
  guint position = 99;

  g_assert_false (pj_message_selection_find (self->selection, "4", &position));
  g_assert_cmpuint (position, ==, 99);
  g_assert_true (pj_message_selection_find (self->selection, "3", &position));
  g_assert_cmpuint (position, ==, 2);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/message-selection/starts-empty", test_starts_empty);
  ADD ("/message-selection/current-when-exactly-one", test_current_when_exactly_one);
  ADD ("/message-selection/survives-replacement", test_survives_replacement);
  ADD ("/message-selection/another-in-its-place-is-not-selected",
       test_another_in_its_place_is_not_selected);
  ADD ("/message-selection/silent-when-nothing-changes-for-it",
       test_silent_when_nothing_changes_for_it);
  ADD ("/message-selection/finds-by-uid", test_finds_by_uid);

  return g_test_run ();
}
