/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-connection-private.h"

#include "net/pj-net-error.h"
#include "net/pj-tcp-connect.h"

/* One TLS record. */
#define READ_BYTES (16 * 1024)

/* Lines of mail may be of any length and come in pieces; an answer or a
 * row of a list that does not fit is refused by its reader. RFC 1939 allows
 * 512; a base64 challenge (RFC 5034 section 4) needs more. */
#define MAX_LINE_BYTES 8192

/**
 * PjConnection:
 *
 * Lines in, bytes out, over one connection to one server, under its
 * deadlines. Commands are queued and go out while an answer is waited for:
 * reading never stops for writing, so neither side can block the other. One
 * session on one thread owns it.
 */

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
  PjDeadline deadline;
  PjConnection *self;

  g_return_val_if_fail (host != NULL && limits != NULL, NULL);

  deadline = pj_deadline_earlier (
      pj_deadline_in (limits->connect_ms, "The server cannot be reached in time"),
      pj_net_limits_get_total (limits, opened_at, 0));
  connection = pj_tcp_connect (host, port, deadline, cancellable, error);
  if (connection == NULL)
    return NULL;

  self = g_new0 (PjConnection, 1);
  self->host = g_strdup (host);
  self->stream = pj_stream_new (connection);
  self->reader = pj_line_reader_new (MAX_LINE_BYTES);
  self->out = pj_send_queue_new ();
  self->limits = *limits;
  self->limit = pj_deadline_never ();
  self->opened_at = opened_at;

  return self;
}

/**
 * pj_connection_close: (skip)
 * @self: (transfer full) (nullable): the connection
 *
 * Closes at once. What was queued and not sent is dropped.
 */
void
pj_connection_close (PjConnection *self)
{
  if (self == NULL)
    return;

  pj_send_queue_free (self->out);
  pj_wire_tap_free (self->tap);
  pj_stream_free (self->stream);
  pj_line_reader_free (self->reader);
  g_free (self->host);
  g_free (self);
}

/* The first of @deadline, the caller's limit and the end of all patience. */
static PjDeadline
next_deadline (PjConnection *self, PjDeadline deadline)
{
  PjDeadline total = pj_net_limits_get_total (&self->limits, self->opened_at,
                                              pj_stream_get_bytes_in (self->stream));

  return pj_deadline_earlier (pj_deadline_earlier (deadline, self->limit), total);
}

/**
 * pj_connection_get_limits:
 * @self: the connection
 *
 * Returns: (transfer none): how long things may take
 */
const PjNetLimits *
pj_connection_get_limits (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->limits;
}

/**
 * pj_connection_begin_limit:
 * @self: the connection
 * @ms: milliseconds from here, at least 1
 * @reason: (transfer none): what to say when they have passed; a literal
 *
 * Allows what comes next, such as a login, only so long altogether. One such
 * limit holds at a time, beside those of the connection; another takes its
 * place.
 */
void
pj_connection_begin_limit (PjConnection *self, guint ms, const char *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  self->limit = pj_deadline_in (ms, reason);
}

/**
 * pj_connection_end_limit:
 * @self: the connection
 *
 * Lifts what pj_connection_begin_limit() has set.
 */
void
pj_connection_end_limit (PjConnection *self)
{
  g_return_if_fail (self != NULL);

  self->limit = pj_deadline_never ();
}

/**
 * pj_connection_get_deadline:
 * @self: the connection
 *
 * Returns: until when something may be waited for now that does not come over
 *   the connection
 */
PjDeadline
pj_connection_get_deadline (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, pj_deadline_never ());

  return next_deadline (self, pj_deadline_never ());
}

/**
 * pj_connection_start_tls:
 * @self: a plain connection with nothing outstanding
 * @demand: (nullable): what is asked of the server; %NULL for the default
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
                         const PjTlsDemand *demand,
                         GCancellable *cancellable,
                         GError **error)
{
  PjDeadline deadline;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pj_send_queue_is_empty (self->out), FALSE);

  if (!pj_line_reader_is_empty (self->reader))
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_PROTOCOL,
                           "Data came in plain text ahead of the encryption: somebody may have "
                           "tampered with the connection");
      return FALSE;
    }

  deadline = pj_deadline_in (self->limits.handshake_ms, "The TLS handshake takes too long");
  return pj_stream_start_tls (self->stream, self->host, demand, next_deadline (self, deadline),
                              cancellable, error);
}

static void
queue (PjConnection *self, const char *bytes, gsize len, gboolean is_secret)
{
  pj_send_queue_add (self->out, bytes, len);
  if (self->tap != NULL)
    pj_wire_tap_add_queued (self->tap, bytes, len, is_secret);
}

/**
 * pj_connection_queue:
 * @self: the connection
 * @bytes: to be sent
 * @len: bytes
 *
 * Puts @bytes behind what is still to be sent; the next read or push sends.
 */
