/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-secret-store.h"

#include <libsecret/secret.h>

#include "model/pj-problem.h"

/**
 * PjSecretStore:
 *
 * Where passwords lie: in the desktop's secret service, else in memory until
 * the program ends, never in a file. A password is kept for one user name on
 * one server, so that it is not sent to another after the account was
 * changed. Main thread.
 *
 * `is-persistent` tells whether saved passwords outlive the program. It turns
 * when the service is found missing, and back when it answers.
 */
struct _PjSecretStore
{
  GObject parent_instance;

  /* Owned */
  GHashTable *memory; /* of char * (account id) to PjSecret */

  /* Plain */
  gboolean uses_service;
  gboolean is_persistent;
};

G_DEFINE_FINAL_TYPE (PjSecretStore, pj_secret_store, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_IS_PERSISTENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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

/* What a save holds until the service has answered. */
typedef struct
{
  char *account_id;
  PjSecret *secret;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_free (self->account_id);
  pj_secret_unref (self->secret);
  g_free (self);
}

static void
pj_secret_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjSecretStore *self = PJ_SECRET_STORE (object);

  switch (prop_id)
    {
    case PROP_IS_PERSISTENT:
      g_value_set_boolean (value, self->is_persistent);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_secret_store_finalize (GObject *object)
{
  PjSecretStore *self = PJ_SECRET_STORE (object);

  g_clear_pointer (&self->memory, g_hash_table_unref);

  G_OBJECT_CLASS (pj_secret_store_parent_class)->finalize (object);
}

static void
pj_secret_store_class_init (PjSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pj_secret_store_get_property;
  object_class->finalize = pj_secret_store_finalize;

  properties[PROP_IS_PERSISTENT] = g_param_spec_boolean ("is-persistent", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pj_secret_store_init (PjSecretStore *self)
{
  self->memory =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pj_secret_unref);
}

static void
set_persistent (PjSecretStore *self, gboolean is_persistent)
{
  if (self->is_persistent == is_persistent)
    return;

  self->is_persistent = is_persistent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PERSISTENT]);
}

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

  return g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "The secret service: %s",
                      error->message);
}

static void
return_nothing_stored (GTask *task)
{
  g_task_return_new_error (task, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "No password is stored");
}

/**
 * pj_secret_store_new:
 *
 * Returns: (transfer full): a store that uses the secret service
 */
PjSecretStore *
pj_secret_store_new (void)
{
  PjSecretStore *self = g_object_new (PJ_TYPE_SECRET_STORE, NULL);

  self->uses_service = TRUE;
  self->is_persistent = TRUE;

  return self;
}

/**
 * pj_secret_store_new_memory:
 *
 * Returns: (transfer full): a store that forgets all when the program ends
 */
PjSecretStore *
pj_secret_store_new_memory (void)
{
  return g_object_new (PJ_TYPE_SECRET_STORE, NULL);
}

/**
 * pj_secret_store_is_persistent:
 * @self: the store
 *
 * Returns: whether saved passwords outlive the program, as far as is known:
 *   the service is only asked when a password is needed
 */
gboolean
pj_secret_store_is_persistent (PjSecretStore *self)
{
  g_return_val_if_fail (PJ_IS_SECRET_STORE (self), FALSE);

  return self->is_persistent;
}

/**
 * pj_secret_store_keep_in_memory:
 * @self: the store
 * @account_id: an account
 * @secret: (nullable): its password until the program ends; %NULL forgets it
 *
 * It goes before one in the secret service.
 */
void
pj_secret_store_keep_in_memory (PjSecretStore *self, const char *account_id, PjSecret *secret)
{
  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  if (secret == NULL)
    g_hash_table_remove (self->memory, account_id);
  else
    g_hash_table_replace (self->memory, g_strdup (account_id), pj_secret_ref (secret));
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
    return_nothing_stored (task);
  else
    g_task_return_error (task, translate (task, error));

  /* Wipes it. */
  g_clear_pointer (&value, secret_value_unref);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PjSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) found = secret_password_search_finish (result, &error);

  if (error != NULL && means_no_service (error))
    {
      set_persistent (self, FALSE);
      g_task_return_new_error (task, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH,
                               "No password is stored, and no secret service answers");
      return;
    }

  if (error != NULL)
    {
      g_task_return_error (task, translate (task, error));
      return;
    }

  set_persistent (self, TRUE);
  if (found == NULL)
    return_nothing_stored (task);
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (found->data),
                                        g_task_get_cancellable (task), on_retrieve_ready,
                                        g_object_ref (task));
}

