/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-protocol-window.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-text-feed.h"
#include "ui/pj-ui-resources.h"

/**
 * PjProtocolWindow:
 *
 * Shows what was said between Popinjay and the server of one mailbox, and what
 * is said while it is open. Stands beside the window that it belongs to and
 * goes with it, or with the mailbox. Main thread.
 */
struct _PjProtocolWindow
{
  AdwWindow parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkSpinner *spinner;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkTextView *text_view;

  /* Owned */
  PjService *service;
  PjAccount *account;
  PjProtocolLog *log;
  PjTextFeed *feed;
  GtkFileChooserNative *chooser; /* NULL: not open */
  GCancellable *closed;          /* cancelled when the window goes */

  /* Borrowed */
  GtkTextMark *end; /* of the text; the buffer's, which lives as long as the view */

  /* Plain */
  gboolean follows; /* whether the end of the text is kept in sight as it grows */
  guint scroll_source;
};

G_DEFINE_FINAL_TYPE (PjProtocolWindow, pj_protocol_window, ADW_TYPE_WINDOW)

static void
say (PjProtocolWindow *self, const char *words)
{
  g_autofree char *escaped = NULL;

  /* The window may have gone while a file was written. */
  if (self->closed == NULL)
    return;

  escaped = g_markup_escape_text (words, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
scroll_to_end (PjProtocolWindow *self)
{
  gtk_text_view_scroll_to_mark (self->text_view, self->end, 0, FALSE, 0, 0);
}

static gboolean
has_text (PjProtocolWindow *self)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text_view)) > 0;
}

static gboolean
is_at_end (PjProtocolWindow *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text_view));

  /* A view that was not laid out yet tells nothing. */
  return !has_text (self) || gtk_adjustment_get_value (adjustment) +
                                     gtk_adjustment_get_page_size (adjustment) +
                                     gtk_adjustment_get_step_increment (adjustment) >=
                                 gtk_adjustment_get_upper (adjustment);
}

static gboolean
on_idle (gpointer user_data)
{
  PjProtocolWindow *self = user_data;

  self->scroll_source = 0;
  scroll_to_end (self);

  return G_SOURCE_REMOVE;
}

static void
on_text_changed (GtkTextBuffer *buffer, PjProtocolWindow *self)
{
  /* When all is in the buffer and laid out: before that there is no end to
   * scroll to, and GTK 4.8 stops short of it. */
  if (self->follows && self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
show_state (PjProtocolWindow *self, gboolean is_empty)
{
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "text");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.save", !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.clear", !is_empty);
}

static void
on_added (PjProtocolLog *log, GBytes *text, PjProtocolWindow *self)
{
  /* Whoever reads further up is not to be torn away. */
  if (!pj_text_feed_is_busy (self->feed))
    self->follows = is_at_end (self);
  show_state (self, FALSE);
  pj_text_feed_add (self->feed, text);
}

static void
on_replaced (PjProtocolLog *log, PjProtocolWindow *self)
{
  g_autoptr (GBytes) text = pj_protocol_log_dup_text (log);

  g_clear_pointer (&self->feed, pj_text_feed_free);
  self->feed = pj_text_feed_new (gtk_text_view_get_buffer (self->text_view));
  self->follows = TRUE;
  show_state (self, g_bytes_get_size (text) == 0);
  pj_text_feed_add (self->feed, text);
}

static void
on_check_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjProtocolWindow *self = PJ_PROTOCOL_WINDOW (widget);

  if (has_text (self))
    scroll_to_end (self);
  pj_service_check_now (self->service, self->account);
}

static void
on_copy_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjProtocolWindow *self = PJ_PROTOCOL_WINDOW (widget);
  g_autoptr (GBytes) bytes = pj_protocol_log_dup_text (self->log);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say (self, _ ("Copied"));
}

static void
on_clear_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  pj_protocol_log_clear (PJ_PROTOCOL_WINDOW (widget)->log);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjProtocolWindow) self = PJ_PROTOCOL_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      say (self, _ ("Saved"));
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = g_strdup_printf (_ ("The log could not be saved: %s"), error->message);
  say (self, words);
}

static void
on_chooser_response (GtkNativeDialog *chooser, int response, PjProtocolWindow *self)
{
  g_autoptr (GBytes) text = pj_protocol_log_dup_text (self->log);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  /* It tells whose mail is where: for the user alone, also where a file that
   * others may read had the name before. */
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, text, NULL, FALSE,
                                         G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                         self->closed, on_saved, g_object_ref (self));

  g_clear_object (&self->chooser);
}

