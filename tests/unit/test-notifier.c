/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notifier.h"

#include "model/pj-message.h"
#include "notification-server.h"

static const char *const capabilities[] = { "actions", "body", NULL };

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
                                     .from_name = "Ala",
                                     .from_address = "ala@example.org",
                                     .subject = "Tea",
                                 }));
    }
  pj_notifier_announce (notifier, account_id, messages, is_baseline);
}

static void
test_shown (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  PjNotifier *notifier = pj_notifier_new ();

  announce (notifier, "home", 0, FALSE);
  announce (notifier, "home", 412, TRUE);
  announce (notifier, "home", 2, FALSE);
  notification_server_assert_shown (server, "0|home|412 messages already there|" NOTIFICATION_HINTS
                                            "|default,Open");
  for (guint i = 1; i <= 2; i++)
    notification_server_assert_shown (server, "0|Ala (example.org)|Tea|" NOTIFICATION_HINTS
                                              "|default,Open");
  g_assert_finalize_object (notifier);
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
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  g_autoptr (PjNotifier) notifier = pj_notifier_new ();
  char *activated = NULL;

  g_signal_connect (notifier, "activated", G_CALLBACK (on_activated), &activated);
  announce (notifier, "home", 2, FALSE);
  announce (notifier, "work", 7, FALSE);
  for (guint i = 1; i <= 2; i++)
    notification_server_assert_shown (server, "0|Ala (example.org)|Tea|" NOTIFICATION_HINTS
                                              "|default,Open");
  notification_server_assert_shown (
      server, "0|7 new messages in work|Ala (example.org)|" NOTIFICATION_HINTS "|default,Open");

  assert_activated (server, 2, &activated, "home/uid-2");
  assert_activated (server, 3, &activated, "work/-");
}

static void
test_silent_server_holds_nobody_up (void)
{
  g_autoptr (NotificationServer) server = notification_server_start_silent (capabilities, "Notify");
  g_autoptr (GDBusMethodInvocation) held = NULL;
  PjNotifier *notifier = pj_notifier_new ();

  announce (notifier, "home", 1, FALSE);
  held = notification_server_wait_held (server);
  g_assert_finalize_object (notifier);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notify/notifier/announced-is-shown", test_shown);
  g_test_add_func ("/notify/notifier/click-tells-which", test_activated);
  g_test_add_func ("/notify/notifier/silent-server-holds-nobody-up",
                   test_silent_server_holds_nobody_up);

  return notification_server_run_tests ();
}
