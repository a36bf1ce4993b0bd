/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-window-private.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-account-edit.h"
#include "app/pj-delete-run.h"
#include "app/pj-problem-words.h"
#include "ui/pj-account-dialog.h"
#include "ui/pj-delete-summary.h"
#include "ui/pj-error-words.h"
#include "ui/pj-protocol-window.h"
#include "ui/pj-trust-question.h"

static void
on_check_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  pj_service_check_all (PJ_WINDOW (widget)->service);
}

static PjAccount *
find_account (PjWindow *self, GVariant *parameter)
{
  return pj_service_find_account_by_id (self->service, g_variant_get_string (parameter, NULL));
}

static void
on_check_mailbox_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  PjAccount *account = find_account (self, parameter);

  if (account != NULL)
    pj_service_check_now (self->service, account);
}

static void
on_add_mailbox_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (pj_account_dialog_new (GTK_WINDOW (self), self->service, NULL)));
}

static void
on_edit_mailbox_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  PjAccount *account = find_account (self, parameter);

  if (account != NULL)
    gtk_window_present (
        GTK_WINDOW (pj_account_dialog_new (GTK_WINDOW (self), self->service, account)));
}

static void
on_show_protocol_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  PjAccount *account = find_account (self, parameter);

  if (account != NULL)
    pj_protocol_window_present (GTK_WINDOW (self), self->service, account);
}

static void
say_error (PjWindow *self, const GError *error)
{
  g_autofree char *words = g_strdup_printf (
      "%s: %s", pj_problem_words_title (pj_error_words_get_code (error)), error->message);

  pj_window_say (self, words);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjWindow) self = PJ_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (pj_account_edit_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  say_error (self, error);
}

/* Asks a question with one dangerous answer, "go". */
static AdwMessageDialog *
new_question (PjWindow *self, const char *heading, const char *body, const char *go_label)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "go", go_label, NULL);
  adw_message_dialog_set_response_appearance (dialog, "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");

  return dialog;
}

static void
on_remove_response (AdwMessageDialog *dialog, const char *response, PjWindow *self)
{
  PjAccount *account = g_object_get_data (G_OBJECT (dialog), "account");

  if (g_str_equal (response, "go"))
    pj_account_edit_remove_async (self->service, account, self->closed, on_removed,
                                  g_object_ref (self));
}

static void
on_remove_mailbox_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  PjAccount *account = find_account (self, parameter);
  g_autofree char *heading = NULL;
  AdwMessageDialog *dialog;

  if (account == NULL)
    return;

  heading = g_strdup_printf (_ ("Remove the mailbox “%s”?"), pj_account_get_name (account));
  dialog = new_question (self, heading,
                         _ ("Popinjay forgets its settings, its password and what it has seen. "
                            "The mails stay on the server."),
                         _ ("_Remove"));
  g_object_set_data_full (G_OBJECT (dialog), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjWindow) self = PJ_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (pj_account_edit_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  say_error (self, error);
}

static void
on_trust_response (AdwMessageDialog *dialog, const char *response, PjWindow *self)
{
  PjAccount *account = g_object_get_data (G_OBJECT (dialog), "account");
  const char *shown = pj_trust_question_get_fingerprint (dialog);
  g_autoptr (PjAccount) draft = NULL;

  if (!g_str_equal (response, PJ_TRUST_QUESTION_YES))
    return;

  draft = pj_account_new_copy (account);
  g_object_set (draft, "pin", shown, "pin-summary",
                pj_problem_describe_certificate (pj_account_get_problem (account), shown), NULL);
  pj_account_edit_update_async (self->service, account, draft, NULL, self->closed, on_trusted,
                                g_object_ref (self));
}

