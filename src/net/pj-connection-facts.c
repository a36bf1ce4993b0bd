/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-connection-private.h"

/*
 * What there is to know of a connection: how it is protected, who is at the
 * other end, and what it has cost so far.
 */

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

  return pj_stream_get_tls (self->stream) != NULL;
}

/**
 * pj_connection_dup_protocol:
 * @self: the connection
 *
 * Returns: (transfer full): TLS version and cipher suite, and whether an
 *   earlier session was taken up; or "plain text"
 */
char *
pj_connection_dup_protocol (PjConnection *self)
{
  PjTls *tls;

  g_return_val_if_fail (self != NULL, NULL);

  tls = pj_stream_get_tls (self->stream);
  return tls != NULL ? pj_tls_dup_protocol (tls) : g_strdup ("plain text");
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
  PjTls *tls;

  g_return_val_if_fail (self != NULL, NULL);

  tls = pj_stream_get_tls (self->stream);
  return tls != NULL ? pj_tls_dup_certificate (tls) : NULL;
}

/**
 * pj_connection_dup_tls_session:
 * @self: the connection, best at its end: a TLS 1.3 server gives what this
 *   needs with or after its first words
 *
 * Returns: (transfer full) (nullable): for the `session` of the next
 *   connection's #PjTlsDemand, wiped when freed; %NULL when the server gave
 *   none or the connection is plain
 */
GBytes *
pj_connection_dup_tls_session (PjConnection *self)
{
  PjTls *tls;

  g_return_val_if_fail (self != NULL, NULL);

  tls = pj_stream_get_tls (self->stream);
  return tls != NULL ? pj_tls_dup_session (tls) : NULL;
}

/**
 * pj_connection_get_round_trips:
 * @self: the connection
 *
 * Counts what distance costs: one to connect, and one whenever all that was
 * sent waits for an answer, those of the TLS handshake included. With TLS 1.3
 * the greeting answers the end of the handshake. What a name look-up or a
 * proxy needs is not in it.
 *
 * Returns: round trips so far
 */
guint
pj_connection_get_round_trips (PjConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return 1 + pj_stream_get_round_trips (self->stream);
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
  PjTls *tls;

  g_return_val_if_fail (self != NULL && type != NULL, NULL);

  tls = pj_stream_get_tls (self->stream);
  return tls != NULL ? pj_tls_dup_channel_binding (tls, type) : NULL;
}
