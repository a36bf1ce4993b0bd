/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-tsan.h"

/* What each of our notifications says of itself, as a server writes it down. */
#define NOTIFICATION_HINTS "email.arrived|io.github.popinjay.Popinjay|io.github.popinjay.Popinjay"

/* A notification server that writes down what it is asked to show. It has a
 * thread of its own, since its client waits for it. */
typedef struct
{
  GThread           *thread;
  GMainContext      *context;
  GMainLoop         *loop;
  GDBusConnection   *bus;
  const char *const *capabilities;
  const char        *silent_on; /* NULL, or the method that is not answered */
  guint              last_id;

  GAsyncQueue *shown; /* of char *: "replaces|title|body|category|desktop-entry|icon|actions" */
  GAsyncQueue *held;  /* of GDBusMethodInvocation, not answered yet */
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

static inline GVariant *
notification_server_make_answer (NotificationServer *server, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant   *parameters = g_dbus_method_invocation_get_parameters (invocation);

  if (g_str_equal (method, "GetCapabilities"))
    return g_variant_new ("(^as)", server->capabilities);
  if (g_str_equal (method, "GetServerInformation"))
    return g_variant_new ("(ssss)", "recorder", "test", "1", "1.2");
  if (g_str_equal (method, "Notify"))
    return g_variant_new ("(u)", notification_server_record (server, parameters));

  return NULL;
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

  if (g_strcmp0 (method, server->silent_on) != 0)
    {
      g_dbus_method_invocation_return_value (invocation,
                                             notification_server_make_answer (server, invocation));
      return;
    }

  PJ_HAND_OVER (invocation);
  g_async_queue_push (server->held, invocation);
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

/* @silent_on: (nullable): the method that waits for notification_server_answer() */
static inline NotificationServer *
notification_server_start_silent (const char *const *capabilities, const char *silent_on)
{
  NotificationServer *server = g_new0 (NotificationServer, 1);

  server->capabilities = capabilities;
  server->silent_on = silent_on;
  server->shown = g_async_queue_new_full (g_free);
  server->held = g_async_queue_new_full (g_object_unref);
  server->ready = g_async_queue_new ();
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("server", notification_server_serve, server);
  g_async_queue_pop (server->ready);
  PJ_TAKE_OVER (server);

  return server;
}

static inline NotificationServer *
notification_server_start (const char *const *capabilities)
{
  return notification_server_start_silent (capabilities, NULL);
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
  g_async_queue_unref (server->held);
  g_async_queue_unref (server->ready);
  g_free (server);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NotificationServer, notification_server_stop)

/* Waits for a call that is not answered. Returns: (transfer full): it */
static inline GDBusMethodInvocation *
notification_server_wait_held (NotificationServer *server)
{
  GDBusMethodInvocation *held = g_async_queue_pop (server->held);

  PJ_TAKE_OVER (held);
  return held;
}

/* @held: (transfer full): the call to answer at last */
static inline void
notification_server_answer (NotificationServer *server, GDBusMethodInvocation *held)
{
  g_dbus_method_invocation_return_value (held, notification_server_make_answer (server, held));
}

/* Waits for the next that is shown. */
static inline void
notification_server_assert_shown (NotificationServer *server, const char *expected)
{
  g_autofree char *shown = g_async_queue_pop (server->shown);

  PJ_TAKE_OVER (shown);
  g_assert_cmpstr (shown, ==, expected);
}

/* For where whoever shows has waited for the answer. */
static inline void
notification_server_assert_no_more (NotificationServer *server)
{
  g_assert_cmpint (g_async_queue_length (server->shown), ==, 0);
}

static inline void
notification_server_emit (NotificationServer *server, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (server->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", signal, parameters, &error);
  g_assert_no_error (error);
}

/* Runs the tests that were added on a bus of their own, to which the program
 * connects first, as an application does. */
static inline int
notification_server_run_tests (void)
{
  g_autoptr (GTestDBus) dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_dbus_up (dbus);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (bus, FALSE);

  status = g_test_run ();
  g_test_dbus_stop (dbus);

  return status;
}
