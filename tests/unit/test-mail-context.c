/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-context.h"

static PjMessage *
message_from (const char *name, const char *address)
{
  return pj_message_new (&(PjMessageFields){
      .account_id = "a", .uid = "1", .from_name = name, .from_address = address });
}

static void
test_counts_beside_the_mail_itself (void)
{
  g_autoptr (PjMessage) message = message_from ("Ala", "ala@example.org");
  PjMailContext *context = pj_mail_context_new ();
  g_autoptr (PjMailContext) kept = pj_mail_context_ref (context);

  context->senders = pj_sender_book_new ();
  pj_sender_book_add (context->senders, message);
  pj_mail_context_unref (context);

  g_assert_cmpuint (pj_mail_context_count_address (kept, "Ala@EXAMPLE.org"), ==, 1);
  g_assert_cmpuint (pj_mail_context_count_address (kept, "ala@example.net"), ==, 0);
  kept->is_listed = TRUE;
  g_assert_cmpuint (pj_mail_context_count_address (kept, "ala@example.org"), ==, 0);
  g_assert_cmpuint (pj_mail_context_count_address (kept, "ala@example.net"), ==, 0);
}

static void
test_knows_nothing (void)
{
  g_autoptr (PjMailContext) context = pj_mail_context_new ();

  g_assert_cmpint (context->now, ==, 0);
  g_assert_null (context->authserv_id);
  g_assert_null (context->senders);
  g_assert_cmpuint (pj_mail_context_count_address (context, ""), ==, 0);
}

static guint n_made;
static guint n_freed;

static gpointer
make_memo (const PjMailContext *context)
{
  n_made++;
  return g_strdup (context->own_address);
}

static void
free_memo (gpointer data)
{
  n_freed++;
  g_free (data);
}

static void
test_memo_is_made_once (void)
{
  PjMailContext *context = pj_mail_context_new ();

  context->own_address = g_strdup ("ala@example.org");
  g_assert_cmpstr (pj_mail_context_get_memo (context, make_memo, free_memo), ==, "ala@example.org");
  g_assert_cmpstr (pj_mail_context_get_memo (context, make_memo, free_memo), ==, "ala@example.org");
  g_assert_cmpuint (n_made, ==, 1);
  g_assert_cmpuint (n_freed, ==, 0);
  pj_mail_context_unref (context);
  g_assert_cmpuint (n_freed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-context/counts-beside-the-mail-itself",
                   test_counts_beside_the_mail_itself);
  g_test_add_func ("/model/mail-context/knows-nothing", test_knows_nothing);
  g_test_add_func ("/model/mail-context/memo-is-made-once", test_memo_is_made_once);
  return g_test_run ();
}
