/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-service"

#include "app/pj-service-private.h"

#include "account/pj-account-file.h"
#include "app/pj-check-run.h"
#include "check/pj-session-log.h"

/* Sessions at the same time, over all servers. */
#define MAX_SESSIONS 32

/**
 * PjService:
 *
 * Popinjay without a window: the accounts, the messages known to lie in
 * them, and what keeps both true. It owns the lists that windows show, the
 * database, the check threads and the schedule; the runs of this folder
 * (check, preview, delete, login, edit) work on it. Main thread.
 *
 * After pj_service_shut_down() nothing is started any more.
 */

G_DEFINE_FINAL_TYPE (PjService, pj_service, G_TYPE_OBJECT)

static void
pj_service_dispose (GObject *object)
{
  PjService *self = PJ_SERVICE (object);

  pj_service_shut_down (self);
  g_clear_object (&self->scheduler);
  /* Waits for its threads, which a cancel has told to leave. */
  g_clear_object (&self->pool);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->messages);
  g_clear_object (&self->secrets);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (pj_service_parent_class)->dispose (object);
}

static void
pj_service_finalize (GObject *object)
{
  PjService *self = PJ_SERVICE (object);

  g_clear_pointer (&self->senders, pj_sender_book_unref);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_clear_pointer (&self->memories, g_hash_table_unref);
  g_clear_pointer (&self->edited, g_hash_table_unref);
  g_clear_pointer (&self->logs, g_hash_table_unref);
  g_clear_pointer (&self->log_path, g_free);
  g_clear_object (&self->stop);

  G_OBJECT_CLASS (pj_service_parent_class)->finalize (object);
}

static void
pj_service_class_init (PjServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = pj_service_finalize;

  /**
   * PjService::arrived:
   * @self: the service
   * @account: where
   * @messages: (element-type PjMessage): what came, saved already
   * @is_baseline: whether this was the first look, and nothing is news
   *
   * Mail has arrived that nobody else has announced.
   */
  g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, PJ_TYPE_ACCOUNT, G_TYPE_PTR_ARRAY, G_TYPE_BOOLEAN);
}

static void
pj_service_init (PjService *self)
{
  self->accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  self->messages = pj_message_list_new ();
  self->senders = pj_sender_book_new ();
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->memories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) pj_mailbox_memory_unref);
  self->edited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->logs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->stop = g_cancellable_new ();
  self->pool = pj_check_pool_new (MAX_SESSIONS);
}

static void
on_due (PjScheduler *scheduler, const char *account_id, gpointer user_data)
{
  PjService *self = PJ_SERVICE (user_data);
  PjAccount *account = pj_service_find_account_by_id (self, account_id);

  if (account != NULL)
    pj_service_check_now (self, account);
}

/**
 * pj_service_new:
 * @profile: where everything lies
 * @secrets: where the passwords are
 * @clock: what the schedule and the records read the time from
 * @error: return location; %PJ_PROBLEM_INTERNAL when the account file or the
 *   database cannot be used; neither is touched then
 *
 * Returns: (transfer full): the service, its accounts read
 */
PjService *
pj_service_new (PjProfile *profile, PjSecretStore *secrets, PjClock *clock, GError **error)
{
  g_autoptr (PjService) self = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  g_return_val_if_fail (PJ_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (PJ_IS_SECRET_STORE (secrets), NULL);
  g_return_val_if_fail (PJ_IS_CLOCK (clock), NULL);

  accounts = pj_account_file_load (pj_profile_get_account_file (profile), error);
  if (accounts == NULL)
    return NULL;

  self = g_object_new (PJ_TYPE_SERVICE, NULL);
  self->store = pj_store_new (pj_profile_get_database (profile), error);
  if (self->store == NULL)
    return NULL;

  self->profile = g_object_ref (profile);
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);
  self->settings = pj_settings_new (profile);
  self->scheduler = pj_scheduler_new (clock);
  g_signal_connect_object (self->scheduler, "due", G_CALLBACK (on_due), self, 0);
  g_list_store_splice (self->accounts, 0, 0, accounts->pdata, accounts->len);

  return g_steal_pointer (&self);
}

