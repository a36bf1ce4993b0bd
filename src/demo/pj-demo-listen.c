/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-listen.h"

/**
 * pj_demo_listen_new:
 * @port: (out): the port that the system chose
 * @error: return location
 *
 * Opens a socket that only this machine can reach.
 *
 * Errors: any #GIOErrorEnum.
 *
 * Returns: (transfer full): a listening socket on 127.0.0.1
 */
GSocket *
pj_demo_listen_new (guint16 *port, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GInetAddress) loopback = NULL;
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocketAddress) bound = NULL;

  g_return_val_if_fail (port != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;

  loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  wanted = g_inet_socket_address_new (loopback, 0);
  if (!g_socket_bind (socket, wanted, FALSE, error) || !g_socket_listen (socket, error))
    return NULL;

  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return g_steal_pointer (&socket);
}

/* Returns: the index of a listener with a client, or -1. */
static int
wait_for_client (GPollFD *fds, guint n_listeners, guint timeout_ms, GError **error)
{
  int timeout = timeout_ms > G_MAXINT ? -1 : (int) timeout_ms;

  if (g_poll (fds, n_listeners + 1, timeout) == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No client came");
      return -1;
    }

  for (guint i = 0; i < n_listeners; i++)
    {
      if (fds[i].revents != 0)
        return (int) i;
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Woken without a client");
  return -1;
}

/**
 * pj_demo_listen_accept:
 * @listeners: (array length=n_listeners): listening sockets
 * @n_listeners: from 1 to %PJ_DEMO_LISTEN_MAX
 * @which: (out): the index of the one that a client chose
 * @timeout_ms: how long to wait, or %PJ_DEMO_LISTEN_NO_TIMEOUT
 * @cancellable: stops the wait
 * @error: return location
 *
 * Waits for a client on any of @listeners. Blocks.
 *
 * Errors: %G_IO_ERROR_CANCELLED, %G_IO_ERROR_TIMED_OUT; %G_IO_ERROR_WOULD_BLOCK
 * when the client thought better of it, so that the caller may try again.
 *
 * Returns: (transfer full): the connected socket
 */
GSocket *
pj_demo_listen_accept (GSocket *const *listeners,
                       guint n_listeners,
                       guint *which,
                       guint timeout_ms,
                       GCancellable *cancellable,
                       GError **error)
{
  GPollFD fds[PJ_DEMO_LISTEN_MAX + 1] = { 0 };
  int index;

  g_return_val_if_fail (n_listeners >= 1 && n_listeners <= PJ_DEMO_LISTEN_MAX, NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!g_cancellable_make_pollfd (cancellable, &fds[n_listeners]))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES,
                           "No file descriptor is left");
      return NULL;
    }
  for (guint i = 0; i < n_listeners; i++)
    {
      fds[i].fd = g_socket_get_fd (listeners[i]);
      fds[i].events = G_IO_IN;
    }

  index = wait_for_client (fds, n_listeners, timeout_ms, error);
  g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  if (index < 0)
    return NULL;

  *which = (guint) index;
  return g_socket_accept (listeners[index], cancellable, error);
}
