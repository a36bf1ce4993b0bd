/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notifier.h"

#include <libnotify/notify.h>

#include "base/pj-tsan.h"
#include "model/pj-message.h"

/* A notification server that writes down what it is asked to show. It has a
 * thread of its own, since its client waits for it. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GDBusConnection *bus;
  const char *const *capabilities;
  guint last_id;

  GAsyncQueue *shown; /* of char *: "replaces|title|body|category|desktop-entry|icon|actions" */
  GAsyncQueue *ready; /* one item when the name is owned */
} Server;

static const char introspection[] =
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

static guint
record (Server *server, GVariant *parameters)
{
  const char *app, *icon, *title, *body, *category = "", *desktop_entry = "";
  g_autoptr (GVariant) hints = NULL;
  g_autofree const char **actions = NULL;
  g_autofree char *joined = NULL;
  char *text;
  guint replaces;

  g_variant_get (parameters, "(&su&s&s&s^a&s@a{sv}i)", &app, &replaces, &icon, &title, &body,
                 &actions, &hints, NULL);
  g_variant_lookup (hints, "category", "&s", &category);
  g_variant_lookup (hints, "desktop-entry", "&s", &desktop_entry);
  joined = g_strjoinv (",", (char **) actions);
  text = g_strdup_printf ("%u|%s|%s|%s|%s|%s|%s", replaces, title, body, category, desktop_entry,
                          icon, joined);
  PJ_HAND_OVER (text);
  g_async_queue_push (server->shown, text);

  return replaces != 0 ? replaces : ++server->last_id;
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Server *server = user_data;
  GVariant *answer = NULL;

  if (g_str_equal (method, "GetCapabilities"))
    answer = g_variant_new ("(^as)", server->capabilities);
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "recorder", "test", "1", "1.2");
  else if (g_str_equal (method, "Notify"))
    answer = g_variant_new ("(u)", record (server, parameters));

  g_dbus_method_invocation_return_value (invocation, answer);
}

static void
on_owned (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Server *server = user_data;

  PJ_HAND_OVER (server);
  g_async_queue_push (server->ready, server);
}

static gpointer
serve (gpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  Server *server = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, &error);
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
                                        G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL, server, NULL);

  g_main_loop_run (server->loop);
  PJ_TAKE_OVER (server);

  g_bus_unown_name (owner);
  g_dbus_connection_close_sync (server->bus, NULL, NULL);
  g_clear_object (&server->bus);
  g_main_context_pop_thread_default (server->context);
  PJ_HAND_OVER (server);
  return NULL;
}

static Server *
server_start (const char *const *capabilities)
{
  Server *server = g_new0 (Server, 1);

  server->capabilities = capabilities;
  server->shown = g_async_queue_new_full (g_free);
  server->ready = g_async_queue_new ();
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("server", serve, server);
  g_async_queue_pop (server->ready);
  PJ_TAKE_OVER (server);

  return server;
}

static void
server_stop (Server *server)
{
  PJ_HAND_OVER (server);
  g_main_loop_quit (server->loop);
  g_thread_join (server->thread);
  PJ_TAKE_OVER (server);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_async_queue_unref (server->shown);
  g_async_queue_unref (server->ready);
  g_free (server);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)

/* Returns: (transfer full) (nullable): what was asked for next */
static char *
pop_shown (Server *server)
{
  char *text = g_async_queue_try_pop (server->shown);

  if (text != NULL)
    PJ_TAKE_OVER (text);
  return text;
}

static void
assert_shown (Server *server, const char *expected)
{
  g_autofree char *shown = pop_shown (server);

  g_assert_cmpstr (shown, ==, expected);
}

static void
emit (Server *server, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (server->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", signal, parameters, &error);
  g_assert_no_error (error);
}

static const char *const full[] = { "actions", "body", "body-markup", NULL };
static const char *const plain[] = { "body", NULL };

#define HINTS "email.arrived|io.github.popinjay.Popinjay|io.github.popinjay.Popinjay"

static void
announce (PjNotifier *notifier, const char *account_id, guint count, gboolean is_baseline)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i <= count; i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);

      g_ptr_array_add (messages, pj_message_new (&(PjMessageFields){
                                     .account_id = account_id,
                                     .uid = uid,
                                     .from_name = "Tom & <i>Ala</i>",
                                     .from_address = "ala@example.org",
                                     .subject = "<b>1</b> &lt; 2",
                                 }));
    }
  pj_notifier_announce (notifier, account_id, messages, is_baseline);
}

static void
run_test (gconstpointer data)
{
  void (*const *test) (void) = data;

  (*test) ();
  /* Each test meets its server for the first time. */
  notify_uninit ();
}

static void
test_markup (void)
{
  g_autoptr (Server) server = server_start (full);
  PjNotifier *notifier = pj_notifier_new ();

  announce (notifier, "home", 1, FALSE);
  assert_shown (server, "0|Tom & <i>Ala</i> (example.org)|&lt;b&gt;1&lt;/b&gt; &amp;lt; 2|" HINTS
                        "|default,Open");
  assert_shown (server, NULL);
  g_assert_finalize_object (notifier);
}

