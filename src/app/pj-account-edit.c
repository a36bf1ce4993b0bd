/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-account-edit.h"

#include "account/pj-account-file.h"
#include "app/pj-service-private.h"
#include "base/pj-tsan.h"

/*
 * Adding, changing and removing an account goes in three steps, so that a
 * failure leaves the one before: first the password store, then the account
 * file, and only when both have agreed the list that everybody looks at.
 */
typedef struct
{
  PjService *service;
  PjAccount *account; /* in the list; NULL when adding */
  PjAccount *draft;   /* what it shall be; NULL when removing */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_clear_object (&edit->draft);
  g_clear_object (&edit->account);
  g_clear_object (&edit->service);
  g_free (edit);
}

/* Step three. */
static void
apply (Edit *edit)
{
  GListStore *accounts = edit->service->accounts;
  guint position;

  if (edit->account == NULL)
    {
      g_list_store_append (accounts, edit->draft);
      pj_service_note_settings (edit->service, edit->draft);
    }
  else if (edit->draft != NULL)
    {
      pj_account_take_settings (edit->account, edit->draft);
      pj_service_note_settings (edit->service, edit->account);
    }
  else if (g_list_store_find (accounts, edit->account, &position))
    {
      g_list_store_remove (accounts, position);
      pj_service_forget_account (edit->service, edit->account);
    }
}

static void
on_file_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  PJ_TAKE_OVER (result);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  apply (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

typedef struct
{
  char *path;
  GListStore *accounts; /* copies that only the writing thread looks at */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->path);
  g_object_unref (writing->accounts);
  g_free (writing);
}

/* A thread of GIO's: the file is synced to the disk, which may take a while. */
static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError *error = NULL;
  gboolean is_saved;

  PJ_TAKE_OVER (task);
  is_saved = pj_account_file_save (writing->path, G_LIST_MODEL (writing->accounts), &error);
  PJ_HAND_OVER (task);
  if (is_saved)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The accounts as they will be, each a copy. */
static GListStore *
copy_accounts (Edit *edit)
{
  GListModel *accounts = pj_service_get_accounts (edit->service);
  GListStore *copies = g_list_store_new (PJ_TYPE_ACCOUNT);
  g_autoptr (PjAccount) added = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);
      PjAccount *settings = account == edit->account ? edit->draft : account;
      g_autoptr (PjAccount) copy = settings != NULL ? pj_account_new_copy (settings) : NULL;

      if (copy != NULL)
        g_list_store_append (copies, copy);
    }
  if (edit->account == NULL)
    {
      added = pj_account_new_copy (edit->draft);
      g_list_store_append (copies, added);
    }

  return copies;
}

/* Step two. */
static void
save_file (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GTask) writer = g_task_new (NULL, NULL, on_file_saved, g_object_ref (task));
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_strdup (pj_profile_get_account_file (pj_service_get_profile (edit->service)));
  writing->accounts = copy_accounts (edit);
  g_task_set_task_data (writer, writing, writing_free);
  PJ_HAND_OVER (writer);
  g_task_run_in_thread (writer, write_file);
}

static void
on_secret_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (pj_secret_store_save_finish (PJ_SECRET_STORE (source), result, &error))
    save_file (task);
  else
    g_task_return_error (task, error);
}

static void
on_secret_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (pj_secret_store_clear_finish (PJ_SECRET_STORE (source), result, &error))
    save_file (task);
  else
    g_task_return_error (task, error);
}

static GTask *
new_task (PjService *service,
          PjAccount *account,
          PjAccount *draft,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Edit *edit = g_new0 (Edit, 1);

  edit->service = g_object_ref (service);
  edit->account = account != NULL ? g_object_ref (account) : NULL;
  edit->draft = draft != NULL ? g_object_ref (draft) : NULL;
  g_task_set_source_tag (task, pj_account_edit_finish);
  g_task_set_task_data (task, edit, edit_free);

  return task;
}

/* @account: (nullable): whose settings @draft replaces */
static gboolean
check_draft (PjService *service, PjAccount *account, PjAccount *draft, GError **error)
{
  PjAccount *other;

  if (!pj_account_is_valid (draft, error))
    return FALSE;

  other = pj_service_find_account (service, pj_account_get_name (draft));
  if (other == NULL || other == account)
    return TRUE;

  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
               "There is already a mailbox with the name “%s”", pj_account_get_name (draft));
  return FALSE;
}

