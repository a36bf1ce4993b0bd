/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-context.h"

static void
test_senders (void)
{
  PjMailContext *context = pj_mail_context_new ();
  g_autoptr (PjMailContext) kept = pj_mail_context_ref (context);

  pj_mail_context_add_sender (context, "Ala@Example.org", "Ala NOWAK");
  pj_mail_context_add_sender (context, "bot@example.org", NULL);
  pj_mail_context_unref (context);

  g_assert_true (pj_mail_context_knows (kept, "ala@EXAMPLE.org"));
  g_assert_true (pj_mail_context_knows (kept, "bot@example.org"));
  g_assert_false (pj_mail_context_knows (kept, "ala@example.net"));
  g_assert_cmpstr (g_hash_table_lookup (kept->senders, "ala@example.org"), ==, "ala nowak");
  g_assert_cmpstr (g_hash_table_lookup (kept->senders, "bot@example.org"), ==, "");
}

static void
test_knows_nothing (void)
{
  g_autoptr (PjMailContext) context = pj_mail_context_new ();

  g_assert_cmpint (context->now, ==, 0);
  g_assert_null (context->authserv_id);
  g_assert_false (pj_mail_context_knows (context, ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-context/senders", test_senders);
  g_test_add_func ("/model/mail-context/knows-nothing", test_knows_nothing);
  return g_test_run ();
}