/**
 * pj_service_set_log_file:
 * @self: the service
 * @path: a file, made for its owner alone when it is missing
 * @error: return location; %PJ_PROBLEM_INTERNAL when nothing can be written
 *   there, errors of pj_session_log_try_file()
 *
 * Appends what is said to servers from here on, passwords left out, to a file.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_service_set_log_file (PjService *self, const char *path, GError **error)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!pj_session_log_try_file (path, error))
    return FALSE;

  g_free (self->log_path);
  self->log_path = g_strdup (path);

  return TRUE;
}

/* Settings and password may have been changed while Popinjay did not run, and
 * nothing here tells. The first refusal then says "later", the next the truth. */
static gboolean
has_worked (const PjStoredAccount *stored)
{
  return stored->last_success > 0 &&
         (stored->problem == NULL || !pj_problem_is_refusal (stored->problem));
}

static void
take_stored_account (PjService *self, const PjStoredAccount *stored)
{
  PjAccount *account = pj_service_find_account_by_id (self, stored->account_id);

  if (account == NULL)
    return;

  g_object_set (account, "last-success", stored->last_success, "messages", stored->messages,
                "octets", stored->octets, "has-uids", stored->has_uids, "problem", stored->problem,
                "has-worked", has_worked (stored), "authserv-id", stored->authserv_id, NULL);
}

/* Rows of an account that is no longer in the account file stay out. */
static GPtrArray *
list_owned_messages (PjService *self, GPtrArray *messages)
{
  GPtrArray *owned = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      if (pj_service_find_account_by_id (self, pj_message_get_account_id (message)) != NULL)
        g_ptr_array_add (owned, g_object_ref (message));
    }

  return owned;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  PjService *self = PJ_SERVICE (g_task_get_source_object (task));
  g_autoptr (PjStoreSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) owned = NULL;
  GError *error = NULL;

  snapshot = pj_store_load_finish (self->store, result, &error);
  if (snapshot == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < snapshot->accounts->len; i++)
    take_stored_account (self, g_ptr_array_index (snapshot->accounts, i));
  owned = list_owned_messages (self, snapshot->messages);
  pj_message_list_add (self->messages, owned);
  pj_sender_book_unref (self->senders);
  self->senders = g_steal_pointer (&snapshot->senders);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      pj_service_update_counts (self, account);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * pj_service_load_async:
 * @self: the service
 * @callback: (scope async): called when the lists are filled
 * @user_data: for @callback
 *
 * Reads what is remembered of the accounts and their messages.
 */
void
pj_service_load_async (PjService *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PJ_IS_SERVICE (self));

  task = g_task_new (self, self->stop, callback, user_data);
  g_task_set_source_tag (task, pj_service_load_async);
  pj_store_load_async (self->store, on_loaded, task);
}

/**
 * pj_service_load_finish:
 * @self: the service
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_INTERNAL
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_service_load_finish (PjService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjService) self = PJ_SERVICE (user_data);
  g_autoptr (GError) error = NULL;
  PjCheckReport *report = pj_check_run_finish (result, &error);

  /* The account has both the result and the error already. */
  if (report != NULL)
    pj_check_pool_drop (self->pool, report, (GDestroyNotify) pj_check_report_free);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Check: %s", error->message);
}

/**
 * pj_service_check_now:
 * @self: the service
 * @account: one of its accounts
 *
 * Starts a check unless one is running. How it went is told by the account's
 * properties.
 */
