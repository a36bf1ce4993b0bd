/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-application.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-announcer.h"
#include "ui/pj-preferences.h"
#include "ui/pj-ui-resources.h"
#include "ui/pj-window.h"

/**
 * PjApplication:
 *
 * The desktop program: one service, one window, and what belongs to neither.
 * The service is made when this is the first instance, not before, so a
 * second start only brings the window of the first to the front. Main thread.
 */
struct _PjApplication
{
  AdwApplication parent_instance;

  /* Owned */
  PjService *service;     /* NULL until startup, and when it could not be made */
  PjAnnouncer *announcer; /* likewise */
  GError *fault;          /* why it could not */

  /* Plain */
  PjApplicationMake make;
  gpointer make_data; /* lives as long as the program runs */
};

G_DEFINE_FINAL_TYPE (PjApplication, pj_application, ADW_TYPE_APPLICATION)

static PjWindow *
get_window (PjApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (PJ_IS_WINDOW (link->data))
        return link->data;
    }

  return NULL;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjApplication) self = PJ_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;
  const gboolean ok = pj_service_load_finish (PJ_SERVICE (source), result, &error);
  PjWindow *window = get_window (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (ok)
    pj_service_start_checking (self->service);
  if (window == NULL)
    return;

  if (ok)
    pj_window_show_mailboxes (window);
  else
    pj_window_show_fault (window, error);
}

static void
on_announcement_activated (PjAnnouncer *announcer,
                           const char *account_id,
                           const char *uid,
                           PjApplication *self)
{
  PjWindow *window = get_window (self);

  if (window == NULL)
    return;

  pj_window_show_message (window, account_id, uid);
  gtk_window_present (GTK_WINDOW (window));
}

/* Brings the dialog of that type to the front. Returns: whether there is one */
static gboolean
present_open (PjApplication *self, GType type)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
        {
          gtk_window_present (link->data);
          return TRUE;
        }
    }

  return FALSE;
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  GtkWidget *about;

  if (present_open (PJ_APPLICATION (user_data), ADW_TYPE_ABOUT_WINDOW))
    return;

  about = adw_about_window_new ();
  g_object_set (about, "transient-for", parent, "application-name", "Popinjay", "application-icon",
                PJ_APP_ID, "version", PJ_VERSION, "developer-name", _ ("The Popinjay developers"),
                "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("Looks into your POP3 mailboxes and tells you what is there."),
                /* Translators: your names, one a line */
                "translator-credits", _ ("translator-credits"), NULL);
  gtk_window_present (GTK_WINDOW (about));
}

static void
on_preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PjApplication *self = PJ_APPLICATION (user_data);
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!present_open (self, PJ_TYPE_PREFERENCES))
    gtk_window_present (
        GTK_WINDOW (pj_preferences_new (parent, pj_service_get_settings (self->service))));
}

/* Made when it is asked for, not by GTK at the start (gtk/help-overlay.ui): GTK
 * 4.8 answers a screen reader that asks for a window which has just gone with
 * the last of all windows, and crashes when that one was never shown. */
static void
on_shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *shortcuts;

  if (present_open (PJ_APPLICATION (user_data), GTK_TYPE_SHORTCUTS_WINDOW))
    return;

  builder = gtk_builder_new_from_resource (PJ_UI_RESOURCES "help-overlay.ui");
  shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
  gtk_window_set_transient_for (shortcuts, parent);
  gtk_window_present (shortcuts);
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
add_actions (PjApplication *self)
{
  const GActionEntry entries[] = {
    { .name = "about", .activate = on_about_activated },
    { .name = "preferences", .activate = on_preferences_activated },
    { .name = "shortcuts", .activate = on_shortcuts_activated },
    { .name = "quit", .activate = on_quit_activated },
  };
  const struct
  {
    const char *action;
    const char *accels[3];
  } keys[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "app.shortcuts", { "<Control>question", NULL } },
    { "win.check", { "F5", "<Control>r", NULL } },
    { "win.add-mailbox", { "<Control>n", NULL } },
    { "window.close", { "<Control>w", NULL } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].accels);
}

static void
pj_application_startup (GApplication *application)
{
  PjApplication *self = PJ_APPLICATION (application);

  G_APPLICATION_CLASS (pj_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (PJ_APP_ID);
  add_actions (self);
  self->service = self->make (self->make_data, &self->fault);
  if (self->service == NULL)
    {
      g_action_map_remove_action (G_ACTION_MAP (self), "preferences");
      return;
    }

  self->announcer = pj_announcer_new (self->service);
  g_signal_connect_object (self->announcer, "activated", G_CALLBACK (on_announcement_activated),
                           self, G_CONNECT_DEFAULT);
}

static void
pj_application_activate (GApplication *application)
{
  PjApplication *self = PJ_APPLICATION (application);
  PjWindow *window = get_window (self);

  if (window == NULL && self->service == NULL)
    window = PJ_WINDOW (pj_window_new_for_fault (GTK_APPLICATION (self), self->fault));
  else if (window == NULL)
    {
      window = PJ_WINDOW (pj_window_new (GTK_APPLICATION (self), self->service));
      pj_service_load_async (self->service, on_loaded, g_object_ref (self));
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
pj_application_shutdown (GApplication *application)
{
  PjApplication *self = PJ_APPLICATION (application);

  if (self->service != NULL)
    pj_service_shut_down (self->service);

  G_APPLICATION_CLASS (pj_application_parent_class)->shutdown (application);
}

static void
pj_application_dispose (GObject *object)
{
  PjApplication *self = PJ_APPLICATION (object);

  g_clear_object (&self->announcer);
  g_clear_object (&self->service);
  g_clear_error (&self->fault);

  G_OBJECT_CLASS (pj_application_parent_class)->dispose (object);
}

static void
pj_application_class_init (PjApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = pj_application_dispose;
  application_class->startup = pj_application_startup;
  application_class->activate = pj_application_activate;
  application_class->shutdown = pj_application_shutdown;
}

static void
pj_application_init (PjApplication *self)
{
}

/**
 * pj_application_new:
 * @make: makes the service; called once, and only in the first instance
 * @user_data: for @make; must live as long as the program runs
 * @is_alone: whether it has nothing to do with an instance that may run on
 *   the user's own profile
 *
 * Returns: (transfer full): the program, to be given to g_application_run()
 */
PjApplication *
pj_application_new (PjApplicationMake make, gpointer user_data, gboolean is_alone)
{
  const GApplicationFlags flags = is_alone ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS;
  PjApplication *self;

  g_return_val_if_fail (make != NULL, NULL);

  self = g_object_new (PJ_TYPE_APPLICATION, "application-id", PJ_APP_ID, "flags", flags, NULL);
  self->make = make;
  self->make_data = user_data;

  return self;
}
