/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-listen.h"

#include "base/pj-tsan.h"
#include "cancel-limit.h"
#include "demo-client.h"

/* Longer than any wait of a test that passes. */
#define LONG_MS (20 * 1000)

typedef struct
{
  /* Owned */
  GSocket *listeners[PJ_DEMO_LISTEN_MAX];
  GCancellable *cancellable;

  /* Plain */
  guint16 ports[PJ_DEMO_LISTEN_MAX];
  gboolean is_cancelled; /* how wait_for_cancel() ended */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->cancellable = g_cancellable_new ();
  for (guint i = 0; i < PJ_DEMO_LISTEN_MAX; i++)
    {
      fixture->listeners[i] = pj_demo_listen_new (&fixture->ports[i], &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < PJ_DEMO_LISTEN_MAX; i++)
    g_assert_finalize_object (fixture->listeners[i]);
  g_assert_finalize_object (fixture->cancellable);
}

static GSocket *
accept_client (Fixture *fixture, guint *which, guint timeout_ms, GError **error)
{
  return pj_demo_listen_accept (fixture->listeners, PJ_DEMO_LISTEN_MAX, which, timeout_ms,
                                fixture->cancellable, error);
}

static void
test_loopback_only (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < PJ_DEMO_LISTEN_MAX; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocketAddress) bound = g_socket_get_local_address (fixture->listeners[i], &error);
      GInetAddress *address;

      g_assert_no_error (error);
      address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (bound));
      g_assert_true (g_inet_address_get_is_loopback (address));
      g_assert_cmpuint (fixture->ports[i], ==,
                        g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
      g_assert_cmpuint (fixture->ports[i], >, 0);
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint (fixture->ports[i], !=, fixture->ports[j]);
    }
}

static void
test_says_which (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < PJ_DEMO_LISTEN_MAX; i++)
    {
      g_autoptr (Client) client = client_new (fixture->ports[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = NULL;
      guint which = G_MAXUINT;

      socket = accept_client (fixture, &which, LONG_MS, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (which, ==, i);
      g_assert_cmpint (g_socket_send (socket, "+OK\r\n", 5, NULL, &error), ==, 5);
      g_assert_no_error (error);
      client_ask (client, NULL, "+OK");
    }
}

/* Who waits at one door is not forgotten for those at another. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) first = client_new (fixture->ports[3]);
  g_autoptr (Client) second = client_new (fixture->ports[1]);
  guint seen = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = NULL;
      guint which = G_MAXUINT;

      socket = accept_client (fixture, &which, LONG_MS, &error);
      g_assert_no_error (error);
      seen |= 1u << which;
    }
  g_assert_cmphex (seen, ==, 1u << 3 | 1u << 1);
}

static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint which;

  g_assert_null (accept_client (fixture, &which, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = client_new (fixture->ports[0]);
  g_autoptr (GError) error = NULL;
  guint which;

  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (accept_client (fixture, &which, PJ_DEMO_LISTEN_NO_TIMEOUT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Takes one client, which then knows that the next wait begins, and waits for
 * another that does not come. */
static gpointer
wait_for_cancel (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocket) nobody = NULL;
  g_autoptr (GError) error = NULL;
  guint which;

  PJ_TAKE_OVER (fixture);
  socket = accept_client (fixture, &which, PJ_DEMO_LISTEN_NO_TIMEOUT, NULL);
  if (socket != NULL)
    {
      g_socket_send (socket, "+OK\r\n", 5, NULL, NULL);
      nobody = accept_client (fixture, &which, PJ_DEMO_LISTEN_NO_TIMEOUT, &error);
    }
  fixture->is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  PJ_HAND_OVER (fixture);

  return NULL;
}

static gint64
cancel_wait (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (Client) client = NULL;
  GThread *thread;
  gint64 start;
  gint64 taken;

  g_cancellable_reset (fixture->cancellable);
  PJ_HAND_OVER (fixture);
  thread = g_thread_new ("waits", wait_for_cancel, fixture);
  client = client_new (fixture->ports[2]);
  client_ask (client, NULL, "+OK");

  start = g_get_monotonic_time ();
  g_cancellable_cancel (fixture->cancellable);
  g_thread_join (thread);
  taken = g_get_monotonic_time () - start;
  PJ_TAKE_OVER (fixture);
  g_assert_true (fixture->is_cancelled);

  return taken;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  assert_cancels_soon (cancel_wait, fixture);
}

/* The wait that was cancelled left nothing behind in the listeners. */
static void
test_goes_on_after_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  guint which = G_MAXUINT;

  cancel_wait (fixture);
  g_cancellable_reset (fixture->cancellable);
  client = client_new (fixture->ports[0]);
  socket = accept_client (fixture, &which, LONG_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (which, ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo/listen/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-has-a-port-on-loopback", test_loopback_only);
  ADD ("says-which-door-a-client-took", test_says_which);
  ADD ("two-clients-at-once-are-both-let-in", test_two_at_once);
  ADD ("nobody-comes", test_timeout);
  ADD ("cancelled-before-lets-nobody-in", test_cancelled_before);
  ADD ("cancel-ends-the-wait-soon", test_cancel);
  ADD ("goes-on-after-a-cancel", test_goes_on_after_cancel);
  return g_test_run ();
}
