/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-stream.h"

#include <errno.h>
#include <openssl/err.h>
#include <poll.h>

#include "net/pj-net-error.h"

/**
 * PjStream:
 *
 * Bytes over one TCP connection, plain until pj_stream_start_tls(), then
 * encrypted for good. Reading and writing never block; pj_stream_wait() does
 * the waiting for both at once, so that a caller with much to send can always
 * take in what comes meanwhile. One session on one thread owns it.
 */
struct _PjStream
{
  /* Owned */
  GSocketConnection *connection;
  PjTls *tls; /* NULL: plain */

  /* Borrowed */
  GSocket *socket; /* of @connection */

  /* Plain */
  gboolean wants_write; /* TLS has something of its own to send */
  guint64 plain_in;
  guint64 plain_out;
  guint64 answered_out; /* bytes sent when an answer was last waited for */
  guint round_trips;
};

/**
 * pj_stream_new: (skip)
 * @connection: a connected one whose socket does not block
 *
 * Returns: (transfer full): a plain stream
 */
PjStream *
pj_stream_new (GSocketConnection *connection)
{
  PjStream *self;

  g_return_val_if_fail (G_IS_SOCKET_CONNECTION (connection), NULL);

  self = g_new0 (PjStream, 1);
  self->connection = g_object_ref (connection);
  self->socket = g_socket_connection_get_socket (connection);

  return self;
}

/**
 * pj_stream_free: (skip)
 * @self: (transfer full) (nullable): the stream
 *
 * Closes at once; a TLS close_notify is tried and not waited for.
 */
void
pj_stream_free (PjStream *self)
{
  if (self == NULL)
    return;

  if (self->tls != NULL)
    {
      SSL_shutdown (pj_tls_get_ssl (self->tls));
      ERR_clear_error ();
    }
  pj_tls_free (self->tls);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->connection);
  g_free (self);
}

static gssize
closed (GError **error)
{
  g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK,
                       "The server closed the connection");
  return -1;
}

/* What an SSL_ function that did not succeed means for the caller: 0 to wait
 * and try again, -1 with @error set to give up. */
static gssize
sort_tls_result (PjStream *self, int result, GError **error)
{
  unsigned long code;

  switch (SSL_get_error (pj_tls_get_ssl (self->tls), result))
    {
    case SSL_ERROR_WANT_READ:
      return 0;
    case SSL_ERROR_WANT_WRITE:
      self->wants_write = TRUE;
      return 0;
    case SSL_ERROR_ZERO_RETURN:
      return closed (error);
    case SSL_ERROR_SYSCALL:
      ERR_clear_error ();
      return closed (error);
    default:
      code = ERR_peek_error ();
      if (ERR_GET_LIB (code) == ERR_LIB_SSL &&
          ERR_GET_REASON (code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
        {
          ERR_clear_error ();
          return closed (error);
        }
      pj_tls_set_error (self->tls, error);
      return -1;
    }
}

static gssize
sort_socket_result (gssize done, GError *failure, GError **error)
{
  if (done >= 0)
    return done;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_error_free (failure);
      return 0;
    }

  g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK, "The connection broke: %s",
               failure->message);
  g_error_free (failure);
  return -1;
}

/**
 * pj_stream_try_read:
 * @self: the stream
 * @buffer: (out caller-allocates): filled
 * @size: room in @buffer
 * @error: return location; %PJ_NET_ERROR_NETWORK also for the end of the
 *   stream, %PJ_NET_ERROR_TLS
 *
 * Returns: bytes read, 0 when there are none yet, -1 with @error set
 */
