/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-attachment-row.h"

#include <adwaita.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-attachment-save-run.h"
#include "app/pj-attachment-words.h"
#include "ui/pj-error-words.h"
#include "ui/pj-ui-resources.h"
#include "ui/pj-window-private.h"

/**
 * PjAttachmentRow:
 *
 * One attachment of a mail: what it is called and is, what is dangerous about
 * it, and a way to save it. A save goes on when its row has left the window with
 * its mail; the window then says how it ended. Main thread.
 */
struct _PjAttachmentRow
{
  GtkListBoxRow parent_instance;

  /* Template children */
  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkWidget *danger_box;
  GtkLabel *danger_label;
  GtkProgressBar *progress_bar;
  GtkLabel *status_label;
  GtkWidget *folder_button;
  GtkWidget *save_button;
  GtkWidget *cancel_button;

  /* Owned */
  PjService *service;
  PjMessage *message;
  PjMailText *mail;              /* has the attachment */
  GtkFileChooserNative *chooser; /* NULL: not open */
  GCancellable *cancellable;     /* NULL: nothing is being saved */
  char *saved_path;              /* NULL: it was not saved */
  GWeakRef window;               /* of PjWindow: where the save began */

  /* Borrowed */
  const PjMailAttachment *attachment; /* owned by @mail */
};

G_DEFINE_FINAL_TYPE (PjAttachmentRow, pj_attachment_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_status (PjAttachmentRow *self, const char *words)
{
  gtk_label_set_text (self->status_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), *words != '\0');
}

static void
set_busy (PjAttachmentRow *self, gboolean is_busy)
{
  gboolean had_focus =
      gtk_widget_has_focus (self->save_button) || gtk_widget_has_focus (self->cancel_button);

  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_busy);
  gtk_widget_set_visible (self->cancel_button, is_busy);
  gtk_widget_set_visible (self->save_button, !is_busy);
  if (had_focus)
    gtk_widget_grab_focus (is_busy ? self->cancel_button : self->save_button);
}

/* In the row, and where that was left behind in the window. */
static void
tell (PjAttachmentRow *self, const char *words)
{
  g_autoptr (PjWindow) window = g_weak_ref_get (&self->window);

  show_status (self, words);
  if (window != NULL && gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    pj_window_say (window, words);
}

static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjAttachmentRow) self = PJ_ATTACHMENT_ROW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = pj_attachment_save_run_finish (result, NULL, NULL, &error);
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (path == NULL)
    {
      words = pj_error_words_dup_advice (error);
      tell (self, words);
      return;
    }

  name = g_filename_display_name (path);
  /* TRANSLATORS: %s is the path of a file */
  words = g_strdup_printf (_ ("Saved to %s"), name);
  g_free (self->saved_path);
  self->saved_path = g_steal_pointer (&path);
  gtk_widget_set_visible (self->folder_button, TRUE);
  tell (self, words);
}

static void
on_progress (guint64 octets, gpointer user_data)
{
  PjAttachmentRow *self = user_data;
  guint64 all = pj_message_get_octets (self->message);

  if (all > 0)
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (1.0, (double) octets / (double) all));
}

static void
save_to (PjAttachmentRow *self, const char *path)
{
  PjAccount *account =
      pj_service_find_account_by_id (self->service, pj_message_get_account_id (self->message));

  /* The mailbox was removed while the chooser was open. */
  if (account == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_weak_ref_set (&self->window, gtk_widget_get_root (GTK_WIDGET (self)));
  gtk_widget_set_visible (self->folder_button, FALSE);
  show_status (self, "");
  set_busy (self, TRUE);
  pj_attachment_save_run_async (self->service, account,
                                &(PjAttachmentWish){
                                    .uid = pj_message_get_uid (self->message),
                                    .attachment = self->attachment,
                                    .path = path,
                                    .progress = on_progress,
                                    .progress_data = self,
                                },
                                self->cancellable, on_save_ready, g_object_ref (self));
}

static void
on_chooser_response (GtkNativeDialog *chooser, int response, PjAttachmentRow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL && g_file_peek_path (file) != NULL)
    save_to (self, g_file_peek_path (file));
  else if (file != NULL)
    show_status (self, _ ("Choose a folder that is on this computer"));

  g_clear_object (&self->chooser);
}

