/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sign.h"

static void
test_first_of_a_kind_stays (void)
{
  g_autoptr (GPtrArray) signs = pj_mail_sign_list_new ();
  const PjMailSign *sign;

  pj_mail_sign_list_take (signs, "one", g_strdup ("first"));
  pj_mail_sign_list_take (signs, "one", g_strdup ("second"));
  pj_mail_sign_list_take (signs, "two", NULL);

  g_assert_cmpuint (signs->len, ==, 2);
  sign = g_ptr_array_index (signs, 0);
  g_assert_cmpstr (sign->reason, ==, "first");
  g_assert_true (pj_mail_sign_list_has (signs, "two"));
  g_assert_false (pj_mail_sign_list_has (signs, "three"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/sign/first-of-a-kind-stays", test_first_of_a_kind_stays);
  return g_test_run ();
}
