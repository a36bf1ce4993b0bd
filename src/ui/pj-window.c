/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-window-private.h"

#include "ui/pj-error-words.h"
#include "ui/pj-mailbox-row.h"
#include "ui/pj-protocol-window.h"
#include "ui/pj-ui-resources.h"

/**
 * PjWindow:
 *
 * The window: mailboxes at the left, the mails of the selected one at the
 * right, and the selected mail below them. Where there is no room for that,
 * the three are pages that follow each other.
 *
 * It shows the models of the service and passes on what the user wants; it
 * keeps nothing. Main thread.
 */

G_DEFINE_FINAL_TYPE (PjWindow, pj_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_check (PjWindow *self)
{
  const gboolean is_checking = pj_overview_is_checking (self->overview);

  gtk_spinner_set_spinning (self->check_spinner, is_checking);
  gtk_stack_set_visible_child_name (self->check_stack, is_checking ? "checking" : "idle");
}

static void
on_overview_changed (PjOverview *overview, GParamSpec *pspec, PjWindow *self)
{
  pj_window_show_title (self);
  show_check (self);
  pj_window_show_list (self);
}

static void
on_account_changed (PjAccount *account, GParamSpec *pspec, PjWindow *self)
{
  pj_window_show_title (self);
  pj_window_show_list (self);
}

static void
show_mailbox_menu (PjWindow *self, PjAccount *account)
{
  g_autoptr (GMenu) menu = account != NULL ? pj_mailbox_row_new_menu (account) : NULL;

  gtk_menu_button_set_menu_model (self->mailbox_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->mailbox_button), account != NULL);
}

static void
on_mailbox_selected (PjMailboxSidebar *sidebar, GParamSpec *pspec, PjWindow *self)
{
  PjAccount *account = pj_mailbox_sidebar_get_selected (sidebar);

  pj_message_view_set_account (self->view, account);
  pj_problem_bar_set_account (self->problem_bar, account);
  g_signal_group_set_target (self->account_signals, account);
  show_mailbox_menu (self, account);
  pj_window_show_title (self);
  pj_window_show_list (self);
}

static void
on_day_changed (PjToday *today, PjWindow *self)
{
  pj_message_view_say_dates (self->view);
}

static void
on_mailbox_activated (PjMailboxSidebar *sidebar, PjWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
}

static void
on_current_changed (PjMessageView *view, GParamSpec *pspec, PjWindow *self)
{
  pj_window_show_preview (self);
  pj_window_update_actions (self);
}

static void
on_n_messages_changed (PjMessageView *view, GParamSpec *pspec, PjWindow *self)
{
  pj_window_show_list (self);
}

static void
on_opened (PjMessageView *view, PjWindow *self)
{
  if (pj_window_is_folded (self))
    adw_leaflet_set_visible_child (self->content, GTK_WIDGET (self->reading_page));
}

static void
on_page_changed (AdwLeaflet *leaflet, GParamSpec *pspec, PjWindow *self)
{
  pj_window_show_back (self);
  pj_window_show_preview (self);
}

static void
on_folded_changed (AdwLeaflet *leaflet, GParamSpec *pspec, PjWindow *self)
{
  pj_window_follow_folding (self);
}

static void
on_accounts_changed (
    GListModel *accounts, guint position, guint removed, guint added, PjWindow *self)
{
  const char *page = g_list_model_get_n_items (accounts) > 0 ? "mailboxes" : "no-mailbox";

  /* While the profile is being read there is a page for that. */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") != 0)
    gtk_stack_set_visible_child_name (self->stack, page);
  pj_window_update_actions (self);
}

static void
on_persistent_changed (PjSecretStore *secrets, GParamSpec *pspec, PjWindow *self)
{
  PjProfile *profile = pj_service_get_profile (self->service);

  /* What is thrown away at the end anyway is no loss to warn of. */
  gtk_widget_set_visible (self->memory_bar, !pj_secret_store_is_persistent (secrets) &&
                                                !pj_profile_is_throw_away (profile));
}

static void
on_notice_hidden (GtkButton *button, PjWindow *self)
{
  gtk_widget_set_visible (self->memory_bar, FALSE);
}

/* A log stands beside the window, and may all the time. */
static gboolean
has_dialog (PjWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (self) &&
          gtk_widget_get_visible (link->data) && !PJ_IS_PROTOCOL_WINDOW (link->data))
        return TRUE;
    }

  return FALSE;
}

/* What was in the list while the user had the window has been looked at once
 * the user turns to something else. */
static void
on_active_changed (PjWindow *self, GParamSpec *pspec, gpointer user_data)
{
  const gboolean is_active = gtk_window_is_active (GTK_WINDOW (self));

  if (self->was_active && !is_active && self->service != NULL && !has_dialog (self))
    pj_service_mark_looked_at (self->service);
  if (is_active && self->today != NULL)
    pj_today_look (self->today);
  self->was_active = is_active;
}

static gboolean
pj_window_close_request (GtkWindow *window)
{
  PjWindow *self = PJ_WINDOW (window);

  if (self->was_active && self->service != NULL)
    pj_service_mark_looked_at (self->service);

  return GTK_WINDOW_CLASS (pj_window_parent_class)->close_request (window);
}

