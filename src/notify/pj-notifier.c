/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-notifier"

#include "notify/pj-notifier.h"

#include <libnotify/notify.h>

#include "pj-config.h"
#include <glib/gi18n-lib.h>

#include "notify/pj-notify-policy.h"

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

/* A server that is started by the question needs some time. */
#define SERVER_TIMEOUT_MS 3000

/* Some servers keep notifications for days and never say that one is closed.
 * The oldest then stay on the screen, but a click on them does nothing. */
#define MAX_SHOWN 50

/**
 * PjNotifier:
 *
 * Shows notifications. Main thread. libnotify has no asynchronous calls and
 * may be used by one thread only, so each bubble (three at most for a check)
 * waits for the notification server. That takes some milliseconds; a server
 * that hangs is waited for 3 seconds when it is first met, 25 (the time limit
 * of D-Bus) when it stops answering later, and 3 again from then on. Without
 * a server nothing is shown.
 */
struct _PjNotifier
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *shown;      /* of NotifyNotification, the oldest first */
  GHashTable *summaries; /* of char * (account id) to NotifyNotification, borrowed from shown */

  /* Plain */
  guint server_watch;
  gboolean has_server;   /* one was seen on the bus */
  gboolean knows_server; /* the two below are the server's answers */
  gboolean has_markup;
  gboolean has_actions;
  gboolean has_complained;
};

G_DEFINE_FINAL_TYPE (PjNotifier, pj_notifier, G_TYPE_OBJECT)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a click on a notification needs to know. */
typedef struct
{
  GWeakRef notifier;
  PjBubble *bubble;
} Target;

static Target *
target_new (PjNotifier *notifier, const PjBubble *bubble)
{
  Target *self = g_new0 (Target, 1);

  g_weak_ref_init (&self->notifier, notifier);
  self->bubble = pj_bubble_copy (bubble);

  return self;
}

static void
target_free (gpointer data)
{
  Target *self = data;

  g_weak_ref_clear (&self->notifier);
  pj_bubble_free (self->bubble);
  g_free (self);
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Target *target = user_data;
  g_autoptr (PjNotifier) self = g_weak_ref_get (&target->notifier);
  g_autoptr (PjBubble) bubble = pj_bubble_copy (target->bubble);

  if (self != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, bubble->account_id, bubble->uid);
}

static gboolean
is_same (gpointer key, gpointer value, gpointer notification)
{
  return value == notification;
}

static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  PjNotifier *self = user_data;
  g_autoptr (GObject) kept = G_OBJECT (g_object_ref (notification));

  g_hash_table_foreach_remove (self->summaries, is_same, kept);
  g_ptr_array_remove (self->shown, kept);
}

static void
on_server_changed (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  PjNotifier *self = user_data;

  self->has_server = TRUE;
  self->knows_server = FALSE;
}

static void
on_server_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  PjNotifier *self = user_data;

  /* A watch begins by saying so, while a server may be on its way. */
  if (!self->has_server)
    return;

  /* Its bubbles went with it. */
  self->has_server = FALSE;
  self->knows_server = FALSE;
  g_hash_table_remove_all (self->summaries);
  g_ptr_array_set_size (self->shown, 0);
}

static void
pj_notifier_dispose (GObject *object)
{
  PjNotifier *self = PJ_NOTIFIER (object);

  g_clear_handle_id (&self->server_watch, g_bus_unwatch_name);
  g_clear_pointer (&self->summaries, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (pj_notifier_parent_class)->dispose (object);
}

static void
pj_notifier_class_init (PjNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_notifier_dispose;

  /**
   * PjNotifier::activated:
   * @self: the notifier
   * @account_id: the account that the notification told of
   * @uid: (nullable): the message; %NULL when it told of several
   *
   * The user has clicked on a notification.
   */
  signals[ACTIVATED] = g_signal_new ("activated", PJ_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pj_notifier_init (PjNotifier *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * pj_notifier_new:
 *
 * Returns: (transfer full): a notifier; it asks for no server yet
 */
PjNotifier *
pj_notifier_new (void)
{
  return g_object_new (PJ_TYPE_NOTIFIER, NULL);
}

/* Returns: (transfer full) (nullable): the bus, watched for servers */
static GDBusConnection *
connect_to_bus (PjNotifier *self, GError **error)
{
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (bus != NULL && self->server_watch == 0)
    self->server_watch =
        g_bus_watch_name_on_connection (bus, SERVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_server_changed, on_server_vanished, self, NULL);

  return bus;
}

/* Asks for what the server can do, once for each server. libnotify would warn
 * where there is none, and wait longer for one that hangs. */
static gboolean
ask_server (PjNotifier *self, GError **error)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus (self, error);
  g_autofree const char **capabilities = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (bus == NULL)
    return FALSE;
  if (self->knows_server)
    return TRUE;

  answer = g_dbus_connection_call_sync (bus, SERVER_NAME, SERVER_PATH, SERVER_NAME,
                                        "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"),
                                        G_DBUS_CALL_FLAGS_NONE, SERVER_TIMEOUT_MS, NULL, error);
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
make_notification (PjNotifier *self, const char *title, const char *body)
{
  NotifyNotification *notification = notify_notification_new (title, body, PJ_APP_ID);

  notify_notification_set_category (notification, "email.arrived");
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (PJ_APP_ID));
  g_signal_connect_object (notification, "closed", G_CALLBACK (on_closed), self, 0);

  return notification;
}

/* Returns: (transfer none): a new notification, or the account's summary that
 * is still shown, with the words of @bubble */
static NotifyNotification *
prepare (PjNotifier *self, const PjBubble *bubble)
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

static void
forget_oldest (PjNotifier *self)
{
  if (self->shown->len <= MAX_SHOWN)
    return;

  g_hash_table_foreach_remove (self->summaries, is_same, g_ptr_array_index (self->shown, 0));
  g_ptr_array_remove_index (self->shown, 0);
}

static gboolean
show (PjNotifier *self, const PjBubble *bubble, GError **error)
{
  NotifyNotification *notification = prepare (self, bubble);
  /* libnotify 0.8 has no g_autoptr for its own type, later ones do. */
  g_autoptr (GObject) kept = G_OBJECT (g_object_ref (notification));

  if (notify_notification_show (notification, error))
    {
      forget_oldest (self);
      return TRUE;
    }

  /* One that hangs is to be found out by the short question next time. */
  self->knows_server = FALSE;
  on_closed (NOTIFY_NOTIFICATION (kept), self);
  return FALSE;
}

/**
 * pj_notifier_announce:
 * @self: the notifier
 * @account_name: what the user calls the account
 * @messages: (element-type PjMessage): what a check has added, all of one account
 * @is_baseline: whether it was the account's first, so that nothing is new
 *
 * Shows what pj_notify_policy_decide() says. Waits for the notification
 * server; where there is none, nothing happens.
 */
void
pj_notifier_announce (PjNotifier *self,
                      const char *account_name,
                      GPtrArray *messages,
                      gboolean is_baseline)
{
  g_autoptr (GPtrArray) bubbles = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_return_if_fail (PJ_IS_NOTIFIER (self));
  g_return_if_fail (account_name != NULL && messages != NULL);

  bubbles = pj_notify_policy_decide (account_name, messages, is_baseline);
  if (bubbles->len == 0)
    return;

  ok = ask_server (self, &error);
  for (guint i = 0; ok && i < bubbles->len; i++)
    ok = show (self, g_ptr_array_index (bubbles, i), &error);

  if (!ok && !self->has_complained)
    g_message ("No notification can be shown: %s", error->message);
  self->has_complained = !ok;
}