static void
on_trust_certificate_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  PjAccount *account = find_account (self, parameter);
  PjProblem *problem = account != NULL ? pj_account_get_problem (account) : NULL;
  GtkWindow *dialog;

  /* It may have been solved since the button was drawn. */
  if (problem == NULL || pj_problem_get_fingerprint (problem) == NULL)
    return;

  dialog = pj_trust_question_new (GTK_WINDOW (self), account, pj_problem_get_detail (problem),
                                  pj_problem_get_fingerprint (problem));
  g_object_set_data_full (G_OBJECT (dialog), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_trust_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (dialog);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjWindow) self = PJ_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = pj_delete_run_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (receipts == NULL)
    {
      say_error (self, error);
      return;
    }

  words = pj_delete_summary_dup_words (receipts);
  pj_window_say (self, words);
}

static void
delete_in_account (PjWindow *self, const char *account_id, GPtrArray *messages)
{
  PjAccount *account = pj_service_find_account_by_id (self->service, account_id);
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();

  if (account == NULL)
    return;

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      if (g_str_equal (pj_message_get_account_id (message), account_id))
        g_ptr_array_add (uids, (char *) pj_message_get_uid (message));
    }
  g_ptr_array_add (uids, NULL);

  /* Not stopped when the window closes: half a deletion helps nobody. */
  pj_delete_run_async (self->service, account, (const char *const *) uids->pdata, NULL, on_deleted,
                       g_object_ref (self));
}

static void
on_delete_response (AdwMessageDialog *dialog, const char *response, PjWindow *self)
{
  GPtrArray *messages = g_object_get_data (G_OBJECT (dialog), "messages");
  g_autoptr (GHashTable) account_ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer account_id;

  if (!g_str_equal (response, "go"))
    return;

  for (guint i = 0; i < messages->len; i++)
    g_hash_table_add (account_ids,
                      (char *) pj_message_get_account_id (g_ptr_array_index (messages, i)));

  g_hash_table_iter_init (&iter, account_ids);
  while (g_hash_table_iter_next (&iter, &account_id, NULL))
    delete_in_account (self, account_id, messages);
}

static void
on_delete_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);
  g_autoptr (GPtrArray) messages = pj_message_view_dup_selected (self->view);
  g_autofree char *heading = NULL;
  AdwMessageDialog *dialog;

  if (messages->len == 0)
    return;

  heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u mail on the server?",
                                          "Delete %u mails on the server?", messages->len),
                             messages->len);
  dialog = new_question (self, heading, _ ("This cannot be undone."), _ ("_Delete"));
  g_object_set_data_full (G_OBJECT (dialog), "messages", g_steal_pointer (&messages),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_back_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjWindow *self = PJ_WINDOW (widget);

  if (!adw_leaflet_navigate (self->content, ADW_NAVIGATION_DIRECTION_BACK) &&
      adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/**
 * pj_window_install_actions:
 * @klass: the class of the window
 *
 * Installs what the menus, buttons and keys of the window do.
 */
void
pj_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.check", NULL, on_check_activated);
  gtk_widget_class_install_action (klass, "win.check-mailbox", "s", on_check_mailbox_activated);
  gtk_widget_class_install_action (klass, "win.add-mailbox", NULL, on_add_mailbox_activated);
  gtk_widget_class_install_action (klass, "win.edit-mailbox", "s", on_edit_mailbox_activated);
  gtk_widget_class_install_action (klass, "win.show-protocol", "s", on_show_protocol_activated);
  gtk_widget_class_install_action (klass, "win.remove-mailbox", "s", on_remove_mailbox_activated);
  gtk_widget_class_install_action (klass, "win.trust-certificate", "s",
                                   on_trust_certificate_activated);
  gtk_widget_class_install_action (klass, "win.delete", NULL, on_delete_activated);
  gtk_widget_class_install_action (klass, "win.back", NULL, on_back_activated);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "win.back", NULL);
}

/**
 * pj_window_update_actions:
 * @self: the window
 *
 * Makes unavailable what there is nothing to do with.
 */
void
pj_window_update_actions (PjWindow *self)
{
  const gboolean has_mailbox =
      g_list_model_get_n_items (pj_service_get_accounts (self->service)) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.check", has_mailbox);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete",
                                 pj_message_view_get_n_selected (self->view) > 0);
}
