/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-link-question.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/*
 * Shows where a link of a mail leads before it is opened, and what is odd
 * about it. Main thread.
 */

#define LINK_KEY "pj-link"
#define OPEN "open"
#define COPY "copy"

#define TARGET_CHARS 50

typedef struct
{
  PjMailLinkDoubts doubt;
  const char *words;
} Doubt;

static const Doubt doubts[] = {
  { PJ_MAIL_LINK_OTHER_DOMAIN, N_ ("Its text names another place than where it leads.") },
  { PJ_MAIL_LINK_LOOK_ALIKE, N_ ("Its name is easily taken for another one.") },
  { PJ_MAIL_LINK_USER_INFO, N_ ("What looks like a name before the “@” is not where it leads.") },
  { PJ_MAIL_LINK_NUMBER, N_ ("It leads to a number instead of a name.") },
  { PJ_MAIL_LINK_OBSCURED, N_ ("It was written so that its name is hard to recognise.") },
};

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TARGET_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_doubts (GtkBox *box, PjMailLinkDoubts found)
{
  for (gsize i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      GtkWidget *row;

      if ((found & doubts[i].doubt) == 0)
        continue;

      row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_box_append (GTK_BOX (row), new_label (_ (doubts[i].words), "body"));
      gtk_box_append (box, row);
    }
}

static GtkWidget *
new_details (const PjMailLink *link)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *target = new_label (link->target, "monospace");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  if (*link->host != '\0')
    gtk_box_append (GTK_BOX (box), new_label (link->host, "title-3"));

  gtk_label_set_selectable (GTK_LABEL (target), TRUE);
  gtk_widget_set_focusable (target, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), target);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  add_doubts (GTK_BOX (box), link->doubts);

  return box;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const PjMailLink *link = g_object_get_data (G_OBJECT (dialog), LINK_KEY);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (g_str_equal (response, COPY))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), link->target);
  else if (g_str_equal (response, OPEN) && link->can_open)
    gtk_show_uri (parent, link->target, GDK_CURRENT_TIME);
}

/**
 * pj_link_question_new:
 * @parent: (nullable): the window that asks
 * @link: what was clicked
 *
 * Asks whether to open a link, or only to copy it where it is none that may
 * be opened; does what is answered.
 *
 * Returns: (transfer none): the question, to be presented. GTK owns it
 */
GtkWindow *
pj_link_question_new (GtkWindow *parent, PjMailLink *link)
{
  AdwMessageDialog *dialog;
  const char *title;

  g_return_val_if_fail (link != NULL, NULL);

  title = link->can_open ? _ ("Open this link?") : _ ("This link is not opened from here");
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, title, NULL));
  adw_message_dialog_set_extra_child (dialog, new_details (link));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), COPY, _ ("Co_py"), NULL);
  if (link->can_open)
    adw_message_dialog_add_response (dialog, OPEN, _ ("_Open"));
  if (link->can_open && link->doubts != PJ_MAIL_LINK_SOUND)
    adw_message_dialog_set_response_appearance (dialog, OPEN, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), LINK_KEY, pj_mail_link_ref (link),
                          (GDestroyNotify) pj_mail_link_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);

  return GTK_WINDOW (dialog);
}