/**
 * pj_secret_store_lookup_async:
 * @self: the store
 * @account: an account with a server and a user name
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for a password, in memory first. A locked keyring is unlocked by the
 * desktop's own prompt, once.
 */
void
pj_secret_store_lookup_async (PjSecretStore *self,
                              PjAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  PjSecret *secret;

  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (pj_account_get_server (account) != NULL);
  g_return_if_fail (pj_account_get_user (account) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_secret_store_lookup_async);

  secret = g_hash_table_lookup (self->memory, pj_account_get_id (account));
  if (secret != NULL)
    g_task_return_pointer (task, pj_secret_ref (secret), (GDestroyNotify) pj_secret_unref);
  else if (!self->uses_service)
    return_nothing_stored (task);
  else
    secret_password_search (&schema, SECRET_SEARCH_UNLOCK, cancellable, on_search_ready,
                            g_object_ref (task), ATTRIBUTE_ACCOUNT, pj_account_get_id (account),
                            ATTRIBUTE_SERVER, pj_account_get_server (account), ATTRIBUTE_USER,
                            pj_account_get_user (account), NULL);
}

/**
 * pj_secret_store_lookup_finish:
 * @self: the store
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_AUTH when none
 *   is stored, %PJ_PROBLEM_LOCKED_KEYRING when the user did not unlock it,
 *   else %PJ_PROBLEM_INTERNAL; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the password
 */
PjSecret *
pj_secret_store_lookup_finish (PjSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PjSecretStore *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    {
      set_persistent (self, TRUE);
      pj_secret_store_keep_in_memory (self, saving->account_id, NULL);
      g_task_return_boolean (task, TRUE);
    }
  else if (error != NULL && means_no_service (error))
    {
      set_persistent (self, FALSE);
      pj_secret_store_keep_in_memory (self, saving->account_id, saving->secret);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, translate (task, error));
    }
}

/**
 * pj_secret_store_save_async:
 * @self: the store
 * @account: an account with a name, a server and a user name
 * @secret: its password
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves a password in place of the one before. Where no secret service
 * answers it is kept in memory, and `is-persistent` says so.
 */
void
pj_secret_store_save_async (PjSecretStore *self,
                            PjAccount *account,
                            PjSecret *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;
  Saving *saving;

  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (pj_account_is_valid (account, NULL));
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_secret_store_save_async);
  if (!self->uses_service)
    {
      pj_secret_store_keep_in_memory (self, pj_account_get_id (account), secret);
      g_task_return_boolean (task, TRUE);
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->account_id = g_strdup (pj_account_get_id (account));
  saving->secret = pj_secret_ref (secret);
  g_task_set_task_data (task, saving, saving_free);
  label = g_strdup_printf ("Popinjay: %s", pj_account_get_name (account));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, pj_secret_peek (secret),
                         cancellable, on_store_ready, g_object_ref (task), ATTRIBUTE_ACCOUNT,
                         pj_account_get_id (account), ATTRIBUTE_SERVER,
                         pj_account_get_server (account), ATTRIBUTE_USER,
                         pj_account_get_user (account), NULL);
}

/**
 * pj_secret_store_save_finish:
 * @self: the store
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_LOCKED_KEYRING
 *   or %PJ_PROBLEM_INTERNAL; %G_IO_ERROR_CANCELLED
 *
 * Returns: whether a look-up finds it
 */
gboolean
pj_secret_store_save_finish (PjSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_clear_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PjSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was nothing. */
  secret_password_clear_finish (result, &error);
  if (error != NULL && means_no_service (error))
    set_persistent (self, FALSE);

  if (error == NULL || means_no_service (error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (task, error));
}

/**
 * pj_secret_store_clear_async:
 * @self: the store
 * @account_id: an account
 * @cancellable: (nullable): stops waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Forgets every password of the account, also those for servers and user
 * names that it had before.
 */
void
pj_secret_store_clear_async (PjSecretStore *self,
                             const char *account_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_secret_store_clear_async);

  pj_secret_store_keep_in_memory (self, account_id, NULL);
  if (!self->uses_service)
    g_task_return_boolean (task, TRUE);
  else
    secret_password_clear (&schema, cancellable, on_clear_ready, g_object_ref (task),
                           ATTRIBUTE_ACCOUNT, account_id, NULL);
}

/**
 * pj_secret_store_clear_finish:
 * @self: the store
 * @result: what the callback was given
 * @error: return location; as for pj_secret_store_save_finish()
 *
 * Returns: whether nothing is stored any more, as far as a service answers
 */
gboolean
pj_secret_store_clear_finish (PjSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