gssize
pj_stream_try_read (PjStream *self, gpointer buffer, gsize size, GError **error)
{
  GError *failure = NULL;
  gsize done = 0;
  gssize got;
  int result;

  g_return_val_if_fail (self != NULL && buffer != NULL && size > 0, -1);

  self->wants_write = FALSE;
  if (self->tls != NULL)
    {
      ERR_clear_error ();
      result = SSL_read_ex (pj_tls_get_ssl (self->tls), buffer, size, &done);
      return result == 1 ? (gssize) done : sort_tls_result (self, result, error);
    }

  got = g_socket_receive (self->socket, buffer, size, NULL, &failure);
  if (got == 0)
    return closed (error);

  if (got > 0)
    self->plain_in += (guint64) got;
  return sort_socket_result (got, failure, error);
}

/* A server that refuses the client certificate of TLS 1.3 says so after our
 * side of the handshake and closes. What is written then fails, while the
 * reason lies there unread. OpenSSL promises nothing of a read after that: at
 * worst @error stays as it is. */
static void
look_for_reason (PjStream *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  guint8 byte;
  gsize done;
  int result;

  if (error == NULL || !g_error_matches (*error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK))
    return;

  ERR_clear_error ();
  result = SSL_peek_ex (pj_tls_get_ssl (self->tls), &byte, sizeof byte, &done);
  if (result != 1 && sort_tls_result (self, result, &reason) < 0 &&
      g_error_matches (reason, PJ_NET_ERROR, PJ_NET_ERROR_TLS))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
}

/**
 * pj_stream_try_write:
 * @self: the stream
 * @bytes: what to send
 * @len: bytes, at least 1
 * @error: return location; %PJ_NET_ERROR_NETWORK, %PJ_NET_ERROR_TLS
 *
 * Returns: bytes taken, 0 when none can be taken yet, -1 with @error set
 */
gssize
pj_stream_try_write (PjStream *self, gconstpointer bytes, gsize len, GError **error)
{
  GError *failure = NULL;
  gsize done = 0;
  gssize put;
  int result;

  g_return_val_if_fail (self != NULL && bytes != NULL && len > 0, -1);

  self->wants_write = FALSE;
  if (self->tls != NULL)
    {
      ERR_clear_error ();
      result = SSL_write_ex (pj_tls_get_ssl (self->tls), bytes, len, &done);
      if (result == 1)
        return (gssize) done;

      put = sort_tls_result (self, result, error);
      if (put < 0)
        look_for_reason (self, error);
      return put;
    }

  put = g_socket_send (self->socket, bytes, len, NULL, &failure);
  if (put > 0)
    self->plain_out += (guint64) put;
  return sort_socket_result (put, failure, error);
}

/**
 * pj_stream_wait:
 * @self: the stream
 * @for_write: whether room to write is of interest; bytes to read always are
 * @deadline: when to give up
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_NET_ERROR_TIMEOUT, %G_IO_ERROR_CANCELLED
 *
 * Blocks until reading or writing may get on.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_stream_wait (PjStream *self,
                gboolean for_write,
                PjDeadline deadline,
                GCancellable *cancellable,
                GError **error)
{
  GPollFD fds[2] = { { .fd = g_socket_get_fd (self->socket), .events = G_IO_IN } };
  guint n_fds = 1;
  int ready;

  if (self->tls != NULL && SSL_pending (pj_tls_get_ssl (self->tls)) > 0)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);

  if (for_write || self->wants_write)
    fds[0].events |= G_IO_OUT;
  if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]))
    n_fds = 2;

  do
    ready = g_poll (fds, n_fds, (int) MIN (pj_deadline_left_ms (deadline), G_MAXINT));
  while (ready < 0 && errno == EINTR && pj_deadline_left_ms (deadline) > 0);

  if (n_fds == 2)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return pj_deadline_check (deadline, error);
}

/**
 * pj_stream_note_question:
 * @self: the stream
 *
 * Says that an answer to all that was sent so far is needed from here on:
 * that costs a round trip if anything was sent since the last time.
 */
void
pj_stream_note_question (PjStream *self)
{
  guint64 out;

  g_return_if_fail (self != NULL);

  out = pj_stream_get_bytes_out (self);
  if (out > self->answered_out)
    self->round_trips++;
  self->answered_out = out;
}

