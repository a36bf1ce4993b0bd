/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-keyring.h"

#include <libsecret/secret.h>

#include "model/pj-problem.h"

/*
 * Passwords in the desktop's secret service, one for each account with one
 * user name on one server. Main thread.
 *
 * Every call fails with %PJ_PROBLEM_ERROR: %PJ_PROBLEM_UNSUPPORTED when no
 * secret service answers, %PJ_PROBLEM_LOCKED_KEYRING when the user did not
 * unlock it, else %PJ_PROBLEM_INTERNAL with the service's own words; or with
 * %G_IO_ERROR_CANCELLED.
 *
 * One that is cancelled already does not touch the bus: GIO would end the
 * first connecting to it for all who wait for that.
 */

#define ATTRIBUTE_ACCOUNT "account"
#define ATTRIBUTE_SERVER "server"
#define ATTRIBUTE_USER "user"

/* The name is stored and not searched for: while a keyring is locked,
 * gnome-keyring 42 finds its items by their attributes, but not by the name of
 * their schema. The account's id is unique as it is. */
static const SecretSchema schema = {
  .name = "io.github.popinjay.Popinjay",
  .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
  .attributes = {
    { ATTRIBUTE_ACCOUNT, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { ATTRIBUTE_SERVER, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { ATTRIBUTE_USER, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* Whether nothing answers on the bus by the service's name, or there is no
 * bus. An error of the service itself is another matter. */
static gboolean
means_no_service (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    return TRUE;

  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED &&
         error->code != G_IO_ERROR_DBUS_ERROR;
}

/* Returns: (transfer full): the error for our caller. libsecret tells a prompt
 * that was closed by no error, by one of its own or as cancelled. */
static GError *
translate (GTask *task, const GError *error)
{
  gboolean was_cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (task));

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && was_cancelled)
    return g_error_copy (error);

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_error_new_literal (PJ_PROBLEM_ERROR, PJ_PROBLEM_LOCKED_KEYRING,
                                "The keyring is locked");

  if (means_no_service (error))
    return g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED, "No secret service answers: %s",
                        error->message);

  return g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "The secret service: %s",
                      error->message);
}

static void
on_retrieve_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SecretValue *value =
      secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  if (text != NULL)
    g_task_return_pointer (task, pj_secret_new (text), (GDestroyNotify) pj_secret_unref);
  else if (value != NULL)
    g_task_return_pointer (task, NULL, NULL); /* bytes of somebody else's making */
  else
    g_task_return_error (task, translate (task, error));

  /* Wipes it. */
  g_clear_pointer (&value, secret_value_unref);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) found = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (task, error));
  else if (found == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (found->data),
                                        g_task_get_cancellable (task), on_retrieve_ready,
                                        g_object_ref (task));
}

/**
 * pj_keyring_lookup_async:
 * @account: an account with a server and a user name
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for a password. A locked keyring is unlocked by the desktop's own
 * prompt, once.
 */
void
pj_keyring_lookup_async (PjAccount *account,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (pj_account_get_server (account) != NULL);
  g_return_if_fail (pj_account_get_user (account) != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_keyring_lookup_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  secret_password_search (&schema, SECRET_SEARCH_UNLOCK, cancellable, on_search_ready,
                          g_object_ref (task), ATTRIBUTE_ACCOUNT, pj_account_get_id (account),
                          ATTRIBUTE_SERVER, pj_account_get_server (account), ATTRIBUTE_USER,
                          pj_account_get_user (account), NULL);
}

/**
 * pj_keyring_lookup_finish:
 * @result: what the callback was given
 * @error: return location; as said at the top
 *
 * Returns: (transfer full) (nullable): the password; %NULL with no error set
 *   when none is stored
 */
PjSecret *
pj_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (task, error));
}

/**
 * pj_keyring_save_async:
 * @account: an account with a name, a server and a user name
 * @secret: its password
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves a password in place of the one before.
 */
void
pj_keyring_save_async (PjAccount *account,
                       PjSecret *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (pj_account_is_valid (account, NULL));
  g_return_if_fail (secret != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_keyring_save_async);
  /* What a late cancel finds saved is told as saved. */
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  label = g_strdup_printf ("Popinjay: %s", pj_account_get_name (account));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, pj_secret_peek (secret),
                         cancellable, on_store_ready, g_object_ref (task), ATTRIBUTE_ACCOUNT,
                         pj_account_get_id (account), ATTRIBUTE_SERVER,
                         pj_account_get_server (account), ATTRIBUTE_USER,
                         pj_account_get_user (account), NULL);
}

/**
 * pj_keyring_save_finish:
 * @result: what the callback was given
 * @error: return location; as said at the top
 *
 * Returns: whether it is stored
 */
gboolean
pj_keyring_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_keyring_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_clear_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was nothing. */
  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (task, error));
}

/**
 * pj_keyring_clear_async:
 * @account_id: an account
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Deletes every password of the account, also those for servers and user
 * names that it had before.
 */
void
pj_keyring_clear_async (const char *account_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (account_id != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_keyring_clear_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  secret_password_clear (&schema, cancellable, on_clear_ready, g_object_ref (task),
                         ATTRIBUTE_ACCOUNT, account_id, NULL);
}

/**
 * pj_keyring_clear_finish:
 * @result: what the callback was given
 * @error: return location; as said at the top
 *
 * Returns: whether none is stored any more
 */
gboolean
pj_keyring_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_keyring_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
