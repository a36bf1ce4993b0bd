/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-keyring.h"

#include "model/pj-problem.h"

#include "test-await.h"

/* Without a secret service; tests/flow/test-secret-service.py has a real one. */

static PjAccount *
make_account (void)
{
  PjAccount *account = pj_account_new ("1");

  g_object_set (account, "name", "home", "server", "pop.example.org", "user", "ala", NULL);
  return account;
}

static PjSecret *
look_up (GCancellable *cancellable, GError **error)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_keyring_lookup_async (account, cancellable, await_ready, &slot);
  result = await_result (&slot);
  return pj_keyring_lookup_finish (result, error);
}

static gboolean
save (GCancellable *cancellable, GError **error)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjSecret) secret = pj_secret_new ("hunter2");
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_keyring_save_async (account, secret, cancellable, await_ready, &slot);
  result = await_result (&slot);
  return pj_keyring_save_finish (result, error);
}

static gboolean
clear (GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_keyring_clear_async ("1", cancellable, await_ready, &slot);
  result = await_result (&slot);
  return pj_keyring_clear_finish (result, error);
}

static void
test_no_service (void)
{
  g_autoptr (GError) lookup_error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) clear_error = NULL;

  g_assert_null (look_up (NULL, &lookup_error));
  g_assert_error (lookup_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
  g_assert_false (save (NULL, &save_error));
  g_assert_error (save_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
  g_assert_null (strstr (save_error->message, "hunter2"));
  g_assert_false (clear (NULL, &clear_error));
  g_assert_error (clear_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) lookup_error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) clear_error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (look_up (cancellable, &lookup_error));
  g_assert_error (lookup_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (save (cancellable, &save_error));
  g_assert_error (save_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (clear (cancellable, &clear_error));
  g_assert_error (clear_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/keyring/missing-service-is-unsupported", test_no_service);
  g_test_add_func ("/account/keyring/cancelled-is-no-missing-service", test_cancelled);
  return g_test_run ();
}
