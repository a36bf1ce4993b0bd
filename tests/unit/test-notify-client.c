/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notify-client.h"

#include "notification-click.h"

static const char *const full[] = { "actions", "body", "body-markup", NULL };
static const char *const plain[] = { "body", NULL };

/* More than a client remembers. */
#define MANY 60

static gboolean
try_show (PjNotifyClient *client,
          const char *account_id,
          const char *uid,
          const char *body,
          GError **error)
{
  g_autoptr (GPtrArray) bubbles = one_bubble (account_id, uid, "Tom & <i>Ala</i>", body);

  return pj_notify_client_show (client, bubbles, NULL, error);
}

static void
show (PjNotifyClient *client, const char *account_id, const char *uid, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_show (client, account_id, uid, body, &error));
  g_assert_no_error (error);
}

static void
test_markup (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (full);
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);

  show (client, "home", "aa", "<b>1</b> &lt; 2");
  notification_server_assert_shown (
      server,
      "0|Tom & <i>Ala</i>|&lt;b&gt;1&lt;/b&gt; &amp;lt; 2|" NOTIFICATION_HINTS "|default,Open");
  notification_server_assert_no_more (server);
}

static void
test_plain (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (plain);
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);

  show (client, "home", "aa", "<b>1</b> &lt; 2");
  notification_server_assert_shown (server,
                                    "0|Tom & <i>Ala</i>|<b>1</b> &lt; 2|" NOTIFICATION_HINTS "|");
}

static void
test_summary_is_replaced (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (plain);
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);

  show (client, "home", NULL, "412");
  notification_server_assert_shown (server, "0|Tom & <i>Ala</i>|412|" NOTIFICATION_HINTS "|");
  show (client, "home", NULL, "4");
  notification_server_assert_shown (server, "1|Tom & <i>Ala</i>|4|" NOTIFICATION_HINTS "|");
  show (client, "work", NULL, "5");
  notification_server_assert_shown (server, "0|Tom & <i>Ala</i>|5|" NOTIFICATION_HINTS "|");
  show (client, "home", NULL, "6");
  notification_server_assert_shown (server, "1|Tom & <i>Ala</i>|6|" NOTIFICATION_HINTS "|");
}

static void
test_clicked (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (full);
  char *clicked = NULL;
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, &clicked);

  show (client, "home", "aa", "1");
  show (client, "home", "bb", "2");
  show (client, "work", NULL, "7");
  assert_clicked (server, 2, &clicked, "home/bb");
  assert_clicked (server, 3, &clicked, "work/-");
}

static void
test_closed_is_not_replaced (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (full);
  char *clicked = NULL;
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, &clicked);

  show (client, "home", NULL, "4");
  notification_server_assert_shown (server,
                                    "0|Tom & <i>Ala</i>|4|" NOTIFICATION_HINTS "|default,Open");
  show (client, "work", NULL, "5");
  notification_server_assert_shown (server,
                                    "0|Tom & <i>Ala</i>|5|" NOTIFICATION_HINTS "|default,Open");
  notification_server_emit (server, "NotificationClosed", g_variant_new ("(uu)", 1, 2));
  /* Signals keep their order: after this one the other has arrived. */
  assert_clicked (server, 2, &clicked, "work/-");

  show (client, "home", NULL, "6");
  notification_server_assert_shown (server,
                                    "0|Tom & <i>Ala</i>|6|" NOTIFICATION_HINTS "|default,Open");
}

static void
test_oldest_is_forgotten (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (full);
  char *clicked = NULL;
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, &clicked);

  show (client, "home", NULL, "1");
  for (guint i = 2; i <= MANY; i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);

      show (client, "work", uid, "one");
      /* A summary that has words anew is not the oldest. */
      show (client, "home", NULL, "more");
    }

  /* The first that is for itself: this click is lost. */
  notification_server_emit (server, "ActionInvoked", g_variant_new ("(us)", 2, "default"));
  assert_clicked (server, 1, &clicked, "home/-");
  assert_clicked (server, MANY, &clicked, "work/uid-60");
}

static void
test_server_is_asked_again (void)
{
  NotificationServer *first = notification_server_start (full);
  g_autoptr (NotificationServer) second = NULL;
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);

  show (client, "home", "aa", "<b>");
  notification_server_assert_shown (first, "0|Tom & <i>Ala</i>|&lt;b&gt;|" NOTIFICATION_HINTS
                                           "|default,Open");

  notification_server_stop (first);
  second = notification_server_start (plain);
  /* libnotify sends to the server that it knows until the bus has told it otherwise. */
  while (g_async_queue_length (second->shown) == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      try_show (client, "home", "aa", "<b>", NULL);
    }

  notification_server_assert_shown (second, "0|Tom & <i>Ala</i>|<b>|" NOTIFICATION_HINTS "|");
}

static void
test_no_server (void)
{
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (try_show (client, "home", "aa", "1", &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
}

static void
test_cancelled (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (plain);
  g_autoptr (PjNotifyClient) client = pj_notify_client_new (on_clicked, NULL);
  g_autoptr (GPtrArray) bubbles = one_bubble ("home", "aa", "Ala", "1");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  show (client, "home", "aa", "1");
  notification_server_assert_shown (server, "0|Tom & <i>Ala</i>|1|" NOTIFICATION_HINTS "|");

  g_cancellable_cancel (cancellable);
  g_assert_false (pj_notify_client_show (client, bubbles, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  notification_server_assert_no_more (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notify/client/body-is-escaped-for-mark-up", test_markup);
  g_test_add_func ("/notify/client/body-is-plain-without-mark-up", test_plain);
  g_test_add_func ("/notify/client/summary-is-replaced-per-account", test_summary_is_replaced);
  g_test_add_func ("/notify/client/click-tells-which", test_clicked);
  g_test_add_func ("/notify/client/closed-summary-is-not-replaced", test_closed_is_not_replaced);
  g_test_add_func ("/notify/client/oldest-is-forgotten", test_oldest_is_forgotten);
  g_test_add_func ("/notify/client/new-server-is-asked-again", test_server_is_asked_again);
  g_test_add_func ("/notify/client/missing-server-is-an-error", test_no_server);
  g_test_add_func ("/notify/client/cancelled-shows-nothing", test_cancelled);

  return notification_server_run_tests ();
}
