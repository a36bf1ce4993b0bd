/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-secret-store.h"

#include "account/pj-keyring.h"
#include "account/pj-secret-memory.h"
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
  PjSecretMemory *memory;

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

/* What a save holds until the service has answered. */
typedef struct
{
  PjAccount *account; /* a copy */
  PjSecret *secret;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_object_unref (self->account);
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

  g_clear_pointer (&self->memory, pj_secret_memory_free);

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
  self->memory = pj_secret_memory_new ();
}

static void
set_persistent (PjSecretStore *self, gboolean is_persistent)
{
  if (self->is_persistent == is_persistent)
    return;

  self->is_persistent = is_persistent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PERSISTENT]);
}

static gboolean
means_no_service (const GError *error)
{
  return g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
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
 * @account: whose password, by its id, server and user name
 * @secret: (nullable): the password until the program ends; %NULL forgets it
 *
 * It goes before one in the secret service.
 */
void
pj_secret_store_keep_in_memory (PjSecretStore *self, PjAccount *account, PjSecret *secret)
{
  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  if (secret != NULL)
    pj_secret_memory_keep (self->memory, account, secret);
  else
    pj_secret_memory_forget (self->memory, account);
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PjSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  PjSecret *secret = pj_keyring_lookup_finish (result, &error);

  if (means_no_service (error))
    {
      set_persistent (self, FALSE);
      g_task_return_new_error (task, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH,
                               "No password is stored, and no secret service answers");
      return;
    }

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  set_persistent (self, TRUE);
  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) pj_secret_unref);
  else
    return_nothing_stored (task);
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

  secret = pj_secret_memory_find (self->memory, account);
  if (secret != NULL)
    g_task_return_pointer (task, pj_secret_ref (secret), (GDestroyNotify) pj_secret_unref);
  else if (!self->uses_service)
    return_nothing_stored (task);
  else
    pj_keyring_lookup_async (account, cancellable, on_lookup_ready, g_object_ref (task));
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
on_save_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PjSecretStore *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = pj_keyring_save_finish (result, &error);

  if (!is_saved && !means_no_service (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  set_persistent (self, is_saved);
  pj_secret_store_keep_in_memory (self, saving->account, is_saved ? NULL : saving->secret);
  g_task_return_boolean (task, TRUE);
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
  Saving *saving;

  g_return_if_fail (PJ_IS_SECRET_STORE (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (pj_account_is_valid (account, NULL));
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_secret_store_save_async);
  /* What a late cancel finds saved is told as saved. */
  g_task_set_check_cancellable (task, FALSE);
  if (!self->uses_service)
    {
      pj_secret_memory_keep (self->memory, account, secret);
      g_task_return_boolean (task, TRUE);
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->account = pj_account_new_copy (account);
  saving->secret = pj_secret_ref (secret);
  g_task_set_task_data (task, saving, saving_free);
  pj_keyring_save_async (account, secret, cancellable, on_save_ready, g_object_ref (task));
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

  if (pj_keyring_clear_finish (result, &error))
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (means_no_service (error))
    {
      set_persistent (self, FALSE);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
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

  g_task_set_check_cancellable (task, FALSE);
  pj_secret_memory_forget_all (self->memory, account_id);
  if (!self->uses_service)
    g_task_return_boolean (task, TRUE);
  else
    pj_keyring_clear_async (account_id, cancellable, on_clear_ready, g_object_ref (task));
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