static void
choose_file (PjAttachmentRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = pj_attachment_words_dup_save_name (self->attachment);

  /* Another mail was selected while the question was open. */
  if (root == NULL)
    return;

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save attachment"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_danger_response (AdwMessageDialog *dialog, const char *response, PjAttachmentRow *self)
{
  if (g_str_equal (response, "save"))
    choose_file (self);
}

static void
ask_first (PjAttachmentRow *self, const char *dangers)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading =
      g_strdup_printf (_ ("Save “%s”?"), pj_attachment_words_get_name (self->attachment));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, dangers);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "save",
                                    _ ("Save _anyway…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_danger_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_save_clicked (GtkButton *button, PjAttachmentRow *self)
{
  g_autofree char *dangers = pj_attachment_words_dup_dangers (self->attachment);

  if (*dangers != '\0')
    ask_first (self, dangers);
  else
    choose_file (self);
}

static void
on_cancel_clicked (GtkButton *button, PjAttachmentRow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
on_folder_clicked (GtkButton *button, PjAttachmentRow *self)
{
  g_autofree char *folder = g_path_get_dirname (self->saved_path);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
pj_attachment_row_dispose (GObject *object)
{
  PjAttachmentRow *self = PJ_ATTACHMENT_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (pj_attachment_row_parent_class)->dispose (object);
}

static void
pj_attachment_row_finalize (GObject *object)
{
  PjAttachmentRow *self = PJ_ATTACHMENT_ROW (object);

  g_weak_ref_clear (&self->window);
  g_clear_pointer (&self->mail, pj_mail_text_unref);
  g_clear_pointer (&self->saved_path, g_free);

  G_OBJECT_CLASS (pj_attachment_row_parent_class)->finalize (object);
}

static void
pj_attachment_row_class_init (PjAttachmentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pj_attachment_row_dispose;
  object_class->finalize = pj_attachment_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-attachment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, danger_box);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, danger_label);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, folder_button);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, PjAttachmentRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_clicked);
}

static void
pj_attachment_row_init (PjAttachmentRow *self)
{
  g_weak_ref_init (&self->window, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_attachment (PjAttachmentRow *self)
{
  const PjMailAttachment *attachment = self->attachment;
  const char *name = pj_attachment_words_get_name (attachment);
  g_autofree char *type = pj_attachment_words_dup_type (attachment);
  g_autofree char *size = pj_attachment_words_dup_size (attachment, self->mail->body_lines);
  g_autofree char *detail =
      *size != '\0' ? g_strdup_printf ("%s · %s", size, type) : g_strdup (type);
  g_autofree char *dangers = pj_attachment_words_dup_dangers (attachment);
  g_autofree char *content_type = g_content_type_from_mime_type (
      *attachment->sniffed != '\0' ? attachment->sniffed : attachment->type);
  g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (
      content_type != NULL ? content_type : "application/octet-stream");
  g_autofree char *save_words = g_strdup_printf (_ ("Save “%s”"), name);

  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->detail_label, detail);
  gtk_label_set_text (self->danger_label, dangers);
  gtk_widget_set_visible (self->danger_box, *dangers != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, dangers, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  save_words, -1);
}

/**
 * pj_attachment_row_new:
 * @service: where the mail is fetched from
 * @message: the mail, as listed
 * @mail: the same, as read
 * @place: which of its attachments, from 0
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
pj_attachment_row_new (PjService *service, PjMessage *message, PjMailText *mail, guint place)
{
  PjAttachmentRow *self;

  g_return_val_if_fail (PJ_IS_SERVICE (service) && PJ_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (mail != NULL && place < mail->attachments->len, NULL);

  self = g_object_new (PJ_TYPE_ATTACHMENT_ROW, NULL);
  self->service = g_object_ref (service);
  self->message = g_object_ref (message);
  self->mail = pj_mail_text_ref (mail);
  self->attachment = g_ptr_array_index (mail->attachments, place);
  show_attachment (self);

  return GTK_WIDGET (self);
}
