/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-connection.h"

#include <string.h>

/**
 * PjDemoConnection:
 *
 * The server's end of one accepted connection: lines in, bytes out, in plain
 * text or, after a handshake, in TLS. It knows nothing of POP3. Every call
 * that blocks ends early when its cancellable is cancelled. It belongs to the
 * one thread that serves the connection.
 */
struct _PjDemoConnection
{
  /* Owned */
  PjDemoStream *stream;
  GByteArray *record; /* (nullable) what came outside TLS */

  /* Plain */
  gsize buffer_len;
  char buffer[PJ_DEMO_MAX_LINE_BYTES]; /* what came and is not read as a line */
};

/**
 * pj_demo_connection_new:
 * @socket: an accepted socket; a reference is taken
 * @timeout_s: how long the peer may be idle, or not take what we send
 *
 * Returns: (transfer full): the connection, in plain text
 */
PjDemoConnection *
pj_demo_connection_new (GSocket *socket, guint timeout_s)
{
  PjDemoConnection *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_new0 (PjDemoConnection, 1);
  self->stream = pj_demo_stream_new (socket, timeout_s);

  return self;
}

/**
 * pj_demo_connection_free:
 * @self: (transfer full): the connection, closed if it is open
 */
void
pj_demo_connection_free (PjDemoConnection *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->stream, pj_demo_stream_free);
  g_clear_pointer (&self->record, g_byte_array_unref);
  explicit_bzero (self->buffer, sizeof self->buffer);
  g_free (self);
}

/**
 * pj_demo_connection_set_record:
 * @self: a connection in plain text
 * @record: where every byte goes that the client sends outside TLS, read as a
 *   line or not, and the first bytes of its handshake; a reference is taken
 *
 * For a test that asks what a listener on the wire would have seen.
 */
void
pj_demo_connection_set_record (PjDemoConnection *self, GByteArray *record)
{
  g_return_if_fail (self != NULL && !pj_demo_stream_is_tls (self->stream));
  g_return_if_fail (self->record == NULL && record != NULL);

  self->record = g_byte_array_ref (record);
}

/**
 * pj_demo_connection_is_tls:
 * @self: the connection
 *
 * Returns: whether the handshake is over
 */
gboolean
pj_demo_connection_is_tls (PjDemoConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pj_demo_stream_is_tls (self->stream);
}

/**
 * pj_demo_connection_has_line:
 * @self: the connection
 *
 * Returns: whether the next pj_demo_connection_read_line() need not wait, as
 *   with a client that pipelines
 */
gboolean
pj_demo_connection_has_line (PjDemoConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return memchr (self->buffer, '\n', self->buffer_len) != NULL;
}

/**
 * pj_demo_connection_is_quiet:
 * @self: the connection
 * @ms: for how long
 * @cancellable: (nullable): stops the wait
 *
 * Blocks.
 *
 * Returns: whether the client sends nothing for @ms, nor has sent anything
 *   that was not read
 */
gboolean
pj_demo_connection_is_quiet (PjDemoConnection *self, guint ms, GCancellable *cancellable)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->buffer_len == 0 && pj_demo_stream_is_quiet (self->stream, ms, cancellable);
}

static gboolean
fill_buffer (PjDemoConnection *self, GCancellable *cancellable, GError **error)
{
  char *free_bytes = self->buffer + self->buffer_len;
  gsize size = sizeof self->buffer - self->buffer_len;
  gssize len;

  if (size == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "A line of the client is too long");
      return FALSE;
    }

  len = pj_demo_stream_read (self->stream, free_bytes, size, cancellable, error);
  if (len < 0)
    return FALSE;
  if (!pj_demo_stream_is_tls (self->stream) && self->record != NULL)
    g_byte_array_append (self->record, (const guint8 *) free_bytes, (guint) len);
  self->buffer_len += len;

  return TRUE;
}

/* OpenSSL reads the socket itself, and a client that sends a command where a
 * handshake belongs would go unheard. */
static gboolean
record_hello (PjDemoConnection *self, GCancellable *cancellable, GError **error)
{
  guint8 hello[512];
  gssize len;

  if (self->record == NULL)
    return TRUE;

  len = pj_demo_stream_peek (self->stream, hello, sizeof hello, cancellable, error);
  if (len < 0)
    return FALSE;

  g_byte_array_append (self->record, hello, (guint) len);
  return TRUE;
}

