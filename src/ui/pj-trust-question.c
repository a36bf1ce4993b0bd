/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-trust-question.h"

#include <string.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/*
 * Asks whether a certificate that was not accepted is to be trusted for one
 * mailbox: exactly that one, from then on no other. Main thread.
 */

#define FINGERPRINT_KEY "pj-fingerprint"

/* Half a fingerprint. */
#define FINGERPRINT_CHARS 48

/* Returns: (transfer full): @text without the fingerprint behind @mark, which
 * stands below */
static char *
dup_without_fingerprint (const char *text, const char *mark)
{
  const char *end = strstr (text, mark);

  return end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text);
}

static char *
dup_body (PjAccount *account, const char *fault)
{
  const char *server = pj_account_get_server (account);
  const char *summary = pj_account_get_pin_summary (account);
  g_autofree char *reason = dup_without_fingerprint (fault, " (SHA-256 ");
  g_autofree char *claims = NULL;

  if (pj_account_get_pin (account) == NULL)
    return g_strdup_printf (
        /* TRANSLATORS: the first %s is a server, the second a sentence in English */
        _ ("%s could not prove who it is. %s.\n\nTrust its certificate only when you know this "
           "fingerprint from elsewhere, such as from who runs the server."),
        server, reason);

  if (summary == NULL)
    return g_strdup_printf (
        _ ("%s shows another certificate than the one that you trust. That is so after a renewal, "
           "and when somebody is listening in.\n\nAsk who runs the server for the fingerprint."),
        server);

  claims = dup_without_fingerprint (summary, ", SHA-256 ");
  return g_strdup_printf (
      /* TRANSLATORS: the second %s is what a certificate said of itself, in English */
      _ ("%s shows another certificate than the one that you trust. That is so after a renewal, "
         "and when somebody is listening in.\n\nAsk who runs the server for the "
         "fingerprint.\n\nThe trusted one was %s."),
      server, claims);
}

static void
add_fingerprint (GtkBox *box, const char *caption, const char *fingerprint)
{
  GtkWidget *title = gtk_label_new (caption);
  GtkWidget *label = gtk_label_new (fingerprint);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), FINGERPRINT_CHARS);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_box_append (box, title);
  gtk_box_append (box, label);
}

static GtkWidget *
new_fingerprints (PjAccount *account, const char *fingerprint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (pj_account_get_pin (account) != NULL)
    add_fingerprint (GTK_BOX (box), _ ("Trusted until now (SHA-256)"),
                     pj_account_get_pin (account));
  add_fingerprint (GTK_BOX (box), _ ("Shown by the server (SHA-256)"), fingerprint);

  return box;
}

/**
 * pj_trust_question_new:
 * @parent: the window that asks
 * @account: whose server it is, with the certificate trusted until now
 * @fault: in English why the certificate was not accepted
 * @fingerprint: SHA-256 of the certificate
 *
 * Returns: (transfer none): the question, to be presented; its `response` is
 *   %PJ_TRUST_QUESTION_YES when the user trusts the certificate. GTK owns it
 */
GtkWindow *
pj_trust_question_new (GtkWindow *parent,
                       PjAccount *account,
                       const char *fault,
                       const char *fingerprint)
{
  AdwMessageDialog *dialog;
  g_autofree char *body = NULL;

  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (fault != NULL && fingerprint != NULL, NULL);

  body = dup_body (account, fault);
  dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Trust this certificate?"), body));
  adw_message_dialog_set_extra_child (dialog, new_fingerprints (account, fingerprint));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), PJ_TRUST_QUESTION_YES,
                                    _ ("_Trust"), NULL);
  adw_message_dialog_set_response_appearance (dialog, PJ_TRUST_QUESTION_YES,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), FINGERPRINT_KEY, g_strdup (fingerprint), g_free);

  return GTK_WINDOW (dialog);
}

/**
 * pj_trust_question_get_fingerprint:
 * @self: a question
 *
 * Returns: (transfer none): SHA-256 of the certificate that it is about
 */
const char *
pj_trust_question_get_fingerprint (AdwMessageDialog *self)
{
  g_return_val_if_fail (ADW_IS_MESSAGE_DIALOG (self), NULL);

  return g_object_get_data (G_OBJECT (self), FINGERPRINT_KEY);
}
