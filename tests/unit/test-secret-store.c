/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-secret-store.h"

#include "test-await.h"

static PjAccount *
make_account (const char *id)
{
  PjAccount *account = pj_account_new (id);

  g_object_set (account, "name", "home", "server", "pop.example.org", "user", "ala", NULL);
  return account;
}

static PjSecret *
look_up (PjSecretStore *store, PjAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_secret_store_lookup_async (store, account, NULL, await_ready, &slot);
  result = await_result (&slot);
  return pj_secret_store_lookup_finish (store, result, error);
}

static void
save (PjSecretStore *store, PjAccount *account, const char *password)
{
  g_autoptr (PjSecret) secret = pj_secret_new (password);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_secret_store_save_async (store, account, secret, NULL, await_ready, &slot);
  result = await_result (&slot);
  pj_secret_store_save_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
clear (PjSecretStore *store, const char *account_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_secret_store_clear_async (store, account_id, NULL, await_ready, &slot);
  result = await_result (&slot);
  g_assert_true (pj_secret_store_clear_finish (store, result, &error));
  g_assert_no_error (error);
}

static void
assert_password (PjSecretStore *store, PjAccount *account, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSecret) secret = look_up (store, account, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pj_secret_peek (secret), ==, expected);
}

static void
assert_nothing_stored (PjSecretStore *store, PjAccount *account)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (store, account, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_true (g_str_has_prefix (error->message, "No password is stored"));
}

static void
use_store (PjSecretStore *store)
{
  g_autoptr (PjAccount) first = make_account ("1");
  g_autoptr (PjAccount) second = make_account ("2");

  assert_nothing_stored (store, first);
  save (store, first, "hunter2");
  assert_password (store, first, "hunter2");
  assert_nothing_stored (store, second);

  save (store, first, "hunter3");
  assert_password (store, first, "hunter3");

  clear (store, "2");
  assert_password (store, first, "hunter3");
  clear (store, "1");
  assert_nothing_stored (store, first);
  g_assert_false (pj_secret_store_is_persistent (store));
}

static void
test_memory (void)
{
  PjSecretStore *store = pj_secret_store_new_memory ();

  g_assert_false (pj_secret_store_is_persistent (store));
  use_store (store);
  g_assert_finalize_object (store);
}

static void
on_persistent_changed (PjSecretStore *store, GParamSpec *pspec, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

/* The test's environment names a bus that is not there. */
static void
test_no_service (void)
{
  PjSecretStore *store = pj_secret_store_new ();
  gboolean is_persistent = FALSE;
  guint count = 0;

  g_signal_connect (store, "notify::is-persistent", G_CALLBACK (on_persistent_changed), &count);
  g_object_get (store, "is-persistent", &is_persistent, NULL);
  g_assert_true (is_persistent);

  use_store (store);
  g_assert_cmpuint (count, ==, 1);
  g_assert_finalize_object (store);
}

static void
test_kept (void)
{
  g_autoptr (PjSecretStore) store = pj_secret_store_new ();
  g_autoptr (PjAccount) account = make_account ("1");
  g_autoptr (PjSecret) secret = pj_secret_new ("hunter2");

  pj_secret_store_keep_in_memory (store, account, secret);
  assert_password (store, account, "hunter2");
  /* Found in memory: the service was not asked. */
  g_assert_true (pj_secret_store_is_persistent (store));

  pj_secret_store_keep_in_memory (store, account, NULL);
  assert_nothing_stored (store, account);
}

/* The account was changed, or is a draft with another server to be tried. */
static void
test_other_server (gconstpointer data)
{
  g_autoptr (PjSecretStore) store =
      data != NULL ? pj_secret_store_new () : pj_secret_store_new_memory ();
  g_autoptr (PjAccount) account = make_account ("1");
  g_autoptr (PjAccount) elsewhere = pj_account_new_copy (account);
  g_autoptr (PjAccount) other_user = pj_account_new_copy (account);

  g_object_set (elsewhere, "server", "pop.example.net", NULL);
  g_object_set (other_user, "user", "ola", NULL);
  save (store, account, "hunter2");
  assert_nothing_stored (store, elsewhere);
  assert_nothing_stored (store, other_user);
  assert_password (store, account, "hunter2");

  save (store, elsewhere, "hunter3");
  assert_password (store, account, "hunter2");
  clear (store, "1");
  assert_nothing_stored (store, account);
  assert_nothing_stored (store, elsewhere);
}

static void
test_cancelled (void)
{
  g_autoptr (PjSecretStore) store = pj_secret_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PjAccount) account = make_account ("1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_cancellable_cancel (cancellable);
  pj_secret_store_lookup_async (store, account, cancellable, await_ready, &slot);
  result = await_result (&slot);
  g_assert_null (pj_secret_store_lookup_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (pj_secret_store_is_persistent (store));
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/secret-store/memory-keeps-and-forgets", test_memory);
  g_test_add_func ("/account/secret-store/without-a-service-memory-serves", test_no_service);
  g_test_add_func ("/account/secret-store/kept-in-memory-goes-first", test_kept);
  g_test_add_data_func ("/account/secret-store/other-server-gets-none/memory", NULL,
                        test_other_server);
  g_test_add_data_func ("/account/secret-store/other-server-gets-none/no-service", "no service",
                        test_other_server);
  g_test_add_func ("/account/secret-store/cancelled-is-no-missing-service", test_cancelled);
  return g_test_run ();
}