/**
 * pj_stream_get_round_trips:
 * @self: the stream
 *
 * Returns: how often an answer was waited for, TLS handshake included,
 *   however fast it came
 */
guint
pj_stream_get_round_trips (PjStream *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->round_trips;
}

/* OpenSSL is about to read. It does so only when it needs something. */
static long
on_handshake_io (BIO *bio,
                 int operation,
                 const char *bytes,
                 size_t len,
                 int argument,
                 long number,
                 int result,
                 size_t *done)
{
  if (operation == BIO_CB_READ)
    pj_stream_note_question ((gpointer) BIO_get_callback_arg (bio));

  return result;
}

static void
begin_tls (PjStream *self)
{
  SSL *ssl = pj_tls_get_ssl (self->tls);

  SSL_set_fd (ssl, g_socket_get_fd (self->socket));
  BIO_set_callback_arg (SSL_get_rbio (ssl), (char *) self);
  BIO_set_callback_ex (SSL_get_rbio (ssl), on_handshake_io);
}

static gboolean
end_handshake (PjStream *self, GError **error)
{
  BIO_set_callback_ex (SSL_get_rbio (pj_tls_get_ssl (self->tls)), NULL);

  return pj_tls_check_peer (self->tls, error);
}

/**
 * pj_stream_start_tls:
 * @self: a plain stream
 * @host: the server as the user typed it
 * @demand: (nullable): what is asked of the server; %NULL for the default
 * @deadline: for the whole handshake
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_NET_ERROR_CERTIFICATE, %PJ_NET_ERROR_TLS,
 *   %PJ_NET_ERROR_NETWORK, %PJ_NET_ERROR_TIMEOUT, %PJ_NET_ERROR_SETTING,
 *   %G_IO_ERROR_CANCELLED
 *
 * Shakes hands and verifies the server's certificate. Blocks. After a
 * failure the stream is of no use.
 *
 * Returns: whether the stream is encrypted now
 */
gboolean
pj_stream_start_tls (PjStream *self,
                     const char *host,
                     const PjTlsDemand *demand,
                     PjDeadline deadline,
                     GCancellable *cancellable,
                     GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL && host != NULL, FALSE);
  g_return_val_if_fail (self->tls == NULL, FALSE);

  self->tls = pj_tls_new (host, demand, error);
  if (self->tls == NULL)
    return FALSE;

  begin_tls (self);
  for (;;)
    {
      self->wants_write = FALSE;
      ERR_clear_error ();
      result = SSL_do_handshake (pj_tls_get_ssl (self->tls));
      if (result == 1)
        return end_handshake (self, error);

      if (sort_tls_result (self, result, error) < 0)
        return FALSE;

      if (!pj_stream_wait (self, FALSE, deadline, cancellable, error))
        return FALSE;
    }
}

/**
 * pj_stream_get_tls:
 * @self: the stream
 *
 * Returns: (transfer none) (nullable): its encryption, to be asked about
 *   itself; %NULL for a plain stream
 */
PjTls *
pj_stream_get_tls (PjStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tls;
}

/**
 * pj_stream_get_bytes_in:
 * @self: the stream
 *
 * Returns: bytes received from the network, what TLS needs included
 */
guint64
pj_stream_get_bytes_in (PjStream *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->tls == NULL)
    return self->plain_in;

  return self->plain_in + BIO_number_read (SSL_get_rbio (pj_tls_get_ssl (self->tls)));
}

/**
 * pj_stream_get_bytes_out:
 * @self: the stream
 *
 * Returns: bytes sent to the network, what TLS needs included
 */
guint64
pj_stream_get_bytes_out (PjStream *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->tls == NULL)
    return self->plain_out;

  return self->plain_out + BIO_number_written (SSL_get_wbio (pj_tls_get_ssl (self->tls)));
}
