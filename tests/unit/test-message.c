/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-message.h"

static const char *const codes[] = { "several-from", NULL };
static const char *const no_codes[] = { NULL };

static void
test_new (void)
{
  PjMessage *message = pj_message_new (&(PjMessageFields){
      .account_id = "a",
      .uid = "1",
      .from_name = "Ala",
      .from_address = "ala@example.org",
      .subject = "Hi",
      .date = -5,
      .octets = 5368709120,
      .state = PJ_MESSAGE_SEEN,
      .warnings = codes,
  });
  g_autofree char *subject = NULL;
  PjMessageState state = PJ_MESSAGE_NEW;

  g_assert_cmpstr (pj_message_get_account_id (message), ==, "a");
  g_assert_cmpstr (pj_message_get_uid (message), ==, "1");
  g_assert_cmpstr (pj_message_get_from_name (message), ==, "Ala");
  g_assert_cmpstr (pj_message_get_from_address (message), ==, "ala@example.org");
  g_assert_cmpint (pj_message_get_date (message), ==, -5);
  g_assert_cmpuint (pj_message_get_octets (message), ==, 5368709120);
  g_assert_cmpstrv (pj_message_get_warnings (message), codes);

  g_object_get (message, "subject", &subject, "state", &state, NULL);
  g_assert_cmpstr (subject, ==, "Hi");
  g_assert_cmpint (state, ==, PJ_MESSAGE_SEEN);
  g_assert_finalize_object (message);
}

static void
test_has_header (void)
{
  static const PjMessageFields rows[] = {
    { .account_id = "a", .uid = "1", .octets = 9, .state = PJ_MESSAGE_SEEN },
    { .account_id = "a", .uid = "1", .from_name = "Ala" },
    { .account_id = "a", .uid = "1", .from_address = "ala@example.org" },
    { .account_id = "a", .uid = "1", .subject = "Hi" },
    { .account_id = "a", .uid = "1", .date = -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PjMessage) message = pj_message_new (&rows[i]);

      g_assert_cmpint (pj_message_has_header (message), ==, i > 0);
    }
}

static void
test_little (void)
{
  g_autoptr (PjMessage) message =
      pj_message_new (&(PjMessageFields){ .account_id = "a", .uid = "1", .warnings = no_codes });

  g_assert_cmpstr (pj_message_get_from_name (message), ==, "");
  g_assert_cmpstr (pj_message_get_from_address (message), ==, "");
  g_assert_cmpstr (pj_message_get_subject (message), ==, "");
  g_assert_null (pj_message_get_warnings (message));
  g_assert_cmpint (pj_message_get_state (message), ==, PJ_MESSAGE_NEW);
}

static void
test_with_state (void)
{
  g_autoptr (PjMessage) fresh = pj_message_new (&(PjMessageFields){
      .account_id = "a", .uid = "1", .subject = "Hi", .octets = 7, .warnings = codes });
  g_autoptr (PjMessage) seen = pj_message_new_with_state (fresh, PJ_MESSAGE_SEEN);

  g_assert_cmpint (pj_message_get_state (fresh), ==, PJ_MESSAGE_NEW);
  g_assert_cmpint (pj_message_get_state (seen), ==, PJ_MESSAGE_SEEN);
  g_assert_cmpstr (pj_message_get_uid (seen), ==, "1");
  g_assert_cmpstr (pj_message_get_subject (seen), ==, "Hi");
  g_assert_cmpuint (pj_message_get_octets (seen), ==, 7);
  g_assert_cmpstrv (pj_message_get_warnings (seen), codes);
}

static void
test_words (void)
{
  g_assert_cmpstr (pj_message_state_to_string (PJ_MESSAGE_NEW), ==, "new");
  g_assert_cmpstr (pj_message_state_to_string (PJ_MESSAGE_WAITING), ==, "waiting");
  g_assert_cmpstr (pj_message_state_to_string (PJ_MESSAGE_SEEN), ==, "seen");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/message/says-what-it-was-given", test_new);
  g_test_add_func ("/model/message/header-is-known-or-not", test_has_header);
  g_test_add_func ("/model/message/missing-text-is-empty", test_little);
  g_test_add_func ("/model/message/other-state-is-another-value", test_with_state);
  g_test_add_func ("/model/message/states-have-words", test_words);
  return g_test_run ();
}
