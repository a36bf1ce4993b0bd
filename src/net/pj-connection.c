/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-connection.h"

#include <string.h>

#include "net/pj-net-error.h"
#include "net/pj-stream.h"
#include "net/pj-tcp-connect.h"

/* One TLS record. */
#define READ_BYTES (16 * 1024)

/* Lines of mail may be of any length and come in pieces; an answer or a
 * row of a list that does not fit is refused by its reader. RFC 1939 allows
 * 512; a base64 challenge (RFC 5034 section 4) needs more. */
#define MAX_LINE_BYTES 8192

/* Room that holds any one command, so that a secret is not left behind in
 * memory that growing has given up. */
#define OUT_BYTES (16 * 1024)

/* "2 minutes and what the data needs": at least this many bytes count as a
 * second of work. A modem did better. */
#define SLOWEST_BYTES_PER_S (4 * 1024)

/**
 * PjConnection:
 *
 * Lines in, bytes out, over one connection to one server, under its
 * deadlines. Commands are queued and go out while an answer is waited for:
 * reading never stops for writing, so neither side can block the other. One
 * session on one thread owns it.
 */
struct _PjConnection
{
  /* Owned */
  char *host;
  PjStream *stream;
  PjLineReader *reader;
  GByteArray *out; /* queued and not yet sent; wiped as it goes */

  /* Plain */
  PjNetLimits limits;
  gint64 opened_at; /* monotonic microseconds */
};

/**
 * pj_connection_open: (skip)
 * @host: name or address
 * @port: TCP port
 * @limits: how long things may take; copied
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_NET_ERROR_NETWORK, %PJ_NET_ERROR_TIMEOUT,
 *   %G_IO_ERROR_CANCELLED
 *
 * Connects in plain text. Blocks.
 *
 * Returns: (transfer full): the connection
 */
PjConnection *
pj_connection_open (const char *host,
                    guint16 port,
                    const PjNetLimits *limits,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GSocketConnection) connection = NULL;
  gint64 opened_at = g_get_monotonic_time ();
  PjConnection *self;

  g_return_val_if_fail (host != NULL && limits != NULL, NULL);

  connection = pj_tcp_connect (
      host, port, pj_deadline_in (limits->connect_ms, "The server cannot be reached in time"),
      cancellable, error);
  if (connection == NULL)
    return NULL;

  self = g_new0 (PjConnection, 1);
  self->host = g_strdup (host);
  self->stream = pj_stream_new (connection);
  self->reader = pj_line_reader_new (MAX_LINE_BYTES);
  self->out = g_byte_array_sized_new (OUT_BYTES);
  self->limits = *limits;
  self->opened_at = opened_at;

  return self;
}

static void
wipe_sent (PjConnection *self, gsize len)
{
  guint left = self->out->len - (guint) len;

  memmove (self->out->data, self->out->data + len, left);
  explicit_bzero (self->out->data + left, len);
  g_byte_array_set_size (self->out, left);
}

/**
 * pj_connection_close: (skip)
 * @self: (transfer full) (nullable): the connection
 *
 * Closes at once. What was queued and not flushed is not sent.
 */
void
pj_connection_close (PjConnection *self)
{
  if (self == NULL)
    return;

  wipe_sent (self, self->out->len);
  g_byte_array_unref (self->out);
  pj_stream_free (self->stream);
  pj_line_reader_free (self->reader);
  g_free (self->host);
  g_free (self);
}

static PjDeadline
total_deadline (PjConnection *self)
{
  gint64 data_us =
      (gint64) (pj_stream_get_bytes_in (self->stream) / SLOWEST_BYTES_PER_S) * G_USEC_PER_SEC;

  return (PjDeadline){
    .at = self->opened_at + (gint64) self->limits.total_ms * 1000 + data_us,
    .reason = "The server takes too long over all",
  };
}

/**
 * pj_connection_start_tls:
 * @self: a plain connection with nothing outstanding
 * @ca_file: (nullable): PEM file to trust instead of the system's store
 * @cancellable: (nullable): ends it
 * @error: return location; errors of pj_stream_start_tls(), and
 *   %PJ_NET_ERROR_PROTOCOL when bytes came before the handshake
 *
 * Encrypts from here on. What came in plain text behind the server's consent
 * may have been put there by somebody else and ends the session. Blocks.
 *
 * Reference: RFC 2595 section 4; CVE-2021-22947 and its kin.
 *
 * Returns: whether the connection is encrypted now
 */
gboolean
pj_connection_start_tls (PjConnection *self,
                         const char *ca_file,
                         GCancellable *cancellable,
                         GError **error)
{
  PjDeadline deadline;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->out->len == 0, FALSE);

  if (!pj_line_reader_is_empty (self->reader))
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_PROTOCOL,
                           "Data came in plain text ahead of the encryption: somebody may have "
                           "tampered with the connection");
      return FALSE;
    }

  deadline = pj_deadline_in (self->limits.handshake_ms, "The TLS handshake takes too long");
  return pj_stream_start_tls (self->stream, self->host, ca_file,
                              pj_deadline_earlier (deadline, total_deadline (self)), cancellable,
                              error);
}

/**
 * pj_connection_is_encrypted:
 * @self: the connection
 *
 * Returns: whether what is sent cannot be read on its way
 */
gboolean
pj_connection_is_encrypted (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pj_stream_is_encrypted (self->stream);
}