/**
 * pj_demo_connection_start_tls:
 * @self: a connection in plain text
 * @context: the server's side; a reference is taken
 * @cancellable: (nullable): stops the wait
 * @error: return location
 *
 * Makes the handshake. Blocks. Bytes that the client sent before it are an
 * error, or else somebody between the two could put words into the client's
 * mouth.
 *
 * Errors: %G_IO_ERROR_INVALID_DATA for such bytes, %G_IO_ERROR_FAILED from
 * OpenSSL, %G_IO_ERROR_CONNECTION_CLOSED, %G_IO_ERROR_TIMED_OUT,
 * %G_IO_ERROR_CANCELLED.
 *
 * Reference: RFC 2595 section 4
 *
 * Returns: whether TLS is up
 */
gboolean
pj_demo_connection_start_tls (PjDemoConnection *self,
                              SSL_CTX *context,
                              GCancellable *cancellable,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && !pj_demo_stream_is_tls (self->stream), FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  if (self->buffer_len > 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "The client sent bytes before the handshake");
      return FALSE;
    }

  if (!record_hello (self, cancellable, error))
    return FALSE;

  return pj_demo_stream_start_tls (self->stream, context, cancellable, error);
}

/* Reads more of a line. Leaving in the middle of one is not the same as leaving. */
static gboolean
continue_line (PjDemoConnection *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (fill_buffer (self, cancellable, &cause))
    return TRUE;

  if (self->buffer_len > 0 && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                         "The client closed the connection in the middle of a line");
  else
    g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

/**
 * pj_demo_connection_read_line:
 * @self: the connection
 * @cancellable: (nullable): stops the wait
 * @error: return location
 *
 * Reads one line. Blocks. A line ends with LF; a CR before it is dropped.
 *
 * Errors: %G_IO_ERROR_CONNECTION_CLOSED when the client has left,
 * %G_IO_ERROR_PARTIAL_INPUT when it did so within a line,
 * %G_IO_ERROR_MESSAGE_TOO_LARGE over %PJ_DEMO_MAX_LINE_BYTES,
 * %G_IO_ERROR_INVALID_DATA for a NUL, %G_IO_ERROR_TIMED_OUT,
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the line without its end; not always UTF-8. It
 *   may hold a password: free it with pj_secret_wipe_string()
 */
char *
pj_demo_connection_read_line (PjDemoConnection *self, GCancellable *cancellable, GError **error)
{
  char *end;
  char *line;
  gsize len;

  g_return_val_if_fail (self != NULL, NULL);

  while ((end = memchr (self->buffer, '\n', self->buffer_len)) == NULL)
    {
      if (!continue_line (self, cancellable, error))
        return NULL;
    }

  len = end - self->buffer;
  if (memchr (self->buffer, '\0', len) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "A line of the client has a NUL in it");
      return NULL;
    }

  line = g_strndup (self->buffer, len > 0 && end[-1] == '\r' ? len - 1 : len);
  self->buffer_len -= len + 1;
  memmove (self->buffer, end + 1, self->buffer_len);

  return line;
}

/**
 * pj_demo_connection_write:
 * @self: the connection
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
pj_demo_connection_write (
    PjDemoConnection *self, const char *bytes, gsize len, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pj_demo_stream_write (self->stream, bytes, len, cancellable, error);
}

/**
 * pj_demo_connection_end_output:
 * @self: the connection
 * @how: how to leave
 *
 * Says goodbye. After %PJ_DEMO_CLOSE_RESET the socket is closed; otherwise
 * what the client still sends can be read. Does not block.
 */
void
pj_demo_connection_end_output (PjDemoConnection *self, PjDemoClose how)
{
  g_return_if_fail (self != NULL);

  pj_demo_stream_end_output (self->stream, how);
}

/**
 * pj_demo_connection_wait_gone:
 * @self: the connection
 * @timeout_s: how long the client may be silent
 * @cancellable: (nullable): stops the wait
 *
 * Reads and drops what the client still sends, until it leaves, is silent for
 * @timeout_s, or @cancellable is cancelled. A socket that is closed with
 * unread input sends RST, and that may cost the client our last words.
 * Blocks.
 */
void
pj_demo_connection_wait_gone (PjDemoConnection *self, guint timeout_s, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  pj_demo_stream_set_timeout (self->stream, timeout_s);
  do
    self->buffer_len = 0;
  while (!pj_demo_stream_is_closed (self->stream) && fill_buffer (self, cancellable, NULL));
}
