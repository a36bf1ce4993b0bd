/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account.h"
#include "ui/pj-overview.h"

static PjAccount *
add_account (GListStore *accounts, guint new_count, gint64 next_due)
{
  g_autoptr (PjAccount) account = pj_account_new (NULL);

  g_object_set (account, "new-count", new_count, "next-due", next_due, NULL);
  g_list_store_append (accounts, account);

  return account; /* the list keeps it */
}

static void
on_notify (PjOverview *overview, GParamSpec *pspec, guint *count)
{
  ++*count;
}

static void
test_empty (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  PjOverview *overview = pj_overview_new (G_LIST_MODEL (accounts));

  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 0);
  g_assert_cmpint (pj_overview_get_next_due (overview), ==, 0);
  g_assert_false (pj_overview_is_checking (overview));
  g_assert_cmpuint (pj_overview_get_problems (overview), ==, 0);
  g_assert_finalize_object (overview);
}

static void
test_adds_up (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  g_autoptr (PjOverview) overview = NULL;
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_NETWORK, "gone");
  PjAccount *first = add_account (accounts, 2, 300);
  PjAccount *second = add_account (accounts, 3, 200);
  guint notified = 0;

  add_account (accounts, 0, 0);
  overview = pj_overview_new (G_LIST_MODEL (accounts));
  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 5);
  g_assert_cmpint (pj_overview_get_next_due (overview), ==, 200);

  g_signal_connect (overview, "notify::new-count", G_CALLBACK (on_notify), &notified);
  g_object_set (first, "new-count", 4, "is-checking", TRUE, NULL);
  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 7);
  g_assert_true (pj_overview_is_checking (overview));
  g_assert_cmpuint (notified, ==, 1);

  g_object_set (second, "problem", problem, NULL);
  g_assert_cmpuint (pj_overview_get_problems (overview), ==, 1);
  g_assert_cmpuint (notified, ==, 1);
}

static void
test_follows_the_list (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  g_autoptr (PjOverview) overview = pj_overview_new (G_LIST_MODEL (accounts));
  g_autoptr (PjAccount) removed = NULL;

  add_account (accounts, 1, 100);
  add_account (accounts, 2, 50);
  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 3);

  removed = g_list_model_get_item (G_LIST_MODEL (accounts), 1);
  g_list_store_remove (accounts, 1);
  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 1);
  g_assert_cmpint (pj_overview_get_next_due (overview), ==, 100);

  g_object_set (removed, "new-count", 9, NULL);
  g_assert_cmpuint (pj_overview_get_new_count (overview), ==, 1);
}

static void
test_lets_go (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  PjAccount *account = add_account (accounts, 1, 0);
  PjOverview *overview = pj_overview_new (G_LIST_MODEL (accounts));

  g_assert_finalize_object (overview);
  g_object_set (account, "new-count", 2, NULL);
  g_list_store_remove_all (accounts);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/overview/nothing-amounts-to-nothing", test_empty);
  g_test_add_func ("/ui/overview/adds-up", test_adds_up);
  g_test_add_func ("/ui/overview/follows-the-list", test_follows_the_list);
  g_test_add_func ("/ui/overview/lets-go-of-the-accounts", test_lets_go);
  return g_test_run ();
}
