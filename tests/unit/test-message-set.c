/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-set.h"

static PjMessage *
new_message (const char *account_id, const char *uid, PjMessageState state)
{
  return pj_message_new (
      &(PjMessageFields){ .account_id = account_id, .uid = uid, .state = state });
}

static void
test_finds_by_identity (void)
{
  g_autoptr (PjMessageSet) set = pj_message_set_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PjMessage) seen = new_message ("a", "1", PJ_MESSAGE_SEEN);
  g_autoptr (PjMessage) other_account = new_message ("b", "1", PJ_MESSAGE_NEW);
  g_autoptr (PjMessage) other_uid = new_message ("a", "2", PJ_MESSAGE_NEW);

  g_ptr_array_add (messages, new_message ("a", "1", PJ_MESSAGE_NEW));
  g_ptr_array_add (messages, new_message ("a", "3", PJ_MESSAGE_NEW));
  pj_message_set_fill (set, messages);

  g_assert_cmpuint (pj_message_set_get_size (set), ==, 2);
  g_assert_true (pj_message_set_contains (set, seen));
  g_assert_false (pj_message_set_contains (set, other_account));
  g_assert_false (pj_message_set_contains (set, other_uid));
}

static void
test_filling_replaces (void)
{
  g_autoptr (PjMessageSet) set = pj_message_set_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_ptr_array_add (messages, new_message ("a", "1", PJ_MESSAGE_NEW));
  pj_message_set_fill (set, messages);
  pj_message_set_fill (set, none);

  g_assert_cmpuint (pj_message_set_get_size (set), ==, 0);
  g_assert_false (pj_message_set_contains (set, g_ptr_array_index (messages, 0)));
}

static void
test_is_same (void)
{
  g_autoptr (PjMessage) one = new_message ("a", "1", PJ_MESSAGE_NEW);
  g_autoptr (PjMessage) same = new_message ("a", "1", PJ_MESSAGE_SEEN);
  g_autoptr (PjMessage) other = new_message ("a", "2", PJ_MESSAGE_NEW);

  g_assert_true (pj_message_set_is_same (one, same));
  g_assert_true (pj_message_set_is_same (NULL, NULL));
  g_assert_false (pj_message_set_is_same (one, other));
  g_assert_false (pj_message_set_is_same (one, NULL));
  g_assert_false (pj_message_set_is_same (NULL, one));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/message-set/finds-by-identity", test_finds_by_identity);
  g_test_add_func ("/ui/message-set/filling-replaces", test_filling_replaces);
  g_test_add_func ("/ui/message-set/the-same-mail-in-another-state", test_is_same);
  return g_test_run ();
}