static void
on_save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PjProtocolWindow *self = PJ_PROTOCOL_WINDOW (widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save protocol log"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "popinjay-protocol.txt");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_name_changed (PjAccount *account, GParamSpec *pspec, PjProtocolWindow *self)
{
  const char *name = pj_account_get_name (account);
  /* Translators: title of a window; %s is the name of a mailbox */
  g_autofree char *title = g_strdup_printf (_ ("Protocol log of %s"), name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_subtitle (self->title, name);
}

static void
on_checking_changed (PjAccount *account, GParamSpec *pspec, PjProtocolWindow *self)
{
  const gboolean is_checking = pj_account_is_checking (account);

  gtk_spinner_set_spinning (self->spinner, is_checking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_checking);
}

static void
on_accounts_changed (
    GListModel *accounts, guint position, guint removed, guint added, PjProtocolWindow *self)
{
  if (pj_service_find_account_by_id (self->service, pj_account_get_id (self->account)) == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
pj_protocol_window_dispose (GObject *object)
{
  PjProtocolWindow *self = PJ_PROTOCOL_WINDOW (object);

  g_cancellable_cancel (self->closed);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_pointer (&self->feed, pj_text_feed_free);
  if (self->log != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->log, self);
      pj_protocol_log_set_watched (self->log, FALSE);
    }
  g_clear_object (&self->log);
  g_clear_object (&self->account);
  g_clear_object (&self->service);
  g_clear_object (&self->chooser);
  g_clear_object (&self->closed);

  G_OBJECT_CLASS (pj_protocol_window_parent_class)->dispose (object);
}

static void
pj_protocol_window_class_init (PjProtocolWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pj_protocol_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-protocol-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PjProtocolWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PjProtocolWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PjProtocolWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PjProtocolWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PjProtocolWindow, text_view);
  gtk_widget_class_install_action (widget_class, "log.check", NULL, on_check_activated);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, on_copy_activated);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, on_save_activated);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, on_clear_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "log.check", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "log.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
pj_protocol_window_init (PjProtocolWindow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter end;

  self->closed = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->text_view);
  gtk_text_buffer_get_end_iter (buffer, &end);
  self->end = gtk_text_buffer_create_mark (buffer, NULL, &end, FALSE);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_DEFAULT);
}

static void
watch (PjProtocolWindow *self, PjService *service, PjAccount *account)
{
  self->service = g_object_ref (service);
  self->account = g_object_ref (account);
  self->log = g_object_ref (pj_service_get_protocol_log (service, account));
  g_signal_connect_object (self->account, "notify::name", G_CALLBACK (on_name_changed), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->account, "notify::is-checking", G_CALLBACK (on_checking_changed),
                           self, G_CONNECT_DEFAULT);
  g_signal_connect_object (pj_service_get_accounts (service), "items-changed",
                           G_CALLBACK (on_accounts_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect (self->log, "added", G_CALLBACK (on_added), self);
  g_signal_connect (self->log, "replaced", G_CALLBACK (on_replaced), self);
  pj_protocol_log_set_watched (self->log, TRUE);
  on_name_changed (self->account, NULL, self);
  on_checking_changed (self->account, NULL, self);
  on_replaced (self->log, self);
}

static PjProtocolWindow *
find_open (GtkWindow *parent, PjAccount *account)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (PJ_IS_PROTOCOL_WINDOW (link->data) &&
          gtk_window_get_transient_for (link->data) == parent &&
          PJ_PROTOCOL_WINDOW (link->data)->account == account)
        return link->data;
    }

  return NULL;
}

/**
 * pj_protocol_window_present:
 * @parent: the window that it belongs to
 * @service: whose visits to watch
 * @account: one of its accounts
 *
 * Opens the log of a mailbox, or brings it to the front where it is open.
 */
void
pj_protocol_window_present (GtkWindow *parent, PjService *service, PjAccount *account)
{
  PjProtocolWindow *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  self = find_open (parent, account);
  if (self == NULL)
    {
      self = g_object_new (PJ_TYPE_PROTOCOL_WINDOW, "transient-for", parent, NULL);
      watch (self, service, account);
    }

  gtk_window_present (GTK_WINDOW (self));
}
