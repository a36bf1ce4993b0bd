/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-account-dialog.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-account-edit.h"
#include "app/pj-login-run.h"
#include "app/pj-problem-words.h"
#include "ui/pj-account-advanced.h"
#include "ui/pj-account-form.h"
#include "ui/pj-error-words.h"
#include "ui/pj-trust-question.h"
#include "ui/pj-ui-resources.h"

/**
 * PjAccountDialog:
 *
 * Describes a mailbox to add, or edits one. Tries the login when asked to,
 * saves when the form has no fault. Closing it stops what is under way. Main
 * thread.
 */
struct _PjAccountDialog
{
  AdwWindow parent_instance;

  /* Template children */
  GtkWidget *save_button;
  AdwPreferencesGroup *address_group;
  GtkEditable *address_row;
  GtkEditable *name_row;
  GtkEditable *server_row;
  AdwComboRow *security_row;
  GtkEditable *port_row;
  GtkWidget *plain_warning;
  GtkEditable *user_row;
  GtkEditable *password_row;
  PjAccountAdvanced *advanced;
  GtkButton *test_button;
  GtkSpinner *test_spinner;
  GtkWidget *result_box;
  GtkImage *result_icon;
  GtkLabel *result_title;
  GtkLabel *result_text;
  GtkWidget *trust_button;

  /* Owned */
  PjService *service;
  PjAccount *account; /* NULL: a mailbox to add */
  char *address;      /* from which fields were guessed last */
  GError *distrust; /* why the test did not accept a certificate; NULL: it did, or none was seen */
  GCancellable *test; /* NULL: no test is running */
  GCancellable *save; /* NULL: not saving */

  /* Plain */
  PjSecurity security; /* that the port was last chosen for */
};

G_DEFINE_FINAL_TYPE (PjAccountDialog, pj_account_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
show_result (PjAccountDialog *self, const char *icon_name, const char *title, const char *text)
{
  gtk_image_set_from_icon_name (self->result_icon, icon_name);
  gtk_label_set_text (self->result_title, title);
  gtk_label_set_text (self->result_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_text), *text != '\0');
  gtk_widget_set_visible (self->trust_button, FALSE);
  gtk_widget_set_visible (self->result_box, TRUE);
}

static void
show_error (PjAccountDialog *self, const GError *error)
{
  g_autofree char *advice = pj_error_words_dup_advice (error);

  show_result (self, "dialog-warning-symbolic",
               pj_problem_words_title (pj_error_words_get_code (error)), advice);
}

static void
stop_test (PjAccountDialog *self)
{
  g_cancellable_cancel (self->test);
  g_clear_object (&self->test);
  gtk_spinner_set_spinning (self->test_spinner, FALSE);
  gtk_button_set_label (self->test_button, _ ("Test"));
}

static GtkWidget *
get_row (PjAccountDialog *self, PjAccountFormField field)
{
  switch (field)
    {
    case PJ_ACCOUNT_FORM_NAME:
      return GTK_WIDGET (self->name_row);
    case PJ_ACCOUNT_FORM_SERVER:
      return GTK_WIDGET (self->server_row);
    case PJ_ACCOUNT_FORM_PORT:
      return GTK_WIDGET (self->port_row);
    case PJ_ACCOUNT_FORM_USER:
      return GTK_WIDGET (self->user_row);
    case PJ_ACCOUNT_FORM_SIGN_IN:
      return pj_account_advanced_get_sign_in_row (self->advanced);
    case PJ_ACCOUNT_FORM_NOTHING:
    default:
      return NULL;
    }
}

/* What was said of the form as it was says nothing of the form as it is. */
static void
on_form_changed (PjAccountDialog *self)
{
  stop_test (self);
  gtk_widget_set_visible (self->result_box, FALSE);
  for (int field = PJ_ACCOUNT_FORM_NAME; field <= PJ_ACCOUNT_FORM_SIGN_IN; field++)
    gtk_widget_remove_css_class (get_row (self, (PjAccountFormField) field), "error");
}

static gboolean
is_name_taken (PjAccountDialog *self, const char *name)
{
  PjAccount *other = pj_service_find_account (self->service, name);

  return other != NULL && other != self->account;
}

