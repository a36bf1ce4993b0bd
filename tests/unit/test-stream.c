/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-stream.h"

#include <glib-unix.h>

#include "cancel-call.h"
#include "net/pj-certificate.h"
#include "net/pj-net-error.h"
#include "net/pj-tcp-connect.h"
#include "script-fixture.h"
#include "tls-peer.h"

static PjStream *
open_stream (Stage *stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      pj_tcp_connect ("127.0.0.1", stage->port, pj_deadline_in (10 * 1000, "late"), NULL, &error);

  g_assert_no_error (error);
  return pj_stream_new (connection);
}

static gboolean
shake_hands (Stage *stage, PjStream *stream, const char *host, GError **error)
{
  return pj_stream_start_tls (stream, host, stage->tls, pj_deadline_in (10 * 1000, "late"), NULL,
                              error);
}

/* Reads until the stream ends; @error tells how it did. */
static char *
read_all (PjStream *stream, GError **error)
{
  GString *all = g_string_new (NULL);
  char bytes[64];

  for (;;)
    {
      gssize got = pj_stream_try_read (stream, bytes, sizeof bytes, error);

      if (got < 0)
        return g_string_free (all, FALSE);

      if (got > 0)
        g_string_append_len (all, bytes, got);
      else if (!pj_stream_wait (stream, FALSE, pj_deadline_in (10 * 1000, "late"), NULL, error))
        return g_string_free (all, FALSE);
    }
}

static void
test_plain (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK hello\nCUT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *all = read_all (stream, &error);

  g_assert_cmpstr (all, ==, "+OK hello\r\n");
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
  g_assert_cmpuint (pj_stream_get_bytes_in (stream), ==, 11);
  g_assert_null (pj_stream_get_tls (stream));
}