static void
test_plain (void)
{
  g_autoptr (Server) server = server_start (plain);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();

  announce (notifier, "home", 1, FALSE);
  assert_shown (server, "0|Tom & <i>Ala</i> (example.org)|<b>1</b> &lt; 2|" HINTS "|");
}

static void
test_summary_is_replaced (void)
{
  g_autoptr (Server) server = server_start (plain);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();

  announce (notifier, "home", 412, TRUE);
  assert_shown (server, "0|home|412 messages already there|" HINTS "|");
  announce (notifier, "home", 4, FALSE);
  assert_shown (server, "1|4 new messages in home|Tom & <i>Ala</i> (example.org)|" HINTS "|");
  announce (notifier, "work", 5, FALSE);
  assert_shown (server, "0|5 new messages in work|Tom & <i>Ala</i> (example.org)|" HINTS "|");
  announce (notifier, "home", 6, FALSE);
  assert_shown (server, "1|6 new messages in home|Tom & <i>Ala</i> (example.org)|" HINTS "|");
}

static void
on_activated (PjNotifier *notifier, const char *account_id, const char *uid, gpointer user_data)
{
  char **activated = user_data;

  g_assert_null (*activated);
  *activated = g_strdup_printf ("%s/%s", account_id, uid != NULL ? uid : "-");
}

static void
assert_activated (Server *server, guint id, char **activated, const char *expected)
{
  g_autofree char *found = NULL;

  emit (server, "ActionInvoked", g_variant_new ("(us)", id, "default"));
  while (*activated == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = g_steal_pointer (activated);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_activated (void)
{
  g_autoptr (Server) server = server_start (full);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  char *activated = NULL;

  g_signal_connect (notifier, "activated", G_CALLBACK (on_activated), &activated);
  announce (notifier, "home", 2, FALSE);
  announce (notifier, "work", 7, FALSE);
  assert_activated (server, 2, &activated, "home/uid-2");
  assert_activated (server, 3, &activated, "work/-");
}

static void
test_closed_is_not_replaced (void)
{
  g_autoptr (Server) server = server_start (full);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  char *activated = NULL;

  g_signal_connect (notifier, "activated", G_CALLBACK (on_activated), &activated);
  announce (notifier, "home", 4, FALSE);
  announce (notifier, "work", 4, FALSE);
  emit (server, "NotificationClosed", g_variant_new ("(uu)", 1, 2));
  /* Signals keep their order: after this one the other has arrived. */
  assert_activated (server, 2, &activated, "work/-");
  g_free (pop_shown (server));
  g_free (pop_shown (server));

  announce (notifier, "home", 5, FALSE);
  assert_shown (server,
                "0|5 new messages in home|Tom &amp; &lt;i&gt;Ala&lt;/i&gt; (example.org)|" HINTS
                "|default,Open");
}

static void
test_server_is_asked_again (void)
{
  g_autoptr (Server) second = NULL;
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  g_autofree char *shown = NULL;
  Server *first = server_start (full);

  announce (notifier, "home", 1, FALSE);
  assert_shown (first, "0|Tom & <i>Ala</i> (example.org)|&lt;b&gt;1&lt;/b&gt; &amp;lt; 2|" HINTS
                       "|default,Open");

  server_stop (first);
  second = server_start (plain);
  /* libnotify sends to the server that it knows until the bus has told it otherwise. */
  while (shown == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      announce (notifier, "home", 1, FALSE);
      shown = pop_shown (second);
    }

  g_assert_cmpstr (shown, ==, "0|Tom & <i>Ala</i> (example.org)|<b>1</b> &lt; 2|" HINTS "|");
}

static void
test_no_server (void)
{
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();

  g_test_expect_message ("pj-notifier", G_LOG_LEVEL_MESSAGE, "No notification can be shown*");
  announce (notifier, "home", 3, FALSE);
  announce (notifier, "home", 3, FALSE);
  announce (notifier, "home", 9, FALSE);
  g_test_assert_expected_messages ();
}

static const struct
{
  const char *path;
  void (*test) (void);
} cases[] = {
  { "/notify/notifier/body-is-escaped-for-mark-up", test_markup },
  { "/notify/notifier/body-is-plain-without-mark-up", test_plain },
  { "/notify/notifier/summary-is-replaced-per-account", test_summary_is_replaced },
  { "/notify/notifier/click-tells-which", test_activated },
  { "/notify/notifier/closed-summary-is-not-replaced", test_closed_is_not_replaced },
  { "/notify/notifier/new-server-is-asked-again", test_server_is_asked_again },
  { "/notify/notifier/missing-server-is-told-once", test_no_server },
};

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) dbus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (dbus);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i].test, run_test);
  status = g_test_run ();
  g_test_dbus_stop (dbus);
  return status;
}
