/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-account-edit"

#include "app/pj-account-edit.h"

#include "account/pj-account-writer.h"
#include "app/pj-service-private.h"

/*
 * Adding and changing an account goes in three steps, so that a failure
 * leaves the one before: first the password store, then the account file, and
 * only when both have agreed the list that everybody looks at. Removing goes
 * the other way, file, list, password store: an account that stays keeps its
 * password.
 */
typedef struct
{
  /* Owned */
  PjService *service;
  PjAccount *account;        /* in the list; NULL when adding */
  PjAccount *draft;          /* what it shall be; NULL when removing */
  GCancellable *cancellable; /* NULL: it may not be stopped */
  GError *error;             /* why it failed, while the password is taken back */

  /* Plain */
  gboolean has_saved_secret;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_clear_error (&edit->error);
  g_clear_object (&edit->cancellable);
  g_clear_object (&edit->draft);
  g_clear_object (&edit->account);
  g_clear_object (&edit->service);
  g_free (edit);
}

static void
on_secret_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!pj_secret_store_clear_finish (PJ_SECRET_STORE (source), result, &error))
    g_warning ("A password stays stored for no account: %s", error->message);

  g_task_return_error (task, g_steal_pointer (&edit->error));
}

/* @error: (transfer full): why nothing is in the file */
static void
fail (GTask *task, GError *error)
{
  Edit *edit = g_task_get_task_data (task);

  if (edit->account != NULL || !edit->has_saved_secret)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Nobody else knows the new account's id, to find its password by. */
  edit->error = error;
  pj_secret_store_clear_async (pj_service_get_secrets (edit->service),
                               pj_account_get_id (edit->draft), NULL, on_secret_taken_back,
                               g_object_ref (task));
}

static void
list_draft (Edit *edit)
{
  /* An impatient click may have asked twice before the first was done. */
  if (pj_service_find_account_by_id (edit->service, pj_account_get_id (edit->draft)) != NULL)
    return;

  g_list_store_append (edit->service->accounts, edit->draft);
  pj_service_note_settings (edit->service, edit->draft);
}

static void
unlist_account (Edit *edit)
{
  guint position;

  if (!g_list_store_find (edit->service->accounts, edit->account, &position))
    return;

  g_list_store_remove (edit->service->accounts, position);
  pj_service_forget_account (edit->service, edit->account);
}

/* Whether the server takes what is new is not known yet. */
static void
change_account (Edit *edit)
{
  if (edit->has_saved_secret || !pj_account_signs_in_like (edit->account, edit->draft))
    g_object_set (edit->account, "has-worked", FALSE, NULL);

  pj_account_take_settings (edit->account, edit->draft);
  pj_service_note_settings (edit->service, edit->account);
}

static void
on_secret_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (pj_secret_store_clear_finish (PJ_SECRET_STORE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_prefix_error (&error, "The mailbox is removed, but its password is still stored: ");
  g_task_return_error (task, error);
}

static void
apply (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);

  if (edit->draft == NULL)
    {
      unlist_account (edit);
      /* No cancellable: a window that closes now must not leave it behind. */
      pj_secret_store_clear_async (pj_service_get_secrets (edit->service),
                                   pj_account_get_id (edit->account), NULL, on_secret_cleared,
                                   g_object_ref (task));
      return;
    }

  if (edit->account == NULL)
    list_draft (edit);
  else
    change_account (edit);
  g_task_return_boolean (task, TRUE);
}

static void
on_file_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (pj_account_writer_finish (result, &error))
    apply (task);
  else
    fail (task, error);
}

static void
write_file (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);
  const char *path = pj_profile_get_account_file (pj_service_get_profile (edit->service));
  GCancellable *cancellable = edit->has_saved_secret ? NULL : edit->cancellable;

  if (edit->draft != NULL)
    pj_account_writer_put_async (path, edit->draft, cancellable, on_file_written,
                                 g_object_ref (task));
  else
    pj_account_writer_remove_async (path, pj_account_get_id (edit->account), cancellable,
                                    on_file_written, g_object_ref (task));
}

static void
on_secret_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  edit->has_saved_secret = pj_secret_store_save_finish (PJ_SECRET_STORE (source), result, &error);
  if (edit->has_saved_secret)
    write_file (task);
  else
    fail (task, error);
}

static GTask *
new_task (PjService *service,
          PjAccount *account,
          PjAccount *draft,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Edit *edit = g_new0 (Edit, 1);

  edit->service = g_object_ref (service);
  edit->account = account != NULL ? g_object_ref (account) : NULL;
  edit->draft = draft != NULL ? g_object_ref (draft) : NULL;
  edit->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
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
save_secret (GTask *task, PjSecret *secret)
{
  Edit *edit = g_task_get_task_data (task);

  pj_secret_store_save_async (pj_service_get_secrets (edit->service), edit->draft, secret,
                              edit->cancellable, on_secret_saved, g_object_ref (task));
}

static void
on_old_secret_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (PjSecret) secret = NULL;
  g_autoptr (GError) error = NULL;

  secret = pj_secret_store_lookup_finish (PJ_SECRET_STORE (source), result, &error);
  if (secret != NULL)
    save_secret (task, secret);
  else if (g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH))
    write_file (task); /* there was none to keep */
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A password is stored for one user at one server. Who corrects the name of
 * either and types no other password means the one there is. */
static gboolean
must_move_secret (Edit *edit)
{
  return edit->account != NULL && pj_account_get_password_command (edit->draft) == NULL &&
         pj_account_needs_password (edit->draft) &&
         (g_strcmp0 (pj_account_get_server (edit->account), pj_account_get_server (edit->draft)) !=
              0 ||
          g_strcmp0 (pj_account_get_user (edit->account), pj_account_get_user (edit->draft)) != 0);
}

static void
start (GTask *task, PjSecret *secret)
{
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (!check_draft (edit->service, edit->account, edit->draft, &error))
    g_task_return_error (task, error);
  else if (secret != NULL)
    save_secret (task, secret);
  else if (must_move_secret (edit))
    pj_secret_store_lookup_async (pj_service_get_secrets (edit->service), edit->account,
                                  edit->cancellable, on_old_secret_ready, g_object_ref (task));
  else
    write_file (task);
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

  task = new_task (service, NULL, draft, cancellable, callback, user_data);
  start (task, secret);
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

  task = new_task (service, account, draft, cancellable, callback, user_data);
  start (task, secret);
}

/**
 * pj_account_edit_remove_async:
 * @service: the service
 * @account: one of its accounts
 * @cancellable: (nullable): stops it before anything is removed
 * @callback: (scope async): called when it is gone or not
 * @user_data: for @callback
 *
 * Removes an account, what is remembered of its messages and its password, in
 * this order. Nothing happens on the server.
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

  task = new_task (service, account, NULL, cancellable, callback, user_data);
  write_file (task);
}

/**
 * pj_account_edit_finish:
 * @result: what the callback of any of the three was given
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE with @error set and file and list as they were; except that
 *   an account whose password could not be cleared is gone all the same
 */
gboolean
pj_account_edit_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_account_edit_finish), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
