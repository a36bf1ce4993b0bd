/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notify-thread.h"

#include "notification-click.h"

static const char *const capabilities[] = { "actions", "body", NULL };

#define SHOWN(body) "0|Ala|" body "|" NOTIFICATION_HINTS "|default,Open"

static void
show (PjNotifyThread *thread, const char *body)
{
  pj_notify_thread_show (thread, one_bubble ("home", body, "Ala", body));
}

static void
test_click_comes_back (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  char *clicked = NULL;
  g_autoptr (PjNotifyThread) thread = pj_notify_thread_new (on_clicked, &clicked);

  show (thread, "one");
  show (thread, "two");
  notification_server_assert_shown (server, SHOWN ("one"));
  notification_server_assert_shown (server, SHOWN ("two"));
  assert_clicked (server, 2, &clicked, "home/two");
  assert_clicked (server, 1, &clicked, "home/one");
}

/* A caller that waited would come back when D-Bus has given the call up, and
 * the answer would then be nobody's. */
static void
test_silent_server_holds_nobody_up (void)
{
  g_autoptr (NotificationServer) server = notification_server_start_silent (capabilities, "Notify");
  char *clicked = NULL;
  g_autoptr (PjNotifyThread) thread = pj_notify_thread_new (on_clicked, &clicked);
  GDBusMethodInvocation *held;

  show (thread, "one");
  held = notification_server_wait_held (server);
  show (thread, "two");

  notification_server_answer (server, held);
  notification_server_assert_shown (server, SHOWN ("one"));
  notification_server_answer (server, notification_server_wait_held (server));
  notification_server_assert_shown (server, SHOWN ("two"));
  assert_clicked (server, 1, &clicked, "home/one");
}

/* @silent_on: what the server does not answer while the thread is freed */
static void
check_freed_while_silent (const char *silent_on)
{
  NotificationServer *silent = notification_server_start_silent (capabilities, silent_on);
  g_autoptr (NotificationServer) server = NULL;
  g_autoptr (PjNotifyThread) next = NULL;
  g_autoptr (GDBusMethodInvocation) held = NULL;
  PjNotifyThread *thread = pj_notify_thread_new (on_clicked, NULL);

  show (thread, "one");
  show (thread, "two");
  held = notification_server_wait_held (silent);
  pj_notify_thread_free (thread);

  /* The next one has libnotify when the call of the first has ended. */
  notification_server_stop (silent);
  server = notification_server_start (capabilities);
  next = pj_notify_thread_new (on_clicked, NULL);
  show (next, "three");
  notification_server_assert_shown (server, SHOWN ("three"));
}

static void
test_freed_while_server_is_asked (void)
{
  check_freed_while_silent ("GetCapabilities");
}

static void
test_freed_while_bubble_is_shown (void)
{
  check_freed_while_silent ("Notify");
}

static void
test_click_after_free_is_lost (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  g_autoptr (PjNotifyThread) next = NULL;
  char *clicked = NULL;
  char *clicked_next = NULL;
  PjNotifyThread *thread = pj_notify_thread_new (on_clicked, &clicked);

  show (thread, "one");
  notification_server_assert_shown (server, SHOWN ("one"));
  notification_server_emit (server, "ActionInvoked", g_variant_new ("(us)", 1, "default"));
  pj_notify_thread_free (thread);

  next = pj_notify_thread_new (on_clicked, &clicked_next);
  show (next, "two");
  notification_server_assert_shown (server, SHOWN ("two"));
  assert_clicked (server, 2, &clicked_next, "home/two");
  g_assert_null (clicked);
}

static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  GAsyncQueue *logged = user_data;
  char *copy = g_strdup (message);

  PJ_HAND_OVER (copy);
  g_async_queue_push (logged, copy);
}

static void
test_missing_server_is_told_once (void)
{
  g_autoptr (NotificationServer) server = NULL;
  g_autoptr (PjNotifyThread) thread = pj_notify_thread_new (on_clicked, NULL);
  g_autoptr (GAsyncQueue) logged = g_async_queue_new_full (g_free);
  g_autofree char *message = NULL;
  g_autofree char *shown = NULL;
  guint handler =
      g_log_set_handler ("pj-notify-thread", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, on_log, logged);

  show (thread, "one");
  show (thread, "two");
  message = g_async_queue_pop (logged);
  PJ_TAKE_OVER (message);
  g_assert_true (g_str_has_prefix (message, "No notification can be shown: "));

  /* What is shown comes after the two that were not, or one of them. */
  server = notification_server_start (capabilities);
  show (thread, "three");
  shown = g_async_queue_pop (server->shown);
  PJ_TAKE_OVER (shown);
  g_assert_cmpint (g_async_queue_length (logged), ==, 0);
  g_log_remove_handler ("pj-notify-thread", handler);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notify/thread/click-comes-back", test_click_comes_back);
  g_test_add_func ("/notify/thread/silent-server-holds-nobody-up",
                   test_silent_server_holds_nobody_up);
  g_test_add_func ("/notify/thread/freed-while-server-is-asked", test_freed_while_server_is_asked);
  g_test_add_func ("/notify/thread/freed-while-bubble-is-shown", test_freed_while_bubble_is_shown);
  g_test_add_func ("/notify/thread/click-after-free-is-lost", test_click_after_free_is_lost);
  g_test_add_func ("/notify/thread/missing-server-is-told-once", test_missing_server_is_told_once);

  return notification_server_run_tests ();
}
