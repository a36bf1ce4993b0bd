/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tcp-connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "net/pj-blocking-call.h"
#include "net/pj-net-error.h"

typedef struct
{
  GSocketClient *client;
  const char *host;
  guint16 port;
} Attempt;

/* GSocketClient races IPv6 against IPv4 (RFC 8305) and leaves a name look-up
 * at once when cancelled in its asynchronous form only. */
static void
start (gpointer data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const Attempt *attempt = data;

  g_socket_client_connect_to_host_async (attempt->client, attempt->host, attempt->port, cancellable,
                                         callback, user_data);
}

static gboolean
is_plain_socket (GSocketConnection *connection)
{
  GIOStream *base;

  if (!G_IS_TCP_WRAPPER_CONNECTION (connection))
    return TRUE;

  base = g_tcp_wrapper_connection_get_base_io_stream (G_TCP_WRAPPER_CONNECTION (connection));
  return G_IS_SOCKET_CONNECTION (base);
}

/**
 * pj_tcp_connect:
 * @host: name or address (IPv6 without brackets)
 * @port: TCP port
 * @deadline: for the look-up and the connection together
 * @cancellable: (nullable): stops it, name look-up included
 * @error: return location; %PJ_NET_ERROR_NETWORK, %PJ_NET_ERROR_TIMEOUT or
 *   %G_IO_ERROR_CANCELLED
 *
 * Connects, through the proxy that the desktop names for such a connection
 * if there is one. Blocks.
 *
 * Returns: (transfer full): the connection; its socket does not block
 */
GSocketConnection *
pj_tcp_connect (
    const char *host, guint16 port, PjDeadline deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) failure = NULL;
  Attempt attempt = { client, host, port };
  GSocket *socket;

  g_return_val_if_fail (host != NULL && *host != '\0', NULL);

  result = pj_blocking_call_run (start, &attempt, deadline, cancellable, error);
  if (result == NULL)
    return NULL;

  connection = g_socket_client_connect_to_host_finish (client, result, &failure);
  if (connection == NULL)
    {
      g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK, "%s port %u: %s", host, port,
                   failure->message);
      return NULL;
    }

  if (!is_plain_socket (connection))
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK,
                           "The proxy wants an encrypted connection to itself, which is not "
                           "supported");
      return NULL;
    }

  socket = g_socket_connection_get_socket (connection);
  g_socket_set_blocking (socket, FALSE);
  /* Commands are short and each waits for its answer: never hold one back. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  return g_steal_pointer (&connection);
}