static void
pj_window_dispose (GObject *object)
{
  PjWindow *self = PJ_WINDOW (object);

  g_cancellable_cancel (self->closed);
  g_clear_handle_id (&self->fold_source, g_source_remove);
  if (self->overview != NULL)
    g_signal_handlers_disconnect_by_data (self->overview, self);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->overview);
  g_clear_object (&self->today);
  g_clear_object (&self->service);
  g_clear_object (&self->closed);

  G_OBJECT_CLASS (pj_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PjWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, count_page);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, check_stack);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, check_spinner);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, check_label);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, mailbox_button);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, memory_bar);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, fault_page);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, content);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, list_stack);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, view);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, beside_list);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, reading_page);
  gtk_widget_class_bind_template_child (widget_class, PjWindow, preview);
}

static void
pj_window_class_init (PjWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pj_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = pj_window_close_request;

  g_type_ensure (PJ_TYPE_MAILBOX_SIDEBAR);
  g_type_ensure (PJ_TYPE_MESSAGE_VIEW);
  g_type_ensure (PJ_TYPE_PREVIEW);
  g_type_ensure (PJ_TYPE_PROBLEM_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_mailbox_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_mailbox_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_current_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_n_messages_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
  pj_window_install_actions (widget_class);
}

static void
pj_window_init (PjWindow *self)
{
  self->closed = g_cancellable_new ();
  self->account_signals = g_signal_group_new (PJ_TYPE_ACCOUNT);
  g_signal_group_connect (self->account_signals, "notify", G_CALLBACK (on_account_changed), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The window has the size that it had the last time. */
static void
bind_size (PjWindow *self, GSettings *keys)
{
  if (keys == NULL)
    return;

  g_settings_bind (keys, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (keys, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (keys, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
set_service (PjWindow *self, PjService *service)
{
  GListModel *accounts = pj_service_get_accounts (service);
  PjSecretStore *secrets = pj_service_get_secrets (service);
  g_autoptr (PjClock) clock = pj_clock_new_system ();

  self->service = g_object_ref (service);
  self->overview = pj_overview_new (accounts);
  self->today = pj_today_new (clock);
  bind_size (self, pj_settings_get_gsettings (pj_service_get_settings (service)));
  pj_preview_set_service (self->preview, service);
  pj_message_view_set_models (self->view, accounts, pj_service_get_messages (service));
  pj_mailbox_sidebar_set_accounts (self->sidebar, accounts, self->overview);
  g_signal_connect (self->overview, "notify", G_CALLBACK (on_overview_changed), self);
  g_signal_connect_object (self->today, "changed", G_CALLBACK (on_day_changed), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (secrets, "notify::is-persistent", G_CALLBACK (on_persistent_changed),
                           self, G_CONNECT_DEFAULT);
  on_persistent_changed (secrets, NULL, self);
  on_mailbox_selected (self->sidebar, NULL, self);
  on_overview_changed (self->overview, NULL, self);
  pj_window_update_actions (self);
}

/**
 * pj_window_new:
 * @application: the program
 * @service: what to show and act on
 *
 * Returns: (transfer none): a window that says that it is loading, until
 *   pj_window_show_mailboxes(); GTK owns it
 */
GtkWidget *
pj_window_new (GtkApplication *application, PjService *service)
{
  PjWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (PJ_IS_SERVICE (service), NULL);

  self = g_object_new (PJ_TYPE_WINDOW, "application", application, NULL);
  set_service (self, service);

  return GTK_WIDGET (self);
}

/**
 * pj_window_show_mailboxes:
 * @self: the window
 *
 * The service has read its profile: show what is there.
 */
void
pj_window_show_mailboxes (PjWindow *self)
{
  GListModel *accounts;

  g_return_if_fail (PJ_IS_WINDOW (self));

  accounts = pj_service_get_accounts (self->service);
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (accounts) > 0 ? "mailboxes" : "no-mailbox");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * pj_window_show_message:
 * @self: the window
 * @account_id: a mailbox
 * @uid: (nullable): a mail in it
 *
 * Selects the mailbox, and the mail in it if there is such a mail.
 */
void
pj_window_show_message (PjWindow *self, const char *account_id, const char *uid)
{
  PjAccount *account;

  g_return_if_fail (PJ_IS_WINDOW (self));
  g_return_if_fail (account_id != NULL);

  account = pj_service_find_account_by_id (self->service, account_id);
  if (account == NULL)
    return;

  pj_mailbox_sidebar_select (self->sidebar, account);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
  if (uid != NULL && pj_message_view_select (self->view, uid))
    on_opened (self->view, self);
}

/**
 * pj_window_show_fault:
 * @self: the window
 * @error: why there is nothing to show
 *
 * Shows that instead of mailboxes.
 */
void
pj_window_show_fault (PjWindow *self, const GError *error)
{
  g_autofree char *advice = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (PJ_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  advice = pj_error_words_dup_advice (error);
  escaped = g_markup_escape_text (advice, -1);
  adw_status_page_set_description (self->fault_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "fault");
}

/**
 * pj_window_new_for_fault:
 * @application: the program
 * @error: why there is no service
 *
 * Returns: (transfer none): a window that says only that; GTK owns it
 */
GtkWidget *
pj_window_new_for_fault (GtkApplication *application, const GError *error)
{
  PjWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (PJ_TYPE_WINDOW, "application", application, NULL);
  pj_window_show_fault (self, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.check", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-mailbox", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete", FALSE);

  return GTK_WIDGET (self);
}

/**
 * pj_window_say:
 * @self: the window
 * @words: a translated sentence, plain text
 *
 * Shows a sentence for some seconds, without taking the focus. Says nothing
 * when the window was closed: a deletion may end after that.
 */
void
pj_window_say (PjWindow *self, const char *words)
{
  g_autofree char *escaped = NULL;

  if (self->closed == NULL)
    return;

  escaped = g_markup_escape_text (words, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
