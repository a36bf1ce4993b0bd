/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-mail-offers.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-link-question.h"
#include "ui/pj-ui-resources.h"

/**
 * PjMailOffers:
 *
 * What can be done with a mail beside reading it: copy the code that it brings,
 * and leave the list that it came by, on the page whose host is shown. Nothing
 * happens before a click. Main thread.
 */
struct _PjMailOffers
{
  GtkBox parent_instance;

  /* Template children */
  GtkWidget *code_box;
  GtkLabel *code_label;
  GtkWidget *unsubscribe_box;
  GtkLabel *unsubscribe_label;

  /* Owned */
  char *code;       /* NULL: none */
  PjMailLink *page; /* NULL: none */
};

G_DEFINE_FINAL_TYPE (PjMailOffers, pj_mail_offers, GTK_TYPE_BOX)

static void
on_copy_clicked (GtkButton *button, PjMailOffers *self)
{
  if (self->code != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->code);
}

static void
on_leave_clicked (GtkButton *button, PjMailOffers *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->page != NULL && GTK_IS_WINDOW (root))
    gtk_window_present (pj_link_question_new (GTK_WINDOW (root), self->page));
}

static void
pj_mail_offers_finalize (GObject *object)
{
  PjMailOffers *self = PJ_MAIL_OFFERS (object);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->page, pj_mail_link_unref);

  G_OBJECT_CLASS (pj_mail_offers_parent_class)->finalize (object);
}

static void
pj_mail_offers_class_init (PjMailOffersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pj_mail_offers_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-mail-offers.ui");
  gtk_widget_class_bind_template_child (widget_class, PjMailOffers, code_box);
  gtk_widget_class_bind_template_child (widget_class, PjMailOffers, code_label);
  gtk_widget_class_bind_template_child (widget_class, PjMailOffers, unsubscribe_box);
  gtk_widget_class_bind_template_child (widget_class, PjMailOffers, unsubscribe_label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_clicked);
}

static void
pj_mail_offers_init (PjMailOffers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_code (PjMailOffers *self, const char *code)
{
  g_autofree char *text = NULL;

  g_free (self->code);
  self->code = g_strdup (code);
  gtk_widget_set_visible (self->code_box, code != NULL);
  if (code == NULL)
    return;

  /* Translators: a code for signing in somewhere that a mail has brought */
  text = g_strdup_printf (_ ("Code: %s"), code);
  gtk_label_set_text (self->code_label, text);
}

static void
show_page (PjMailOffers *self, PjMailLink *page)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->page, pj_mail_link_unref);
  self->page = page != NULL ? pj_mail_link_ref (page) : NULL;
  gtk_widget_set_visible (self->unsubscribe_box, page != NULL);
  if (page == NULL)
    return;

  /* Translators: %s is the host of the page on which a mailing list can be left */
  text = g_strdup_printf (_ ("This list can be left at %s"), page->host);
  gtk_label_set_text (self->unsubscribe_label, text);
}

/**
 * pj_mail_offers_show:
 * @self: the offers
 * @mail: (nullable): a mail; %NULL for none
 */
void
pj_mail_offers_show (PjMailOffers *self, const PjMailText *mail)
{
  g_return_if_fail (PJ_IS_MAIL_OFFERS (self));

  show_code (self, mail != NULL ? mail->one_time_code : NULL);
  show_page (self, mail != NULL ? mail->unsubscribe : NULL);
}
