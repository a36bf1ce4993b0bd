/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-tsan.h"

/* A notification server that writes down what it is asked to show. It has a
 * thread of its own, since its client waits for it. */
typedef struct
{
  GThread           *thread;
  GMainContext      *context;
  GMainLoop         *loop;
  GDBusConnection   *bus;
  const char *const *capabilities;
  guint              last_id;

  GAsyncQueue *shown; /* of char *: "replaces|title|body|category|desktop-entry|icon|actions" */
  GAsyncQueue *ready; /* one item when the name is owned */
} NotificationServer;

static const char notification_server_introspection[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "</interface></node>";

static inline guint
notification_server_record (NotificationServer *server, GVariant *parameters)
{
  const char *app, *icon, *title, *body, *category = "", *desktop_entry = "";
  g_autoptr (GVariant) hints = NULL;
  g_autofree const char **actions = NULL;
  g_autofree char        *joined = NULL;
  char                   *line;
  guint                   replaces;

  g_variant_get (parameters, "(&su&s&s&s^a&s@a{sv}i)", &app, &replaces, &icon, &title, &body,
                 &actions, &hints, NULL);
  g_variant_lookup (hints, "category", "&s", &category);
  g_variant_lookup (hints, "desktop-entry", "&s", &desktop_entry);
  joined = g_strjoinv (",", (char **) actions);
  line = g_strdup_printf ("%u|%s|%s|%s|%s|%s|%s", replaces, title, body, category, desktop_entry,
                          icon, joined);
  PJ_HAND_OVER (line);
  g_async_queue_push (server->shown, line);

  return replaces != 0 ? replaces : ++server->last_id;
}

static inline void
notification_server_on_call (GDBusConnection       *bus,
                             const char            *sender,
                             const char            *path,
                             const char            *interface,
                             const char            *method,
                             GVariant              *parameters,
                             GDBusMethodInvocation *invocation,
                             gpointer               user_data)
{
  NotificationServer *server = user_data;
  GVariant           *answer = NULL;

  if (g_str_equal (method, "GetCapabilities"))
    answer = g_variant_new ("(^as)", server->capabilities);
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "recorder", "test", "1", "1.2");
  else if (g_str_equal (method, "Notify"))
    answer = g_variant_new ("(u)", notification_server_record (server, parameters));

  g_dbus_method_invocation_return_value (invocation, answer);
}

static inline void
notification_server_on_owned (GDBusConnection *bus, const char *name, gpointer user_data)
{
  NotificationServer *server = user_data;

  PJ_HAND_OVER (server);
  g_async_queue_push (server->ready, server);
}

static inline gpointer
notification_server_serve (gpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = notification_server_on_call };
  NotificationServer               *server = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node =
      g_dbus_node_info_new_for_xml (notification_server_introspection, &error);
  guint owner;

  g_assert_no_error (error);
  g_main_context_push_thread_default (server->context);
  server->bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (server->bus, "/org/freedesktop/Notifications",
                                     node->interfaces[0], &table, server, NULL, &error);
  g_assert_no_error (error);
  owner = g_bus_own_name_on_connection (server->bus, "org.freedesktop.Notifications",
                                        G_BUS_NAME_OWNER_FLAGS_NONE, notification_server_on_owned,
                                        NULL, server, NULL);

  g_main_loop_run (server->loop);
  PJ_TAKE_OVER (server);

  g_bus_unown_name (owner);
  g_dbus_connection_close_sync (server->bus, NULL, NULL);
  g_clear_object (&server->bus);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

static inline NotificationServer *
notification_server_start (const char *const *capabilities)
{
  NotificationServer *server = g_new0 (NotificationServer, 1);

  server->capabilities = capabilities;
  server->shown = g_async_queue_new_full (g_free);
  server->ready = g_async_queue_new ();
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("server", notification_server_serve, server);
  g_async_queue_pop (server->ready);
  PJ_TAKE_OVER (server);

  return server;
}

static inline void
notification_server_stop (NotificationServer *server)
{
  PJ_HAND_OVER (server);
  g_main_loop_quit (server->loop);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_async_queue_unref (server->shown);
  g_async_queue_unref (server->ready);
  g_free (server);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NotificationServer, notification_server_stop)

/* Returns: (transfer full): what was shown next; NULL for nothing */
static inline char *
notification_server_take_shown (NotificationServer *server)
{
  char *shown = g_async_queue_try_pop (server->shown);

  if (shown != NULL)
    PJ_TAKE_OVER (shown);

  return shown;
}

static inline void
notification_server_assert_shown (NotificationServer *server, const char *expected)
{
  g_autofree char *shown = notification_server_take_shown (server);

  g_assert_cmpstr (shown, ==, expected);
}

static inline void
notification_server_emit (NotificationServer *server, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (server->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", signal, parameters, &error);
  g_assert_no_error (error);
}
