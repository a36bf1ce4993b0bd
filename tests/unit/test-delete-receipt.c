/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-delete-receipt.h"

static void
test_new (void)
{
  g_autoptr (PjDeleteReceipt) refused =
      pj_delete_receipt_new ("uid 1", PJ_DELETE_REFUSED, "message\r\nis\x1B[31m locked");
  g_autoptr (PjDeleteReceipt) gone = pj_delete_receipt_new ("2", PJ_DELETE_GONE, NULL);

  g_assert_cmpstr (refused->uid, ==, "uid 1");
  g_assert_cmpint (refused->outcome, ==, PJ_DELETE_REFUSED);
  g_assert_cmpstr (refused->text, ==, "message is\xEF\xBF\xBD[31m locked");
  g_assert_cmpstr (gone->text, ==, "");
  pj_delete_receipt_free (NULL);
}

static void
test_words (void)
{
  g_assert_cmpstr (pj_delete_outcome_to_string (PJ_DELETE_DELETED), ==, "deleted");
  g_assert_cmpstr (pj_delete_outcome_to_string (PJ_DELETE_GONE), ==, "gone");
  g_assert_cmpstr (pj_delete_outcome_to_string (PJ_DELETE_REFUSED), ==, "refused");
  g_assert_cmpstr (pj_delete_outcome_to_string (PJ_DELETE_UNCONFIRMED), ==, "unconfirmed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/delete-receipt/reason-is-cleaned", test_new);
  g_test_add_func ("/model/delete-receipt/outcomes-have-words", test_words);
  return g_test_run ();
}