void
pj_connection_queue (PjConnection *self, const char *bytes, gsize len)
{
  g_return_if_fail (self != NULL && bytes != NULL);

  queue (self, bytes, len, FALSE);
}

/**
 * pj_connection_queue_secret:
 * @self: the connection
 * @bytes: to be sent; no line ends in them
 * @len: bytes
 *
 * As pj_connection_queue(), for what nobody may hear: a listener hears
 * asterisks, here and where the server repeats it.
 */
void
pj_connection_queue_secret (PjConnection *self, const char *bytes, gsize len)
{
  g_return_if_fail (self != NULL && bytes != NULL);

  queue (self, bytes, len, TRUE);
}

/**
 * pj_connection_set_tap:
 * @self: a connection with nothing queued
 * @func: (nullable): hears each line sent and received from here on; %NULL
 *   for nobody
 * @user_data: for @func; outlives the connection
 *
 * A line that is longer than pj_connection_read_line() returns at once is
 * heard in the same pieces. While somebody listens and has not heard enough,
 * what was queued as secret is kept in memory, to know it again.
 */
void
pj_connection_set_tap (PjConnection *self, PjWireTapFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pj_send_queue_is_empty (self->out));

  g_clear_pointer (&self->tap, pj_wire_tap_free);
  if (func != NULL)
    self->tap = pj_wire_tap_new (func, user_data);
}

/* Sends what the network takes without waiting. */
static gboolean
send_some (PjConnection *self, GError **error)
{
  while (!pj_send_queue_is_empty (self->out))
    {
      gsize len;
      const guint8 *bytes = pj_send_queue_peek (self->out, &len);
      gssize put = pj_stream_try_write (self->stream, bytes, len, error);

      if (put < 0)
        return FALSE;

      if (put == 0)
        return TRUE;

      pj_send_queue_drop (self->out, (gsize) put);
      if (self->tap != NULL)
        pj_wire_tap_add_sent (self->tap, (gsize) put);
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

static PjDeadline
idle_deadline (PjConnection *self)
{
  return pj_deadline_in (self->limits.idle_ms, pj_send_queue_is_empty (self->out)
                                                   ? "The server does not answer"
                                                   : "The server takes in nothing more");
}

/* A byte either way is a sign of life, from which the idle time counts anew. */
typedef struct
{
  PjDeadline idle;
  guint64 out; /* bytes sent when it began to count */
} Patience;

static Patience
begin_patience (PjConnection *self)
{
  return (Patience){ idle_deadline (self), pj_stream_get_bytes_out (self->stream) };
}

/* Takes in what is there, or waits until there is something or room to send. */
static gboolean
receive_or_wait (PjConnection *self, Patience *patience, GCancellable *cancellable, GError **error)
{
  gssize got;

  if (!receive_some (self, &got, error))
    return FALSE;

  if (got > 0 || pj_stream_get_bytes_out (self->stream) > patience->out)
    *patience = begin_patience (self);
  if (got > 0)
    return TRUE;

  return pj_stream_wait (self->stream, !pj_send_queue_is_empty (self->out),
                         next_deadline (self, patience->idle), cancellable, error);
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
 * Blocks until a line is there, and sends meanwhile what is queued. A line
 * without its end is none: what an attacker has cut short is not returned.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_connection_read_line (PjConnection *self,
                         PjLine *line,
                         GCancellable *cancellable,
                         GError **error)
{
  Patience patience;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  patience = begin_patience (self);
  while (!pj_line_reader_take (self->reader, line))
    {
      if (!send_some (self, error))
        return FALSE;

      if (pj_send_queue_is_empty (self->out))
        pj_stream_note_question (self->stream);
      if (!receive_or_wait (self, &patience, cancellable, error))
        return FALSE;
    }

  if (self->tap != NULL)
    pj_wire_tap_add_received (self->tap, line->bytes, line->len);

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
