/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-sign-list.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-sign-row.h"

/* Signs must not push the mail out of the window. */
#define MAX_ROWS 6

/**
 * PjSignList:
 *
 * What is suspicious about a mail, the surest first. Hidden while nothing is
 * known, and it never says that nothing is wrong. Main thread.
 */
struct _PjSignList
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (PjSignList, pj_sign_list, GTK_TYPE_BOX)

static void
pj_sign_list_class_init (PjSignListClass *klass)
{
}

static void
pj_sign_list_init (PjSignList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
clear (PjSignList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
}

static void
add_left_out (PjSignList *self, guint n)
{
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n), n);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self), label);
}

/* @n: (inout): how many there were; rows are made while there is room */
static void
add_certain (PjSignList *self, const PjMailText *mail, PjMailCertainty certainty, guint *n)
{
  for (guint i = 0; i < mail->warnings->len; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (mail->warnings, i);

      if (warning->certainty == certainty && (*n)++ < MAX_ROWS)
        gtk_box_append (GTK_BOX (self), pj_sign_row_new (warning));
    }
}

/**
 * pj_sign_list_show:
 * @self: the list
 * @mail: (nullable): a mail; %NULL for none
 */
void
pj_sign_list_show (PjSignList *self, const PjMailText *mail)
{
  guint n = 0;

  g_return_if_fail (PJ_IS_SIGN_LIST (self));

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), mail != NULL && mail->warnings->len > 0);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "warning");
  if (mail == NULL)
    return;

  add_certain (self, mail, PJ_MAIL_CERTAINTY_SURE, &n);
  add_certain (self, mail, PJ_MAIL_CERTAINTY_LIKELY, &n);
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  add_certain (self, mail, PJ_MAIL_CERTAINTY_HINT, &n);
  if (n > MAX_ROWS)
    add_left_out (self, n - MAX_ROWS);
}
