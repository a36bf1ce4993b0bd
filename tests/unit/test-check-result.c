/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-check-result.h"

static void
test_shared (void)
{
  PjCheckResult *result = pj_check_result_new ();
  PjMessage *message = pj_message_new (&(PjMessageFields){ .account_id = "a", .uid = "1" });
  g_autoptr (PjCheckResult) kept = NULL;

  g_assert_cmpuint (result->uids->len, ==, 0);
  g_assert_cmpuint (result->fresh->len, ==, 0);
  g_assert_false (result->has_uids);
  g_ptr_array_add (result->uids, g_strdup ("1"));
  g_ptr_array_add (result->fresh, g_object_ref (message));

  kept = pj_check_result_ref (result);
  pj_check_result_unref (result);
  g_assert_cmpstr (g_ptr_array_index (kept->uids, 0), ==, "1");

  g_clear_pointer (&kept, pj_check_result_unref);
  g_assert_finalize_object (message);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/check-result/lives-with-its-last-reference", test_shared);
  return g_test_run ();
}
