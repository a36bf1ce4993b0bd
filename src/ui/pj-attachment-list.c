/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-attachment-list.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-attachment-row.h"
#include "ui/pj-ui-resources.h"

/* A mail of a thousand parts must not hold up the window. */
#define MAX_ROWS 50

/* Pixels: two rows, or one with what is dangerous about it. A scrolled window
 * does not see that words need more height where there is little width. */
#define TALL_HEIGHT 130

/**
 * PjAttachmentList:
 *
 * What is attached to the mail that is shown; not there when nothing is. It
 * takes a part of the height and scrolls within. Main thread.
 */
struct _PjAttachmentList
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *frame;
  GtkScrolledWindow *scroller;
  GtkListBox *rows;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (PjAttachmentList, pj_attachment_list, GTK_TYPE_WIDGET)

static void
pj_attachment_list_dispose (GObject *object)
{
  PjAttachmentList *self = PJ_ATTACHMENT_LIST (object);

  g_clear_pointer (&self->frame, gtk_widget_unparent);

  G_OBJECT_CLASS (pj_attachment_list_parent_class)->dispose (object);
}

static void
pj_attachment_list_class_init (PjAttachmentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pj_attachment_list_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-attachment-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentList, frame);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentList, rows);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentList, scroller);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentList, more_label);
}

static void
pj_attachment_list_init (PjAttachmentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_attachment_list_clear:
 * @self: the list
 *
 * Empties and hides it. What is being saved goes on.
 */
void
pj_attachment_list_clear (PjAttachmentList *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (PJ_IS_ATTACHMENT_LIST (self));

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
has_danger (const PjMailText *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      if (attachment->dangers[0] != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_attachment_list_show:
 * @self: the list
 * @service: where the mail is fetched from
 * @message: the mail, as listed
 * @mail: the same, as read
 *
 * Shows what is attached to a mail in place of what it showed before.
 */
void
pj_attachment_list_show (PjAttachmentList *self,
                         PjService *service,
                         PjMessage *message,
                         PjMailText *mail)
{
  g_autofree char *more = NULL;
  guint n_left_out;
  guint n;

  g_return_if_fail (PJ_IS_ATTACHMENT_LIST (self) && mail != NULL);

  pj_attachment_list_clear (self);
  n = MIN (mail->attachments->len, MAX_ROWS);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->rows, pj_attachment_row_new (service, message, mail, i));

  n_left_out = mail->attachments->len - n;
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n_left_out),
                          n_left_out);
  gtk_label_set_text (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_left_out > 0);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              n > 1 || has_danger (mail) ? TALL_HEIGHT : -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
