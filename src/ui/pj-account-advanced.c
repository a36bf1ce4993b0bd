/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-account-advanced.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-sign-in.h"
#include "ui/pj-certificate-row.h"
#include "ui/pj-pin-row.h"
#include "ui/pj-ui-resources.h"

#define SECONDS_PER_MINUTE 60

/**
 * PjAccountAdvanced:
 *
 * The settings of a mailbox that most people never need, folded away. `changed`
 * says that one changed which a login depends on. Main thread.
 */
struct _PjAccountAdvanced
{
  AdwExpanderRow parent_instance;

  /* Template children */
  GtkSpinButton *interval_spin;
  AdwComboRow *mechanism_row;
  GtkEditable *command_row;
  GtkEditable *token_row;
  PjPinRow *pin_row;
  PjCertificateRow *ca_file_row;
  PjCertificateRow *client_certificate_row;
  GtkSwitch *fetch_whole_switch;
  AdwActionRow *verifier_row;
};

G_DEFINE_FINAL_TYPE (PjAccountAdvanced, pj_account_advanced, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_row_changed (PjAccountAdvanced *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_text (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

static char *
dup_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
list_mechanisms (PjAccountAdvanced *self)
{
  g_auto (GStrv) names = pj_sign_in_list_mechanisms ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("The best that the server has"));
  gtk_string_list_splice (list, 1, 0, (const char *const *) names);
  adw_combo_row_set_model (self->mechanism_row, G_LIST_MODEL (list));
}

static void
select_mechanism (PjAccountAdvanced *self, const char *name)
{
  g_auto (GStrv) names = pj_sign_in_list_mechanisms ();

  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        adw_combo_row_set_selected (self->mechanism_row, i + 1);
    }
}

/* Returns: (nullable): the mechanism to keep to; NULL for the best */
static const char *
get_mechanism (PjAccountAdvanced *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->mechanism_row);

  return adw_combo_row_get_selected (self->mechanism_row) > 0 ? gtk_string_object_get_string (item)
                                                              : NULL;
}

/* Learned from the mails themselves, so there is nothing to choose, and nothing
 * to show of a mailbox that is only being added. */
static void
show_verifier (PjAccountAdvanced *self, const char *authserv_id)
{
  adw_action_row_set_subtitle (self->verifier_row,
                               authserv_id != NULL ? authserv_id
                                                   : _ ("Not known yet: too few mails name one"));
  gtk_widget_set_visible (GTK_WIDGET (self->verifier_row), TRUE);
}

static void
pj_account_advanced_class_init (PjAccountAdvancedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", PJ_TYPE_ACCOUNT_ADVANCED, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PJ_TYPE_CERTIFICATE_ROW);
  g_type_ensure (PJ_TYPE_PIN_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-account-advanced.ui");
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, interval_spin);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, mechanism_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, command_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, token_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, pin_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, ca_file_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, client_certificate_row);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, fetch_whole_switch);
  gtk_widget_class_bind_template_child (widget_class, PjAccountAdvanced, verifier_row);
  gtk_widget_class_bind_template_callback (widget_class, on_row_changed);
}

static void
pj_account_advanced_init (PjAccountAdvanced *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  list_mechanisms (self);
}

/**
 * pj_account_advanced_show:
 * @self: the rows
 * @account: whose settings to show
 */
void
pj_account_advanced_show (PjAccountAdvanced *self, PjAccount *account)
{
  g_return_if_fail (PJ_IS_ACCOUNT_ADVANCED (self));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  select_mechanism (self, pj_account_get_mechanism (account));
  set_text (self->command_row, pj_account_get_password_command (account));
  set_text (self->token_row, pj_account_get_token_command (account));
  pj_pin_row_set_pin (self->pin_row, pj_account_get_pin (account),
                      pj_account_get_pin_summary (account));
  pj_certificate_row_set_path (self->ca_file_row, pj_account_get_ca_file (account));
  pj_certificate_row_set_path (self->client_certificate_row,
                               pj_account_get_client_certificate (account));
  gtk_spin_button_set_value (self->interval_spin,
                             pj_account_get_interval_s (account) / SECONDS_PER_MINUTE);
  gtk_switch_set_active (self->fetch_whole_switch, pj_account_may_fetch_whole (account));
  show_verifier (self, pj_account_get_authserv_id (account));
}

/**
 * pj_account_advanced_apply:
 * @self: the rows
 * @draft: an account, which gets the settings that are shown
 */
void
pj_account_advanced_apply (PjAccountAdvanced *self, PjAccount *draft)
{
  g_autofree char *command = NULL;
  g_autofree char *token_command = NULL;

  g_return_if_fail (PJ_IS_ACCOUNT_ADVANCED (self));
  g_return_if_fail (PJ_IS_ACCOUNT (draft));

  command = dup_text (self->command_row);
  token_command = dup_text (self->token_row);
  g_object_set (draft, "mechanism", get_mechanism (self), "password-command", command,
                "token-command", token_command, "pin", pj_pin_row_get_pin (self->pin_row),
                "pin-summary", pj_pin_row_get_summary (self->pin_row), "ca-file",
                pj_certificate_row_get_path (self->ca_file_row), "client-certificate",
                pj_certificate_row_get_path (self->client_certificate_row), "interval-s",
                (guint) gtk_spin_button_get_value_as_int (self->interval_spin) * SECONDS_PER_MINUTE,
                "may-fetch-whole", gtk_switch_get_active (self->fetch_whole_switch), NULL);
}

/**
 * pj_account_advanced_get_sign_in_row:
 * @self: the rows
 *
 * Returns: (transfer none): where the way to sign in is chosen
 */
GtkWidget *
pj_account_advanced_get_sign_in_row (PjAccountAdvanced *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT_ADVANCED (self), NULL);

  return GTK_WIDGET (self->mechanism_row);
}

/**
 * pj_account_advanced_trust:
 * @self: the rows
 * @fingerprint: SHA-256 of the one certificate to trust from here on
 *
 * Unfolds, so that it is seen.
 */
void
pj_account_advanced_trust (PjAccountAdvanced *self, const char *fingerprint)
{
  g_return_if_fail (PJ_IS_ACCOUNT_ADVANCED (self));
  g_return_if_fail (fingerprint != NULL);

  pj_pin_row_set_pin (self->pin_row, fingerprint, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

/**
 * pj_account_advanced_note_certificate:
 * @self: the rows
 * @summary: (nullable): what the certificate says of itself that a login has
 *   accepted
 *
 * Keeps it with the fingerprint, where one certificate is trusted.
 */
void
pj_account_advanced_note_certificate (PjAccountAdvanced *self, const char *summary)
{
  const char *pin;

  g_return_if_fail (PJ_IS_ACCOUNT_ADVANCED (self));

  pin = pj_pin_row_get_pin (self->pin_row);
  if (pin != NULL)
    pj_pin_row_set_pin (self->pin_row, pin, summary);
}
