/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "demo/pj-demo-tls.h"

/**
 * PjDemoStream:
 *
 * Bytes over one accepted socket, in plain text or, after a handshake, in TLS.
 * Every call that blocks ends early when its cancellable is cancelled. It
 * belongs to the one thread that serves the connection.
 *
 * A write to a peer that has gone must be an error and not a signal: GSocket
 * ignores SIGPIPE for the whole process, and OpenSSL relies on that here.
 */
struct _PjDemoStream
{
  /* Owned */
  GSocket *socket; /* not blocking */
  SSL *ssl;        /* NULL in plain text */

  /* Plain */
  gint64 timeout_us; /* for each wait */
};

/**
 * pj_demo_stream_new:
 * @socket: an accepted socket; a reference is taken
 * @timeout_s: how long the peer may be idle, or not take what we send
 *
 * Returns: (transfer full): the stream, in plain text
 */
PjDemoStream *
pj_demo_stream_new (GSocket *socket, guint timeout_s)
{
  PjDemoStream *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_new0 (PjDemoStream, 1);
  self->socket = g_object_ref (socket);
  pj_demo_stream_set_timeout (self, timeout_s);
  g_socket_set_blocking (socket, FALSE);
  /* What is written alone shall travel alone. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  return self;
}

/**
 * pj_demo_stream_free:
 * @self: (transfer full): the stream, closed if it is open
 */
void
pj_demo_stream_free (PjDemoStream *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->ssl, SSL_free);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
}

/**
 * pj_demo_stream_set_timeout:
 * @self: the stream
 * @timeout_s: as for pj_demo_stream_new(), from here on
 */
void
pj_demo_stream_set_timeout (PjDemoStream *self, guint timeout_s)
{
  g_return_if_fail (self != NULL);

  self->timeout_us = timeout_s * G_TIME_SPAN_SECOND;
}

/**
 * pj_demo_stream_is_tls:
 * @self: the stream
 *
 * Returns: whether the handshake is over
 */
gboolean
pj_demo_stream_is_tls (PjDemoStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ssl != NULL;
}

/**
 * pj_demo_stream_is_closed:
 * @self: the stream
 *
 * Returns: whether it was reset on our side
 */
gboolean
pj_demo_stream_is_closed (PjDemoStream *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_socket_is_closed (self->socket);
}

/**
 * pj_demo_stream_is_quiet:
 * @self: the stream
 * @ms: for how long
 * @cancellable: (nullable): stops the wait
 *
 * Blocks.
 *
 * Returns: whether the client sends nothing for @ms, nor has sent anything
 *   that was not read
 */
gboolean
pj_demo_stream_is_quiet (PjDemoStream *self, guint ms, GCancellable *cancellable)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->ssl != NULL && SSL_pending (self->ssl) > 0)
    return FALSE;

  return !g_socket_condition_timed_wait (self->socket, G_IO_IN, ms * G_TIME_SPAN_MILLISECOND,
                                         cancellable, NULL);
}

static gboolean
wait_for (PjDemoStream *self, GIOCondition condition, GCancellable *cancellable, GError **error)
{
  return g_socket_condition_timed_wait (self->socket, condition, self->timeout_us, cancellable,
                                        error);
}

static gboolean
set_closed (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                       "The client closed the connection");
  return FALSE;
}

/* Takes what @result of an OpenSSL call asks for. Returns: whether to call again. */
static gboolean
wait_for_ssl (PjDemoStream *self,
              SSL *ssl,
              int result,
              const char *what,
              GCancellable *cancellable,
              GError **error)
{
  switch (SSL_get_error (ssl, result))
    {
    case SSL_ERROR_WANT_READ:
      return wait_for (self, G_IO_IN, cancellable, error);
    case SSL_ERROR_WANT_WRITE:
      return wait_for (self, G_IO_OUT, cancellable, error);
    case SSL_ERROR_ZERO_RETURN:
    case SSL_ERROR_SYSCALL:
      return set_closed (error);
    default:
      if (ERR_GET_REASON (ERR_peek_last_error ()) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
        return set_closed (error);
      pj_demo_tls_set_error (error, what);
      return FALSE;
    }
}

static gssize
read_ssl (PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      int len;

      ERR_clear_error ();
      len = SSL_read (self->ssl, bytes, (int) size);
      if (len > 0)
        return len;
      if (!wait_for_ssl (self, self->ssl, len, "Reading", cancellable, error))
        return -1;
    }
}

static gssize
read_plain (
    PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  gssize len;

  if (!wait_for (self, G_IO_IN, cancellable, error))
    return -1;

  len = g_socket_receive (self->socket, bytes, size, cancellable, error);
  if (len == 0)
    set_closed (error);

  return len > 0 ? len : -1;
}

