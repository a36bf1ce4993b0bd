/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-secret.h"

static void
test_copies (void)
{
  char typed[] = "zażółć hunter2";
  g_autoptr (PjSecret) secret = pj_secret_new (typed);

  typed[0] = '!';
  g_assert_cmpstr (pj_secret_peek (secret), ==, "zażółć hunter2");
  g_assert_false (pj_secret_is_empty (secret));
}

static void
test_empty (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("");

  g_assert_true (pj_secret_is_empty (secret));
  g_assert_cmpstr (pj_secret_peek (secret), ==, "");
}

static void
test_shared (void)
{
  PjSecret *secret = pj_secret_new ("hunter2");
  g_auto (GValue) value = G_VALUE_INIT;

  /* As a boxed value it is the same memory, not one more copy to wipe. */
  g_value_init (&value, PJ_TYPE_SECRET);
  g_value_set_boxed (&value, secret);
  g_assert_true (g_value_get_boxed (&value) == secret);

  pj_secret_unref (secret);
  g_assert_cmpstr (pj_secret_peek (g_value_get_boxed (&value)), ==, "hunter2");
}

static void
test_wipe_string (void)
{
  pj_secret_wipe_string (NULL);
  pj_secret_wipe_string (g_strdup ("hunter2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secret/copies-what-was-typed", test_copies);
  g_test_add_func ("/base/secret/empty-is-empty", test_empty);
  g_test_add_func ("/base/secret/shared-by-reference", test_shared);
  g_test_add_func ("/base/secret/wiped-string-is-freed", test_wipe_string);
  return g_test_run ();
}
