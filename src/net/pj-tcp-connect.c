/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tcp-connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "net/pj-net-error.h"

typedef struct
{
  GSocketConnection *connection; /* (owned) */
  GError *error;                 /* (owned) */
  GCancellable *stop;            /* (borrowed) from the caller's frame */
  gboolean is_done;
  gboolean is_late;
} Attempt;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;

  attempt->connection =
      g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &attempt->error);
  attempt->is_done = TRUE;
}

static gboolean
on_late (gpointer user_data)
{
  Attempt *attempt = user_data;

  attempt->is_late = TRUE;
  g_cancellable_cancel (attempt->stop);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

/* GSocketClient races IPv6 against IPv4 (RFC 8305) and leaves a name look-up
 * at once when cancelled in its asynchronous form only. It gets a main
 * context of this thread for as long as it takes. */
static void
run_attempt (Attempt *attempt, const char *host, guint16 port, PjDeadline deadline)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSocketClient) client = NULL;
  GSource *timer;

  g_main_context_push_thread_default (context);

  client = g_socket_client_new ();
  timer = g_timeout_source_new ((guint) pj_deadline_left_ms (deadline));
  g_source_set_callback (timer, on_late, attempt, NULL);
  g_source_attach (timer, context);

  g_socket_client_connect_to_host_async (client, host, port, attempt->stop, on_connected, attempt);
  while (!attempt->is_done)
    g_main_context_iteration (context, TRUE);

  g_source_destroy (timer);
  g_source_unref (timer);
  /* What GIO still has to clean up after a cancel belongs to this context. */
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
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
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) failure = NULL;
  Attempt attempt = { .stop = stop };
  gulong handler = 0;
  GSocket *socket;

  g_return_val_if_fail (host != NULL && *host != '\0', NULL);

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), stop, NULL);
  run_attempt (&attempt, host, port, deadline);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  connection = attempt.connection;
  failure = attempt.error;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (attempt.is_late)
    {
      pj_deadline_set_error (deadline, error);
      return NULL;
    }

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