static gboolean
check_form (PjAccountDialog *self)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *server = dup_text (self->server_row);
  g_autofree char *port = dup_text (self->port_row);
  g_autofree char *user = dup_text (self->user_row);
  g_autoptr (PjAccount) sign_in = pj_account_new (NULL);
  PjAccountForm form = { .name = name, .server = server, .port = port, .user = user };
  PjAccountFormField field;
  const char *words;
  GtkWidget *row;

  pj_account_advanced_apply (self->advanced, sign_in);
  form.mechanism = pj_account_get_mechanism (sign_in);
  form.password_command = pj_account_get_password_command (sign_in);
  form.token_command = pj_account_get_token_command (sign_in);
  form.client_certificate = pj_account_get_client_certificate (sign_in);
  field = pj_account_form_find_fault (&form, &words);

  if (field == PJ_ACCOUNT_FORM_NOTHING && is_name_taken (self, name))
    {
      field = PJ_ACCOUNT_FORM_NAME;
      words = _ ("Another mailbox has this name.");
    }
  if (field == PJ_ACCOUNT_FORM_NOTHING)
    return TRUE;

  if (field == PJ_ACCOUNT_FORM_SIGN_IN)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->advanced), TRUE);
  row = get_row (self, field);
  gtk_widget_add_css_class (row, "error");
  gtk_widget_grab_focus (row);
  show_result (self, "dialog-warning-symbolic", words, "");

  return FALSE;
}

static PjAccount *
new_draft (PjAccountDialog *self)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *server = dup_text (self->server_row);
  g_autofree char *port = dup_text (self->port_row);
  g_autofree char *user = dup_text (self->user_row);
  PjAccount *draft =
      self->account != NULL ? pj_account_new_copy (self->account) : pj_account_new (NULL);

  g_object_set (draft, "name", name, "server", server, "port",
                (guint) pj_account_form_parse_port (port), "security",
                (PjSecurity) adw_combo_row_get_selected (self->security_row), "user", user, NULL);
  pj_account_advanced_apply (self->advanced, draft);

  return draft;
}

/* Returns: (nullable): NULL when none was typed, which for a known mailbox
 * means the one that is stored */
static PjSecret *
new_secret (PjAccountDialog *self)
{
  const char *text = gtk_editable_get_text (self->password_row);

  return *text != '\0' ? pj_secret_new (text) : NULL;
}

/* What the form is about and the certificate that its test met stay together:
 * any change of the form takes the offer away. */
static void
offer_trust (PjAccountDialog *self, const GError *error)
{
  g_clear_error (&self->distrust);
  if (pj_problem_error_get_fingerprint (error) == NULL)
    return;

  self->distrust = g_error_copy (error);
  gtk_widget_set_visible (self->trust_button, TRUE);
}

static void
on_login_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjAccountDialog) self = PJ_ACCOUNT_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *words = NULL;
  guint messages;
  const gboolean ok = pj_login_run_finish (result, &messages, &certificate, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->test == NULL)
    return;

  stop_test (self);
  if (!ok)
    {
      show_error (self, error);
      offer_trust (self, error);
      return;
    }

  pj_account_advanced_note_certificate (self->advanced, certificate);
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It works: %u mail lies there.",
                                        "It works: %u mails lie there.", messages),
                           messages);
  show_result (self, "emblem-ok-symbolic", words, "");
}

static void
on_test_clicked (GtkButton *button, PjAccountDialog *self)
{
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (PjSecret) secret = NULL;

  if (self->test != NULL)
    {
      stop_test (self);
      return;
    }

  on_form_changed (self);
  if (!check_form (self))
    return;

  draft = new_draft (self);
  secret = new_secret (self);
  self->test = g_cancellable_new ();
  gtk_spinner_set_spinning (self->test_spinner, TRUE);
  gtk_button_set_label (self->test_button, _ ("Stop test"));
  pj_login_run_async (self->service, draft, secret, self->test, on_login_ready,
                      g_object_ref (self));
}

static void
on_trust_response (AdwMessageDialog *question, const char *response, PjAccountDialog *self)
{
  if (!g_str_equal (response, PJ_TRUST_QUESTION_YES))
    return;

  pj_account_advanced_trust (self->advanced, pj_trust_question_get_fingerprint (question));
  on_test_clicked (self->test_button, self);
}

