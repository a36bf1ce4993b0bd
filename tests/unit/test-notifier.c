/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notifier.h"

#include <libnotify/notify.h>

#include "model/pj-message.h"
#include "notification-server.h"

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
  g_autoptr (NotificationServer) server = notification_server_start (full);
  PjNotifier *notifier = pj_notifier_new ();

  announce (notifier, "home", 1, FALSE);
  notification_server_assert_shown (
      server,
      "0|Tom & <i>Ala</i> (example.org)|&lt;b&gt;1&lt;/b&gt; &amp;lt; 2|" HINTS "|default,Open");
  notification_server_assert_shown (server, NULL);
  g_assert_finalize_object (notifier);
}

static void
test_plain (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (plain);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();

  announce (notifier, "home", 1, FALSE);
  notification_server_assert_shown (server,
                                    "0|Tom & <i>Ala</i> (example.org)|<b>1</b> &lt; 2|" HINTS "|");
}

static void
test_summary_is_replaced (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (plain);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();

  announce (notifier, "home", 412, TRUE);
  notification_server_assert_shown (server, "0|home|412 messages already there|" HINTS "|");
  announce (notifier, "home", 4, FALSE);
  notification_server_assert_shown (
      server, "1|4 new messages in home|Tom & <i>Ala</i> (example.org)|" HINTS "|");
  announce (notifier, "work", 5, FALSE);
  notification_server_assert_shown (
      server, "0|5 new messages in work|Tom & <i>Ala</i> (example.org)|" HINTS "|");
  announce (notifier, "home", 6, FALSE);
  notification_server_assert_shown (
      server, "1|6 new messages in home|Tom & <i>Ala</i> (example.org)|" HINTS "|");
}

static void
on_activated (PjNotifier *notifier, const char *account_id, const char *uid, gpointer user_data)
{
  char **activated = user_data;

  g_assert_null (*activated);
  *activated = g_strdup_printf ("%s/%s", account_id, uid != NULL ? uid : "-");
}

static void
assert_activated (NotificationServer *server, guint id, char **activated, const char *expected)
{
  g_autofree char *found = NULL;

  notification_server_emit (server, "ActionInvoked", g_variant_new ("(us)", id, "default"));
  while (*activated == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = g_steal_pointer (activated);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_activated (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (full);
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
  g_autoptr (NotificationServer) server = notification_server_start (full);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  char *activated = NULL;

  g_signal_connect (notifier, "activated", G_CALLBACK (on_activated), &activated);
  announce (notifier, "home", 4, FALSE);
  announce (notifier, "work", 4, FALSE);
  notification_server_emit (server, "NotificationClosed", g_variant_new ("(uu)", 1, 2));
  /* Signals keep their order: after this one the other has arrived. */
  assert_activated (server, 2, &activated, "work/-");
  g_free (notification_server_take_shown (server));
  g_free (notification_server_take_shown (server));

  announce (notifier, "home", 5, FALSE);
  notification_server_assert_shown (
      server, "0|5 new messages in home|Tom &amp; &lt;i&gt;Ala&lt;/i&gt; (example.org)|" HINTS
              "|default,Open");
}

static void
test_server_is_asked_again (void)
{
  g_autoptr (NotificationServer) second = NULL;
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  g_autofree char *shown = NULL;
  NotificationServer *first = notification_server_start (full);

  announce (notifier, "home", 1, FALSE);
  notification_server_assert_shown (
      first,
      "0|Tom & <i>Ala</i> (example.org)|&lt;b&gt;1&lt;/b&gt; &amp;lt; 2|" HINTS "|default,Open");

  notification_server_stop (first);
  second = notification_server_start (plain);
  /* libnotify sends to the server that it knows until the bus has told it otherwise. */
  while (shown == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      announce (notifier, "home", 1, FALSE);
      shown = notification_server_take_shown (second);
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
