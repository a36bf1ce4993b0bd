/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tcp-connect.h"

#include "cancel-call.h"
#include "net/pj-net-error.h"
#include "stuck-resolver.h"

/* A listener whose backlog is full accepts nobody: connecting hangs. */
typedef struct
{
  GSocket *listener;
  GPtrArray *waiting; /* of GSocket: what fills the backlog */
  guint16 port;
} Deaf;

static GSocket *
new_socket (void)
{
  return g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
}

static Deaf *
deaf_new (void)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  Deaf *deaf = g_new0 (Deaf, 1);

  deaf->listener = new_socket ();
  g_socket_set_listen_backlog (deaf->listener, 0);
  g_assert_true (g_socket_bind (deaf->listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (deaf->listener, NULL));
  bound = g_socket_get_local_address (deaf->listener, NULL);
  deaf->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  deaf->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 8; i++)
    {
      GSocket *socket = new_socket ();

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, bound, NULL, NULL);
      g_ptr_array_add (deaf->waiting, socket);
    }

  return deaf;
}

static void
deaf_free (Deaf *deaf)
{
  g_ptr_array_unref (deaf->waiting);
  g_object_unref (deaf->listener);
  g_free (deaf);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deaf, deaf_free)

static void
test_connects (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  connection =
      pj_tcp_connect ("127.0.0.1", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)),
                      pj_deadline_in (10 * 1000, "late"), NULL, &error);

  g_assert_no_error (error);
  g_assert_false (g_socket_get_blocking (g_socket_connection_get_socket (connection)));
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) bound_only = new_socket ();
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  guint16 port;

  g_assert_true (g_socket_bind (bound_only, any, FALSE, NULL));
  address = g_socket_get_local_address (bound_only, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  g_assert_null (
      pj_tcp_connect ("127.0.0.1", port, pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
test_no_such_name (void)
{
  g_autoptr (GError) error = NULL;

  /* RFC 6761: .invalid never resolves. */
  g_assert_null (
      pj_tcp_connect ("popinjay.invalid", 995, pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
test_deadline (void)
{
  g_autoptr (Deaf) deaf = deaf_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_tcp_connect ("127.0.0.1", deaf->port, pj_deadline_in (100, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
}

static void
connect_to_deaf (gpointer data, GCancellable *cancellable, GError **error)
{
  const Deaf *deaf = data;

  g_assert_null (pj_tcp_connect ("127.0.0.1", deaf->port, pj_deadline_in (20 * 1000, "late"),
                                 cancellable, error));
}

static void
test_cancel (void)
{
  g_autoptr (Deaf) deaf = deaf_new ();

  assert_call_is_cancelled_soon (connect_to_deaf, deaf);
}

static void
connect_by_name (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_tcp_connect ("pop.example.org", 995, pj_deadline_in (20 * 1000, "late"),
                                 cancellable, error));
}

static void
test_cancel_look_up (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();

  assert_call_is_cancelled_soon (connect_by_name, NULL);
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_look_up_deadline (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_tcp_connect ("pop.example.org", 995, pj_deadline_in (100, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      pj_tcp_connect ("127.0.0.1", 1, pj_deadline_in (20 * 1000, "late"), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/tcp-connect/connects", test_connects);
  g_test_add_func ("/net/tcp-connect/refused", test_refused);
  g_test_add_func ("/net/tcp-connect/no-such-name", test_no_such_name);
  g_test_add_func ("/net/tcp-connect/deadline", test_deadline);
  g_test_add_func ("/net/tcp-connect/cancel", test_cancel);
  g_test_add_func ("/net/tcp-connect/cancel-look-up", test_cancel_look_up);
  g_test_add_func ("/net/tcp-connect/look-up-deadline", test_look_up_deadline);
  g_test_add_func ("/net/tcp-connect/cancelled-before", test_cancelled_before);
  return g_test_run ();
}
