/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-maildrop.h"

#include "base/pj-tsan.h"

static PjDemoMaildrop *
make_maildrop (void)
{
  GPtrArray *mails = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_mail_unref);

  g_ptr_array_add (mails, pj_demo_mail_new ("a", "A: 1\n\n", 6, 0));
  g_ptr_array_add (mails, pj_demo_mail_new ("b", "B: 2\n\n", 6, 0));

  return pj_demo_maildrop_new ("ann", "secret", mails);
}

static void
test_admits (void)
{
  g_autoptr (PjDemoMaildrop) maildrop = make_maildrop ();

  g_assert_true (pj_demo_maildrop_admits (maildrop, "ann", "secret"));
  g_assert_false (pj_demo_maildrop_admits (maildrop, "ann", "Secret"));
  g_assert_false (pj_demo_maildrop_admits (maildrop, "Ann", "secret"));
  g_assert_false (pj_demo_maildrop_admits (maildrop, "", ""));
}

/* What arrives during a session is for the next one; what it deletes goes. */
static void
test_view (void)
{
  g_autoptr (PjDemoMaildrop) maildrop = make_maildrop ();
  g_autoptr (GPtrArray) view = pj_demo_maildrop_lock (maildrop, 0);
  g_autoptr (GHashTable) deleted = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) next = NULL;

  g_assert_cmpuint (view->len, ==, 2);
  g_assert_null (pj_demo_maildrop_lock (maildrop, 0));
  pj_demo_maildrop_add (maildrop, pj_demo_mail_new ("c", "C: 3\n\n", 6, 0));
  g_assert_cmpuint (view->len, ==, 2);
  g_hash_table_add (deleted, g_ptr_array_index (view, 0));
  pj_demo_maildrop_unlock (maildrop, deleted);

  next = pj_demo_maildrop_lock (maildrop, 0);
  g_assert_cmpuint (next->len, ==, 2);
  g_assert_cmpstr (pj_demo_mail_get_uid (g_ptr_array_index (next, 0)), ==, "b");
  g_assert_cmpstr (pj_demo_mail_get_uid (g_ptr_array_index (next, 1)), ==, "c");
  pj_demo_maildrop_unlock (maildrop, NULL);
}

static gpointer
wait_for_lock (gpointer user_data)
{
  PjDemoMaildrop *maildrop = user_data;
  GPtrArray *view;

  PJ_TAKE_OVER (maildrop);
  view = pj_demo_maildrop_lock (maildrop, 60 * 1000);
  if (view == NULL)
    return GINT_TO_POINTER (FALSE);

  g_ptr_array_unref (view);
  pj_demo_maildrop_unlock (maildrop, NULL);
  return GINT_TO_POINTER (TRUE);
}

/* Who waits gets in when the other leaves, and gives up when all is shut. */
static void
test_wait (gconstpointer data)
{
  gboolean shall_shut = GPOINTER_TO_INT (data);
  g_autoptr (PjDemoMaildrop) maildrop = make_maildrop ();
  g_autoptr (GPtrArray) view = pj_demo_maildrop_lock (maildrop, 0);
  GThread *thread;
  gboolean got_in;

  g_assert_nonnull (view);
  PJ_HAND_OVER (maildrop);
  thread = g_thread_new ("waits", wait_for_lock, maildrop);
  if (shall_shut)
    pj_demo_maildrop_shut (maildrop);
  else
    pj_demo_maildrop_unlock (maildrop, NULL);
  got_in = GPOINTER_TO_INT (g_thread_join (thread));
  g_assert_cmpint (got_in, ==, !shall_shut);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/maildrop/admits", test_admits);
  g_test_add_func ("/demo/maildrop/a-session-has-its-view", test_view);
  g_test_add_data_func ("/demo/maildrop/wait-for-unlock", GINT_TO_POINTER (FALSE), test_wait);
  g_test_add_data_func ("/demo/maildrop/wait-for-shut", GINT_TO_POINTER (TRUE), test_wait);
  return g_test_run ();
}