void
pj_service_check_now (PjService *self, PjAccount *account)
{
  g_return_if_fail (PJ_IS_SERVICE (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  if (g_cancellable_is_cancelled (self->stop) || pj_account_is_checking (account))
    return;

  pj_scheduler_forget (self->scheduler, pj_account_get_id (account));
  pj_check_run_async (self, account, NULL, on_check_ready, g_object_ref (self));
}

/**
 * pj_service_check_all:
 * @self: the service
 *
 * As pj_service_check_now(), for every account.
 */
void
pj_service_check_all (PjService *self)
{
  g_return_if_fail (PJ_IS_SERVICE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      pj_service_check_now (self, account);
    }
}

/**
 * pj_service_start_checking:
 * @self: the service
 *
 * Checks every account now and from here on at its interval.
 */
void
pj_service_start_checking (PjService *self)
{
  g_return_if_fail (PJ_IS_SERVICE (self));

  self->is_checking = TRUE;
  pj_service_check_all (self);
}

/**
 * pj_service_shut_down:
 * @self: the service
 *
 * Stops the schedule and cancels what is running.
 */
void
pj_service_shut_down (PjService *self)
{
  g_return_if_fail (PJ_IS_SERVICE (self));

  self->is_checking = FALSE;
  g_cancellable_cancel (self->stop);
}

/**
 * pj_service_find_account:
 * @self: the service
 * @name: the name that the user gave it
 *
 * Returns: (transfer none) (nullable): the account
 */
PjAccount *
pj_service_find_account (PjService *self, const char *name)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (g_strcmp0 (pj_account_get_name (account), name) == 0)
        return account; /* the list keeps it */
    }

  return NULL;
}

/**
 * pj_service_find_account_by_id:
 * @self: the service
 * @id: an account's id
 *
 * Returns: (transfer none) (nullable): the account
 */
PjAccount *
pj_service_find_account_by_id (PjService *self, const char *id)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (g_str_equal (pj_account_get_id (account), id))
        return account; /* the list keeps it */
    }

  return NULL;
}

/**
 * pj_service_find_message:
 * @self: the service
 * @account: one of its accounts
 * @uid: a UID in it
 *
 * Returns: (transfer none) (nullable): the message, if it is known
 */
PjMessage *
pj_service_find_message (PjService *self, PjAccount *account, const char *uid)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);
  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);

  return pj_message_list_find (self->messages, pj_account_get_id (account), uid);
}

/**
 * pj_service_get_protocol_log:
 * @self: the service
 * @account: an account, or a draft for one
 *
 * Returns: (transfer none) (nullable): what was said to its server, kept until
 *   it is removed; %NULL when the service has no account of its id
 */
PjProtocolLog *
pj_service_get_protocol_log (PjService *self, PjAccount *account)
{
  const char *id;
  PjProtocolLog *log;

  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);
  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);

  id = pj_account_get_id (account);
  if (pj_service_find_account_by_id (self, id) == NULL)
    return NULL;

  log = g_hash_table_lookup (self->logs, id);
  if (log == NULL)
    {
      log = pj_protocol_log_new ();
      g_hash_table_insert (self->logs, g_strdup (id), log);
    }

  return log;
}

/**
 * pj_service_get_profile:
 * @self: the service
 *
 * Returns: (transfer none): where everything lies
 */
PjProfile *
pj_service_get_profile (PjService *self)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);

  return self->profile;
}

/**
 * pj_service_get_settings:
 * @self: the service
 *
 * Returns: (transfer none): the settings
 */
PjSettings *
pj_service_get_settings (PjService *self)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);

  return self->settings;
}

/**
 * pj_service_get_secrets:
 * @self: the service
 *
 * Returns: (transfer none): where the passwords are
 */
PjSecretStore *
pj_service_get_secrets (PjService *self)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);

  return self->secrets;
}

/**
 * pj_service_get_accounts:
 * @self: the service
 *
 * Returns: (transfer none): the accounts, of #PjAccount
 */
GListModel *
pj_service_get_accounts (PjService *self)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);

  return G_LIST_MODEL (self->accounts);
}

/**
 * pj_service_get_messages:
 * @self: the service
 *
 * Returns: (transfer none): the messages of all accounts, of #PjMessage
 */
GListModel *
pj_service_get_messages (PjService *self)
{
  g_return_val_if_fail (PJ_IS_SERVICE (self), NULL);

  return G_LIST_MODEL (self->messages);
}
