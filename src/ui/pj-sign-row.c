/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-sign-row.h"

#include "app/pj-sign-words.h"
#include "ui/pj-state-icon.h"
#include "ui/pj-ui-resources.h"

/**
 * PjSignRow:
 *
 * One thing that is suspicious about a mail: its sentence, and behind "Why?" what
 * was seen and how sure it is. Main thread.
 */
struct _PjSignRow
{
  GtkBox parent_instance;

  /* Template children */
  PjStateIcon *icon;
  GtkLabel *label;
  GtkLabel *why_label;
};

G_DEFINE_FINAL_TYPE (PjSignRow, pj_sign_row, GTK_TYPE_BOX)

static void
pj_sign_row_class_init (PjSignRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PJ_TYPE_STATE_ICON);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-sign-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PjSignRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PjSignRow, label);
  gtk_widget_class_bind_template_child (widget_class, PjSignRow, why_label);
}

static void
pj_sign_row_init (PjSignRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_sign_row_new:
 * @warning: what to show; copied
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
pj_sign_row_new (const PjMailWarning *warning)
{
  PjSignRow *self;
  g_autofree char *why = NULL;

  g_return_val_if_fail (warning != NULL, NULL);

  self = g_object_new (PJ_TYPE_SIGN_ROW, NULL);
  why = pj_sign_words_dup_why (warning);
  gtk_label_set_text (self->label, warning->text);
  gtk_label_set_text (self->why_label, why);
  if (warning->certainty == PJ_MAIL_CERTAINTY_HINT)
    g_object_set (self->icon, "icon-name", "dialog-information-symbolic", NULL);

  return GTK_WIDGET (self);
}
