/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-account-writer.h"

#include "account/pj-account-file.h"

#include "test-await.h"
#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  char *path;
  PjAccount *account;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "accounts.ini", NULL);
  fixture->account = pj_account_new ("a");
  g_object_set (fixture->account, "name", "home", "server", "pop.example.org", "user", "ala", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->account);
  g_free (fixture->path);
  test_dir_remove (fixture->dir);
}

static gboolean
finish (GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = await_result (slot);

  return pj_account_writer_finish (result, error);
}

static void
put (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_account_writer_put_async (fixture->path, fixture->account, NULL, await_ready, &slot);
  g_assert_true (finish (&slot, &error));
  g_assert_no_error (error);
}

/* @name: (nullable): of the only account in the file */
static void
assert_name (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) accounts = pj_account_file_load (fixture->path, NULL);

  g_assert_cmpuint (accounts->len, ==, name != NULL ? 1 : 0);
  if (name != NULL)
    g_assert_cmpstr (pj_account_get_name (g_ptr_array_index (accounts, 0)), ==, name);
}

static void
test_put_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  put (fixture);
  assert_name (fixture, "home");

  pj_account_writer_remove_async (fixture->path, "a", NULL, await_ready, &slot);
  g_assert_true (finish (&slot, &error));
  g_assert_no_error (error);
  assert_name (fixture, NULL);
}

static void
test_later_change (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *slot = NULL;

  pj_account_writer_put_async (fixture->path, fixture->account, NULL, await_ready, &slot);
  g_object_set (fixture->account, "name", "later", NULL);
  g_assert_true (finish (&slot, NULL));
  assert_name (fixture, "home");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) put_error = NULL;
  g_autoptr (GError) remove_error = NULL;
  GAsyncResult *slot = NULL;

  put (fixture);
  g_object_set (fixture->account, "name", "later", NULL);
  g_cancellable_cancel (cancellable);
  pj_account_writer_put_async (fixture->path, fixture->account, cancellable, await_ready, &slot);
  g_assert_false (finish (&slot, &put_error));
  g_assert_error (put_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  pj_account_writer_remove_async (fixture->path, "a", cancellable, await_ready, &slot);
  g_assert_false (finish (&slot, &remove_error));
  g_assert_error (remove_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_name (fixture, "home");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_object_set (fixture->account, "server", NULL, NULL);
  pj_account_writer_put_async (fixture->path, fixture->account, NULL, await_ready, &slot);
  g_assert_false (finish (&slot, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/account/account-writer/put-and-remove-reach-the-file", test_put_and_remove);
  add ("/account/account-writer/later-change-does-not-count", test_later_change);
  add ("/account/account-writer/cancelled-writes-nothing", test_cancelled);
  add ("/account/account-writer/error-arrives", test_error);
  return g_test_run ();
}
