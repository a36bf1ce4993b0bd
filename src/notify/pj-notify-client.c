/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notify-client.h"

#include <libnotify/notify.h>

#include "pj-config.h"
#include <glib/gi18n-lib.h>

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

/* A server that is started by the question needs some time. */
#define SERVER_TIMEOUT_MS 3000

/* Some servers keep notifications for days and never say that one is closed.
 * The oldest then stay on the screen, but a click on them does nothing. */
#define MAX_SHOWN 50

/**
 * PjNotifyClient:
 *
 * The notification server as libnotify reaches it, and what stands on the
 * screen. libnotify keeps its state in the process: there is one of these at
 * a time, on one thread from its making to its end, and that thread must run
 * its thread-default main context for clicks to arrive.
 */
struct _PjNotifyClient
{
  /* Owned */
  GDBusConnection *bus;  /* NULL until the first bubble */
  GPtrArray *shown;      /* of NotifyNotification, the oldest first */
  GHashTable *summaries; /* of char * (account id) to NotifyNotification, borrowed from shown */

  /* Borrowed */
  gpointer user_data; /* for clicked */

  /* Plain */
  PjNotifyClicked clicked;
  guint owner_changes;   /* of the server's name: our subscription */
  gboolean knows_server; /* the two below are the server's answers */
  gboolean has_markup;
  gboolean has_actions;
};

/* What a click on a notification needs to know. */
typedef struct
{
  PjNotifyClient *client; /* (borrowed): holds the notification that owns this */
  PjBubble *bubble;
} Target;

static Target *
target_new (PjNotifyClient *client, const PjBubble *bubble)
{
  Target *self = g_new0 (Target, 1);

  self->client = client;
  self->bubble = pj_bubble_copy (bubble);

  return self;
}

static void
target_free (gpointer data)
{
  Target *self = data;

  pj_bubble_free (self->bubble);
  g_free (self);
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Target *target = user_data;

  target->client->clicked (target->bubble, target->client->user_data);
}

static gboolean
is_same (gpointer key, gpointer value, gpointer notification)
{
  return value == notification;
}

static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  PjNotifyClient *self = user_data;
  g_autoptr (GObject) kept = G_OBJECT (g_object_ref (notification));

  g_hash_table_foreach_remove (self->summaries, is_same, kept);
  g_ptr_array_remove (self->shown, kept);
}

static void
on_owner_changed (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  PjNotifyClient *self = user_data;
  const char *old_owner;

  g_variant_get (parameters, "(&s&s&s)", NULL, &old_owner, NULL);
  self->knows_server = FALSE;
  if (*old_owner == '\0')
    return;

  /* Its bubbles went with it. */
  g_hash_table_remove_all (self->summaries);
  g_ptr_array_set_size (self->shown, 0);
}

/* No g_bus_watch_name(): its question to the bus would still be on its way
 * when a client that was just made is freed, and its thread has ended. */
static gboolean
connect_to_bus (PjNotifyClient *self, GCancellable *cancellable, GError **error)
{
  if (self->bus != NULL)
    return TRUE;

  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);
  if (self->bus == NULL)
    return FALSE;

  self->owner_changes = g_dbus_connection_signal_subscribe (
      self->bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
      "/org/freedesktop/DBus", SERVER_NAME, G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, self, NULL);

  return TRUE;
}

/* Asks for what the server can do, once for each server. libnotify would warn
 * where there is none, and wait longer for one that hangs. */
static gboolean
ask_server (PjNotifyClient *self, GCancellable *cancellable, GError **error)
{
  g_autofree const char **capabilities = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (!connect_to_bus (self, cancellable, error))
    return FALSE;
  if (self->knows_server)
    return TRUE;

  answer = g_dbus_connection_call_sync (
      self->bus, SERVER_NAME, SERVER_PATH, SERVER_NAME, "GetCapabilities", NULL,
      G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, SERVER_TIMEOUT_MS, cancellable, error);
  if (answer == NULL)
    return FALSE;

  g_variant_get (answer, "(^a&s)", &capabilities);
  self->has_markup = g_strv_contains (capabilities, "body-markup");
  self->has_actions = g_strv_contains (capabilities, "actions");
  self->knows_server = TRUE;
  if (!notify_is_initted ())
    notify_init ("Popinjay");

  return TRUE;
}

static NotifyNotification *
make_notification (PjNotifyClient *self, const char *title, const char *body)
{
  NotifyNotification *notification = notify_notification_new (title, body, PJ_APP_ID);

  notify_notification_set_category (notification, "email.arrived");
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (PJ_APP_ID));
  g_signal_connect (notification, "closed", G_CALLBACK (on_closed), self);

  return notification;
}