/**
 * pj_connection_queue:
 * @self: the connection
 * @bytes: to be sent
 * @len: bytes
 *
 * Puts @bytes behind what is still to be sent; the next read or flush sends.
 */
void
pj_connection_queue (PjConnection *self, const char *bytes, gsize len)
{
  g_return_if_fail (self != NULL && bytes != NULL);
  g_return_if_fail (len <= G_MAXUINT);

  g_byte_array_append (self->out, (const guint8 *) bytes, (guint) len);
}

/* Sends what the network takes without waiting. */
static gboolean
send_some (PjConnection *self, GError **error)
{
  while (self->out->len > 0)
    {
      gssize put = pj_stream_try_write (self->stream, self->out->data, self->out->len, error);

      if (put < 0)
        return FALSE;

      if (put == 0)
        return TRUE;

      wipe_sent (self, (gsize) put);
    }

  return TRUE;
}

/* Takes in what is there. @got is how much. */
static gboolean
receive_some (PjConnection *self, gssize *got, GError **error)
{
  guint8 buffer[READ_BYTES];

  *got = pj_stream_try_read (self->stream, buffer, sizeof buffer, error);
  if (*got < 0)
    return FALSE;

  if (*got > 0)
    pj_line_reader_push (self->reader, buffer, (gsize) *got);

  return TRUE;
}

static gboolean
wait_for_peer (PjConnection *self, PjDeadline idle, GCancellable *cancellable, GError **error)
{
  return pj_stream_wait (self->stream, self->out->len > 0,
                         pj_deadline_earlier (idle, total_deadline (self)), cancellable, error);
}

static PjDeadline
idle_deadline (PjConnection *self)
{
  return pj_deadline_in (self->limits.idle_ms, "The server does not answer");
}

/**
 * pj_connection_flush:
 * @self: the connection
 * @cancellable: (nullable): ends it
 * @error: return location; as pj_connection_read_line()
 *
 * Blocks until all that was queued is on its way.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_connection_flush (PjConnection *self, GCancellable *cancellable, GError **error)
{
  PjDeadline idle;
  gssize got;

  g_return_val_if_fail (self != NULL, FALSE);

  idle = idle_deadline (self);
  for (;;)
    {
      if (!send_some (self, error))
        return FALSE;

      if (self->out->len == 0)
        return TRUE;

      if (!receive_some (self, &got, error))
        return FALSE;

      if (got == 0 && !wait_for_peer (self, idle, cancellable, error))
        return FALSE;
    }
}

/**
 * pj_connection_push:
 * @self: the connection
 *
 * Sends what was queued as far as the network takes it at once, and says
 * nothing of the rest: for a last word that nobody has to hear.
 */
void
pj_connection_push (PjConnection *self)
{
  g_return_if_fail (self != NULL);

  send_some (self, NULL);
}

/**
 * pj_connection_read_line:
 * @self: the connection
 * @line: (out caller-allocates): valid until the next call; a piece
 *   (`end_len` 0) of a line over the limit
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_NET_ERROR_NETWORK when the connection ended or
 *   broke, %PJ_NET_ERROR_TIMEOUT, %PJ_NET_ERROR_TLS, %G_IO_ERROR_CANCELLED
 *
 * Blocks until a line is there, and sends meanwhile what is queued.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_connection_read_line (PjConnection *self,
                         PjLine *line,
                         GCancellable *cancellable,
                         GError **error)
{
  PjDeadline idle;
  gssize got;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  idle = idle_deadline (self);
  while (!pj_line_reader_take (self->reader, line))
    {
      if (!send_some (self, error) || !receive_some (self, &got, error))
        return FALSE;

      if (got > 0)
        idle = idle_deadline (self);
      else if (!wait_for_peer (self, idle, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_connection_has_input:
 * @self: the connection
 *
 * Returns: whether something was received that nobody has read
 */
gboolean
pj_connection_has_input (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !pj_line_reader_is_empty (self->reader);
}

/**
 * pj_connection_get_bytes_in:
 * @self: the connection
 *
 * Returns: bytes received, what TLS needs included
 */
guint64
pj_connection_get_bytes_in (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return pj_stream_get_bytes_in (self->stream);
}

/**
 * pj_connection_get_bytes_out:
 * @self: the connection
 *
 * Returns: bytes sent, what TLS needs included
 */
guint64
pj_connection_get_bytes_out (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return pj_stream_get_bytes_out (self->stream);
}

/**
 * pj_connection_dup_protocol:
 * @self: the connection
 *
 * Returns: (transfer full): TLS version and cipher suite, or "plain text"
 */
char *
pj_connection_dup_protocol (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return pj_stream_dup_protocol (self->stream);
}

/**
 * pj_connection_dup_certificate:
 * @self: the connection
 *
 * Returns: (transfer full) (nullable): what the server's certificate says;
 *   %NULL in plain text
 */
char *
pj_connection_dup_certificate (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return pj_stream_dup_certificate (self->stream);
}

/**
 * pj_connection_dup_channel_binding:
 * @self: the connection
 * @type: "tls-exporter" or "tls-server-end-point"
 *
 * Reference: RFC 9266, RFC 5929 section 4.
 *
 * Returns: (transfer full) (nullable): what ties a login to this connection;
 *   %NULL in plain text or when there is none of that type
 */
GBytes *
pj_connection_dup_channel_binding (PjConnection *self, const char *type)
{
  g_return_val_if_fail (self != NULL && type != NULL, NULL);

  return pj_stream_dup_channel_binding (self->stream, type);
}