static void
test_encrypted (void)
{
  g_autoptr (Stage) stage = stage_new ("SECURITY tls\nTLS\nS: +OK hello\nC: QUIT\nS: +OK\nCUT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;
  g_autofree char *protocol = NULL;
  g_autofree char *certificate = NULL;

  g_assert_true (shake_hands (stage, stream, "127.0.0.1", &error));
  g_assert_no_error (error);
  g_assert_cmpint (pj_stream_try_write (stream, "QUIT\r\n", 6, &error), ==, 6);
  all = read_all (stream, &error);
  g_assert_cmpstr (all, ==, "+OK hello\r\n+OK\r\n");

  protocol = pj_tls_dup_protocol (pj_stream_get_tls (stream));
  certificate = pj_tls_dup_certificate (pj_stream_get_tls (stream));
  g_assert_true (g_str_has_prefix (protocol, "TLSv1."));
  g_assert_nonnull (strstr (certificate, "localhost"));
  /* TLS itself costs bytes both ways. */
  g_assert_cmpuint (pj_stream_get_bytes_in (stream), >, 100);
  g_assert_cmpuint (pj_stream_get_bytes_out (stream), >, 100);
}

typedef struct
{
  const char *name;
  const char *certificate;
  const char *host;
  const char *says; /* NULL: accepted */
} Case;

static const Case cases[] = {
  { "good-address", "good", "127.0.0.1", NULL },
  { "good-name", "good", "localhost", NULL },
  { "good-name-upper-case", "good", "LOCALHOST", NULL },
  { "name-not-in-it", "good", "pop.example.org", "you asked for pop.example.org" },
  { "part-of-a-name", "good", "local", "you asked for local" },
  { "other-host", "other-host", "localhost", "is for mail.example.org" },
  { "expired", "expired", "localhost", "expired" },
  { "self-signed", "self-signed", "localhost", "signed by itself" },
};

static void
test_certificate (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = g_strdup_printf ("SECURITY tls\nCERT %s\n%s\n", c->certificate,
                                           c->says != NULL ? "TLS refused" : "TLS\nSILENT");
  g_autoptr (Stage) stage = stage_new (text);
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;

  if (c->says == NULL)
    {
      g_assert_true (shake_hands (stage, stream, c->host, &error));
      g_assert_no_error (error);
      return;
    }

  g_assert_false (shake_hands (stage, stream, c->host, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
  g_assert_nonnull (strstr (error->message, c->says));
  g_assert_nonnull (strstr (error->message, "SHA-256"));
}

/* The CA that the test server has signed with is not in the system's store. */
static void
test_unknown_issuer (void)
{
  g_autoptr (Stage) stage = stage_new ("SECURITY tls\nTLS refused\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_stream_start_tls (stream, "localhost", NULL,
                                       pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
}

static void
test_no_tls_there (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK hello, plain POP3 here\nSILENT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_stream_start_tls (stream, "localhost", NULL,
                                       pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
  g_assert_cmpstr (error->message, ==, "The server does not speak TLS on this port");
}

static void
test_silent_handshake (void)
{
  g_autoptr (Stage) stage = stage_new ("SILENT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_stream_start_tls (stream, "localhost", NULL, pj_deadline_in (100, "Too late"),
                                       NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
}

static void
test_cancelled_handshake (void)
{
  g_autoptr (Stage) stage = stage_new ("SILENT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (pj_stream_start_tls (stream, "localhost", NULL,
                                       pj_deadline_in (10 * 1000, "late"), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
shake_hands_with_silence (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Stage) stage = stage_new ("SILENT\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autofree char *pin = g_strnfill (64, 'A');
  const PjTlsDemand demand = { .pin = pin };

  g_assert_false (pj_stream_start_tls (stream, "localhost", &demand,
                                       pj_deadline_in (20 * 1000, "late"), cancellable, error));
}

static void
test_cancel_handshake (void)
{
  assert_call_is_cancelled_soon (shake_hands_with_silence, NULL);
}

/* A server with settings of its own, for clients one after the other. */
typedef struct
{
  GSocket *listener;
  SSL_CTX *context;
  GThread *thread;
  PjTlsDemand *demand;
  guint visits;
} OddServer;

static gpointer
serve_oddly (gpointer data)
{
  OddServer *self = data;

  PJ_TAKE_OVER (self);
  for (guint i = 0; i < self->visits; i++)
    {
      g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, NULL);
      SSL *ssl = SSL_new (self->context);
      char bytes[16];

      /* GSocket only plays at blocking. */
      g_unix_set_fd_nonblocking (g_socket_get_fd (socket), FALSE, NULL);
      SSL_set_fd (ssl, g_socket_get_fd (socket));
      if (SSL_accept (ssl) == 1 && SSL_write (ssl, "+OK\r\n", 5) == 5)
        SSL_read (ssl, bytes, sizeof bytes);
      SSL_free (ssl);
      ERR_clear_error ();
    }

  return NULL;
}

static OddServer *
odd_server_new (int version, gboolean gives_tickets, gboolean wants_certificate)
{
  OddServer *self = g_new0 (OddServer, 1);
  g_autoptr (Identity) identity = identity_new_server ("DNS:localhost", NULL);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autofree char *pin = pj_certificate_dup_fingerprint (identity->certificate);

  self->context = peer_context_new (identity, NULL, version);
  if (!gives_tickets)
    {
      SSL_CTX_set_options (self->context, SSL_OP_NO_TICKET);
      SSL_CTX_set_num_tickets (self->context, 0);
      SSL_CTX_set_session_cache_mode (self->context, SSL_SESS_CACHE_OFF);
    }
  if (wants_certificate)
    SSL_CTX_set_verify (self->context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  self->visits = wants_certificate ? 1 : 2;
  self->demand = pj_tls_demand_new ();
  self->demand->pin = g_steal_pointer (&pin);
  self->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_assert_true (g_socket_bind (self->listener, loopback, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  PJ_HAND_OVER (self);
  self->thread = g_thread_new ("odd", serve_oddly, self);

  return self;
}

static void
odd_server_free (OddServer *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
  g_object_unref (self->listener);
  SSL_CTX_free (self->context);
  pj_tls_demand_free (self->demand);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OddServer, odd_server_free)

static PjStream *
connect_oddly (OddServer *server)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (server->listener, NULL);
  guint16 port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      pj_tcp_connect ("127.0.0.1", port, pj_deadline_in (10 * 1000, "late"), NULL, &error);

  g_assert_no_error (error);
  return pj_stream_new (connection);
}

/* Shakes hands and hears one line; keeps the session for the next time.
 * Returns: the round trips of the handshake */
static guint
visit_oddly (OddServer *server, gboolean is_resumed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjStream) stream = connect_oddly (server);
  PjDeadline deadline = pj_deadline_in (10 * 1000, "late");
  guint handshake;
  char bytes[16];
  gssize got;

  g_assert_true (pj_stream_start_tls (stream, "localhost", server->demand, deadline, NULL, &error));
  handshake = pj_stream_get_round_trips (stream);
  pj_stream_note_question (stream);
  while ((got = pj_stream_try_read (stream, bytes, sizeof bytes, &error)) == 0)
    g_assert_true (pj_stream_wait (stream, FALSE, deadline, NULL, &error));
  g_assert_cmpmem (bytes, got, "+OK\r\n", 5);
  /* In TLS 1.3 the greeting answers the client's last word, as it does where
   * TLS 1.2 resumes; a full handshake of TLS 1.2 ends with the server's. */
  g_assert_cmpuint (pj_stream_get_round_trips (stream), ==, 2);
  g_assert_cmpint (pj_tls_is_resumed (pj_stream_get_tls (stream)), ==, is_resumed);
  g_clear_pointer (&server->demand->session, g_bytes_unref);
  server->demand->session = pj_tls_dup_session (pj_stream_get_tls (stream));
  pj_stream_try_write (stream, "QUIT\r\n", 6, NULL);

  return handshake;
}

typedef struct
{
  const char *name;
  int version;
  gboolean gives_tickets;
  guint first; /* round trips of the handshake */
  guint again; /* on the second visit */
} Visit;

static const Visit visits[] = {
  { "1.2", TLS1_2_VERSION, TRUE, 2, 1 },
  { "1.2-no-tickets", TLS1_2_VERSION, FALSE, 2, 2 },
  { "1.3", TLS1_3_VERSION, TRUE, 1, 1 },
  { "1.3-no-tickets", TLS1_3_VERSION, FALSE, 1, 1 },
};

static void
test_visits (gconstpointer data)
{
  const Visit *v = data;
  g_autoptr (OddServer) server = odd_server_new (v->version, v->gives_tickets, FALSE);

  g_assert_cmpuint (visit_oddly (server, FALSE), ==, v->first);
  g_assert_cmpint (server->demand->session != NULL, ==, v->gives_tickets);
  g_assert_cmpuint (visit_oddly (server, v->gives_tickets), ==, v->again);
}

/* In TLS 1.3 the server judges the client when that is done with the
 * handshake, and has left by the time that it is written to. */
static void
test_refused_after_the_handshake (void)
{
  g_autoptr (OddServer) server = odd_server_new (TLS1_3_VERSION, FALSE, TRUE);
  g_autoptr (PjStream) stream = connect_oddly (server);
  g_autoptr (GError) error = NULL;
  gssize put;

  g_assert_true (pj_stream_start_tls (stream, "localhost", server->demand,
                                      pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_thread_join (g_steal_pointer (&server->thread));
  do
    put = pj_stream_try_write (stream, "CAPA\r\n", 6, &error);
  while (put > 0);

  g_assert_cmpint (put, ==, -1);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
  g_assert_cmpstr (error->message, ==, "The server asks for a client certificate");
}

/* Cut without close_notify: an end like any other; what was whole stays so. */
static void
test_truncated (void)
{
  g_autoptr (Stage) stage = stage_new ("SECURITY tls\nTLS\nS: +OK hello\nCLOSE-NOTIFY-MISSING\n");
  g_autoptr (PjStream) stream = open_stream (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;

  g_assert_true (shake_hands (stage, stream, "localhost", &error));
  all = read_all (stream, &error);
  g_assert_cmpstr (all, ==, "+OK hello\r\n");
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/stream/certificate/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_certificate);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/stream/visits/%s", visits[i].name);

      g_test_add_data_func (path, &visits[i], test_visits);
    }
  g_test_add_func ("/net/stream/refused-after-the-handshake", test_refused_after_the_handshake);
  g_test_add_func ("/net/stream/certificate/unknown-issuer", test_unknown_issuer);
  g_test_add_func ("/net/stream/plain", test_plain);
  g_test_add_func ("/net/stream/encrypted", test_encrypted);
  g_test_add_func ("/net/stream/no-tls-there", test_no_tls_there);
  g_test_add_func ("/net/stream/silent-handshake-ends", test_silent_handshake);
  g_test_add_func ("/net/stream/cancelled-handshake", test_cancelled_handshake);
  g_test_add_func ("/net/stream/cancel-handshake", test_cancel_handshake);
  g_test_add_func ("/net/stream/truncated", test_truncated);

  return g_test_run ();
}