/* Returns: (transfer none): a new notification, or the account's summary that
 * is still shown, with the words of @bubble */
static NotifyNotification *
prepare (PjNotifyClient *self, const PjBubble *bubble)
{
  NotifyNotification *notification =
      bubble->uid == NULL ? g_hash_table_lookup (self->summaries, bubble->account_id) : NULL;
  /* The title is plain text everywhere; the body is where the server says so. */
  g_autofree char *body =
      self->has_markup ? g_markup_escape_text (bubble->body, -1) : g_strdup (bubble->body);

  if (notification != NULL)
    {
      notify_notification_update (notification, bubble->title, body, PJ_APP_ID);
      notify_notification_clear_actions (notification);
    }
  else
    {
      notification = make_notification (self, bubble->title, body);
      g_ptr_array_add (self->shown, notification);
      if (bubble->uid == NULL)
        g_hash_table_insert (self->summaries, g_strdup (bubble->account_id), notification);
    }

  if (self->has_actions)
    notify_notification_add_action (notification, "default", _ ("Open"), on_action,
                                    target_new (self, bubble), target_free);
  return notification;
}

/* Makes room for what was shown last. */
static void
forget_oldest (PjNotifyClient *self, NotifyNotification *last)
{
  /* An older one may have been given words anew. */
  g_ptr_array_add (self->shown, g_object_ref (last));
  g_ptr_array_remove (self->shown, last);
  if (self->shown->len <= MAX_SHOWN)
    return;

  g_hash_table_foreach_remove (self->summaries, is_same, g_ptr_array_index (self->shown, 0));
  g_ptr_array_remove_index (self->shown, 0);
}

static gboolean
show (PjNotifyClient *self, const PjBubble *bubble, GError **error)
{
  NotifyNotification *notification = prepare (self, bubble);
  /* libnotify 0.8 has no g_autoptr for its own type, later ones do. */
  g_autoptr (GObject) kept = G_OBJECT (g_object_ref (notification));

  if (notify_notification_show (notification, error))
    {
      forget_oldest (self, notification);
      return TRUE;
    }

  /* One that hangs is to be found out by the short question next time. */
  self->knows_server = FALSE;
  on_closed (NOTIFY_NOTIFICATION (kept), self);
  return FALSE;
}

/**
 * pj_notify_client_new: (skip)
 * @clicked: called in this thread's main context
 * @user_data: (nullable): for @clicked; outlives the client
 *
 * Asks for no server yet.
 *
 * Returns: (transfer full): a client with nothing on the screen
 */
PjNotifyClient *
pj_notify_client_new (PjNotifyClicked clicked, gpointer user_data)
{
  PjNotifyClient *self;

  g_return_val_if_fail (clicked != NULL, NULL);

  self = g_new0 (PjNotifyClient, 1);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->clicked = clicked;
  self->user_data = user_data;

  return self;
}

/**
 * pj_notify_client_free: (skip)
 * @self: (transfer full): the client
 *
 * What is on the screen stays there; a click on it does nothing more.
 */
void
pj_notify_client_free (PjNotifyClient *self)
{
  g_return_if_fail (self != NULL);

  if (self->bus != NULL)
    g_dbus_connection_signal_unsubscribe (self->bus, self->owner_changes);
  g_clear_pointer (&self->summaries, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  notify_uninit ();
  g_clear_object (&self->bus);
  g_free (self);
}

/**
 * pj_notify_client_show: (skip)
 * @self: the client
 * @bubbles: (element-type PjBubble): what to show
 * @cancellable: (nullable): stops before the next bubble; libnotify cannot
 *   leave one that the server was asked for
 * @error: return location
 *
 * Shows bubbles, one about several messages in place of the last such one of
 * its account. Blocks until the server has answered for each: a server that
 * hangs is waited for 3 seconds when it is first met, 25 (the time limit of
 * D-Bus) when it stops answering later, and 3 again from then on.
 *
 * Errors: any #GDBusError or #GIOErrorEnum, as when there is no bus, no server
 * or no answer. The bubbles before the one that failed are shown.
 *
 * Returns: whether all are shown
 */
gboolean
pj_notify_client_show (PjNotifyClient *self,
                       GPtrArray *bubbles,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && bubbles != NULL, FALSE);

  if (!ask_server (self, cancellable, error))
    return FALSE;

  for (guint i = 0; i < bubbles->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !show (self, g_ptr_array_index (bubbles, i), error))
        return FALSE;
    }

  return TRUE;
}