static void
save_secret (GTask *task, PjSecret *secret, GCancellable *cancellable)
{
  Edit *edit = g_task_get_task_data (task);

  pj_secret_store_save_async (pj_service_get_secrets (edit->service), edit->draft, secret,
                              cancellable, on_secret_saved, g_object_ref (task));
}

static void
on_old_secret_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (PjSecret) secret = NULL;
  g_autoptr (GError) error = NULL;

  secret = pj_secret_store_lookup_finish (PJ_SECRET_STORE (source), result, &error);
  if (secret != NULL)
    save_secret (task, secret, NULL);
  else if (g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH))
    save_file (task); /* there was none to keep */
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A password is stored for one user at one server. Who corrects the name of
 * either and types no other password means the one there is. */
static gboolean
must_move_secret (Edit *edit)
{
  return edit->account != NULL && pj_account_get_password_command (edit->draft) == NULL &&
         (g_strcmp0 (pj_account_get_server (edit->account), pj_account_get_server (edit->draft)) !=
              0 ||
          g_strcmp0 (pj_account_get_user (edit->account), pj_account_get_user (edit->draft)) != 0);
}

static void
start (GTask *task, PjSecret *secret, GCancellable *cancellable)
{
  Edit *edit = g_task_get_task_data (task);

  if (secret != NULL)
    save_secret (task, secret, cancellable);
  else if (must_move_secret (edit))
    pj_secret_store_lookup_async (pj_service_get_secrets (edit->service), edit->account,
                                  cancellable, on_old_secret_ready, g_object_ref (task));
  else
    save_file (task);
}

static void
start_if_valid (GTask *task, PjSecret *secret, GCancellable *cancellable)
{
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (check_draft (edit->service, edit->account, edit->draft, &error))
    start (task, secret, cancellable);
  else
    g_task_return_error (task, error);
}

/**
 * pj_account_edit_add_async:
 * @service: the service
 * @draft: the account to be
 * @secret: (nullable): its password; %NULL when it has a password command
 * @cancellable: (nullable): stops it before anything is saved
 * @callback: (scope async): called when it is in the list or not
 * @user_data: for @callback
 *
 * Saves password and settings, then puts @draft into the list.
 */
void
pj_account_edit_add_async (PjService *service,
                           PjAccount *draft,
                           PjSecret *secret,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (draft));

  task = new_task (service, NULL, draft, callback, user_data);
  start_if_valid (task, secret, cancellable);
}

/**
 * pj_account_edit_update_async:
 * @service: the service
 * @account: one of its accounts
 * @draft: what it shall be; made with pj_account_new_copy()
 * @secret: (nullable): its new password; %NULL to keep the one there is
 * @cancellable: (nullable): stops it before anything is saved
 * @callback: (scope async): called when it has changed or not
 * @user_data: for @callback
 *
 * Saves password and settings, then changes @account.
 */
void
pj_account_edit_update_async (PjService *service,
                              PjAccount *account,
                              PjAccount *draft,
                              PjSecret *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (PJ_IS_ACCOUNT (draft));

  task = new_task (service, account, draft, callback, user_data);
  start_if_valid (task, secret, cancellable);
}

/**
 * pj_account_edit_remove_async:
 * @service: the service
 * @account: one of its accounts
 * @cancellable: (nullable): stops it before anything is removed
 * @callback: (scope async): called when it is gone or not
 * @user_data: for @callback
 *
 * Removes an account, its password and what is remembered of its messages.
 * Nothing happens on the server.
 */
void
pj_account_edit_remove_async (PjService *service,
                              PjAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  task = new_task (service, account, NULL, callback, user_data);
  pj_secret_store_clear_async (pj_service_get_secrets (service), pj_account_get_id (account),
                               cancellable, on_secret_cleared, g_object_ref (task));
}

/**
 * pj_account_edit_finish:
 * @result: what the callback of any of the three was given
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE with @error set and the list as it was
 */
gboolean
pj_account_edit_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_account_edit_finish), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