static void
on_trust_clicked (GtkButton *button, PjAccountDialog *self)
{
  g_autoptr (PjAccount) draft = new_draft (self);
  GtkWindow *question = pj_trust_question_new (GTK_WINDOW (self), draft, self->distrust->message,
                                               pj_problem_error_get_fingerprint (self->distrust));

  g_signal_connect_object (question, "response", G_CALLBACK (on_trust_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (question);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjAccountDialog) self = PJ_ACCOUNT_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  const gboolean ok = pj_account_edit_finish (result, &error);

  /* What is being written is written to the end, even when the dialog has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->save == NULL)
    return;

  g_clear_object (&self->save);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (!ok)
    {
      show_error (self, error);
      return;
    }

  gtk_window_close (GTK_WINDOW (self));
}

static void
on_save_clicked (GtkButton *button, PjAccountDialog *self)
{
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (PjSecret) secret = NULL;

  on_form_changed (self);
  if (!check_form (self))
    return;

  draft = new_draft (self);
  secret = new_secret (self);
  self->save = g_cancellable_new ();
  gtk_widget_set_sensitive (self->save_button, FALSE);
  if (self->account != NULL)
    pj_account_edit_update_async (self->service, self->account, draft, secret, self->save, on_saved,
                                  g_object_ref (self));
  else
    pj_account_edit_add_async (self->service, draft, secret, self->save, on_saved,
                               g_object_ref (self));
}

/* A field that still holds the last guess takes the next; what the user typed stays. */
static void
follow_guess (GtkEditable *row, const char *last_guess, const char *guess)
{
  if (g_str_equal (gtk_editable_get_text (row), last_guess))
    gtk_editable_set_text (row, guess);
}

static void
on_address_changed (GtkEditable *row, PjAccountDialog *self)
{
  g_autofree char *address = dup_text (self->address_row);
  g_autofree char *last_server = pj_account_form_guess_server (self->address);
  g_autofree char *server = pj_account_form_guess_server (address);

  follow_guess (self->name_row, self->address, address);
  follow_guess (self->user_row, self->address, address);
  follow_guess (self->server_row, last_server, server);
  g_free (self->address);
  self->address = g_steal_pointer (&address);
}

static void
on_security_changed (AdwComboRow *row, GParamSpec *pspec, PjAccountDialog *self)
{
  const PjSecurity security = (PjSecurity) adw_combo_row_get_selected (row);
  g_autofree char *last_port =
      g_strdup_printf ("%u", pj_security_get_default_port (self->security));
  g_autofree char *port = g_strdup_printf ("%u", pj_security_get_default_port (security));

  follow_guess (self->port_row, last_port, port);
  self->security = security;
  gtk_widget_set_visible (self->plain_warning, security == PJ_SECURITY_NONE);
  on_form_changed (self);
}

static void
set_text (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

static void
fill (PjAccountDialog *self)
{
  g_autofree char *port = g_strdup_printf ("%u", pj_account_get_port (self->account));

  gtk_window_set_title (GTK_WINDOW (self), _ ("Edit mailbox"));
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), FALSE);
  adw_preferences_group_set_description (self->address_group, NULL);
  set_text (self->name_row, pj_account_get_name (self->account));
  set_text (self->server_row, pj_account_get_server (self->account));
  set_text (self->user_row, pj_account_get_user (self->account));
  adw_combo_row_set_selected (self->security_row, pj_account_get_security (self->account));
  set_text (self->port_row, port);
  pj_account_advanced_show (self->advanced, self->account);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row),
                                 _ ("Password (empty: as stored)"));
}

static void
pj_account_dialog_dispose (GObject *object)
{
  PjAccountDialog *self = PJ_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->test);
  g_cancellable_cancel (self->save);
  g_clear_object (&self->test);
  g_clear_object (&self->save);
  g_clear_object (&self->service);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (pj_account_dialog_parent_class)->dispose (object);
}

static void
pj_account_dialog_finalize (GObject *object)
{
  PjAccountDialog *self = PJ_ACCOUNT_DIALOG (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_error (&self->distrust);

  G_OBJECT_CLASS (pj_account_dialog_parent_class)->finalize (object);
}

static gboolean
pj_account_dialog_close_request (GtkWindow *window)
{
  PjAccountDialog *self = PJ_ACCOUNT_DIALOG (window);

  stop_test (self);
  g_cancellable_cancel (self->save);

  return GTK_WINDOW_CLASS (pj_account_dialog_parent_class)->close_request (window);
}

static void
pj_account_dialog_class_init (PjAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pj_account_dialog_dispose;
  object_class->finalize = pj_account_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = pj_account_dialog_close_request;

  g_type_ensure (PJ_TYPE_ACCOUNT_ADVANCED);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, address_group);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, security_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, port_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, plain_warning);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, advanced);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, result_box);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, result_icon);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, result_title);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, result_text);
  gtk_widget_class_bind_template_child (widget_class, PjAccountDialog, trust_button);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_test_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_trust_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_security_changed);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
pj_account_dialog_init (PjAccountDialog *self)
{
  self->address = g_strdup ("");
  self->security = PJ_SECURITY_TLS;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_account_dialog_new:
 * @parent: the window that it belongs to
 * @service: where the mailbox is added or changed
 * @account: (nullable): the mailbox to edit; %NULL to add one
 *
 * Returns: (transfer none): the dialog, to be presented; GTK owns it
 */
GtkWidget *
pj_account_dialog_new (GtkWindow *parent, PjService *service, PjAccount *account)
{
  PjAccountDialog *self;

  g_return_val_if_fail (PJ_IS_SERVICE (service), NULL);
  g_return_val_if_fail (account == NULL || PJ_IS_ACCOUNT (account), NULL);

  self = g_object_new (PJ_TYPE_ACCOUNT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  self->service = g_object_ref (service);
  g_set_object (&self->account, account);
  if (account != NULL)
    fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (account != NULL ? self->name_row : self->address_row));

  return GTK_WIDGET (self);
}