/**
 * pj_demo_stream_start_tls:
 * @self: a stream in plain text
 * @context: the server's side; a reference is taken
 * @cancellable: (nullable): stops the wait
 * @error: return location
 *
 * Makes the handshake. Blocks.
 *
 * Errors: %G_IO_ERROR_FAILED from OpenSSL, %G_IO_ERROR_CONNECTION_CLOSED,
 * %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether TLS is up
 */
gboolean
pj_demo_stream_start_tls (PjDemoStream *self,
                          SSL_CTX *context,
                          GCancellable *cancellable,
                          GError **error)
{
  SSL *ssl;

  g_return_val_if_fail (self != NULL && self->ssl == NULL, FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  ssl = SSL_new (context);
  if (ssl == NULL || !SSL_set_fd (ssl, g_socket_get_fd (self->socket)))
    {
      SSL_free (ssl);
      pj_demo_tls_set_error (error, "Preparing the handshake");
      return FALSE;
    }

  for (;;)
    {
      int result;

      ERR_clear_error ();
      result = SSL_accept (ssl);
      if (result == 1)
        break;
      if (!wait_for_ssl (self, ssl, result, "The handshake", cancellable, error))
        {
          SSL_free (ssl);
          return FALSE;
        }
    }
  self->ssl = ssl;

  return TRUE;
}

/**
 * pj_demo_stream_peek:
 * @self: a stream in plain text
 * @bytes: (out caller-allocates): filled
 * @size: room in @bytes
 * @cancellable: (nullable): stops the wait
 * @error: return location; %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED
 *
 * Waits until the client sends, and looks at that without taking it. Blocks.
 *
 * Returns: bytes seen, 0 when the client has left, -1 with @error set
 */
gssize
pj_demo_stream_peek (
    PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && self->ssl == NULL && bytes != NULL, -1);

  if (!wait_for (self, G_IO_IN, cancellable, error))
    return -1;

  return MAX (recv (g_socket_get_fd (self->socket), bytes, size, MSG_PEEK), 0);
}

/**
 * pj_demo_stream_read:
 * @self: the stream
 * @bytes: (out caller-allocates): filled
 * @size: room in @bytes, at least 1
 * @cancellable: (nullable): stops the wait
 * @error: return location; %G_IO_ERROR_CONNECTION_CLOSED when the client has
 *   left, %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, any #GIOErrorEnum
 *
 * Waits until the client sends. Blocks.
 *
 * Returns: bytes read, at least 1; -1 with @error set
 */
gssize
pj_demo_stream_read (
    PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL && size > 0, -1);

  return self->ssl != NULL ? read_ssl (self, bytes, size, cancellable, error)
                           : read_plain (self, bytes, size, cancellable, error);
}

/**
 * pj_demo_stream_write:
 * @self: the stream
 * @bytes: what to send
 * @len: its bytes
 * @cancellable: (nullable): stops the wait
 * @error: return location
 *
 * Sends all of @bytes. Blocks while the client does not read.
 *
 * Errors: %G_IO_ERROR_CONNECTION_CLOSED when the client has left,
 * %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, any #GIOErrorEnum.
 *
 * Returns: whether all was sent
 */
gboolean
pj_demo_stream_write (
    PjDemoStream *self, const char *bytes, gsize len, GCancellable *cancellable, GError **error)
{
  gsize sent = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || len == 0, FALSE);

  while (sent < len)
    {
      gsize rest = MIN (len - sent, G_MAXINT);
      gssize n;

      if (self->ssl != NULL)
        {
          ERR_clear_error ();
          n = SSL_write (self->ssl, bytes + sent, (int) rest);
          if (n <= 0 && !wait_for_ssl (self, self->ssl, (int) n, "Writing", cancellable, error))
            return FALSE;
        }
      else
        {
          if (!wait_for (self, G_IO_OUT, cancellable, error))
            return FALSE;
          n = g_socket_send (self->socket, bytes + sent, rest, cancellable, error);
          if (n < 0)
            return FALSE;
        }
      sent += MAX (n, 0);
    }

  return TRUE;
}

/**
 * pj_demo_stream_end_output:
 * @self: the stream
 * @how: how to leave
 *
 * Says goodbye. After %PJ_DEMO_CLOSE_RESET the socket is closed; otherwise
 * what the client still sends can be read. Does not block.
 */
void
pj_demo_stream_end_output (PjDemoStream *self, PjDemoClose how)
{
  g_return_if_fail (self != NULL);

  if (how == PJ_DEMO_CLOSE_RESET)
    {
      struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

      setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      g_socket_close (self->socket, NULL);
      return;
    }

  if (self->ssl != NULL && how == PJ_DEMO_CLOSE_CLEAN)
    {
      ERR_clear_error ();
      SSL_shutdown (self->ssl);
    }
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}
