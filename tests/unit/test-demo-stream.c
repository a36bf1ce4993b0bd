/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-stream.h"

#include <string.h>
#include <sys/socket.h>

#include <glib-unix.h>

#include "cancel-call.h"
#include "tls-peer.h"

#define TIMEOUT_S 20

/* More than the buffers of two sockets hold. */
#define MUCH_BYTES (8 * 1024 * 1024)

/* A stream and its client, who blocks. */
typedef struct
{
  PjDemoStream *stream;
  GSocket *client;
} Pair;

static GSocket *
take_socket (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  return socket;
}

static Pair *
pair_new (guint timeout_s)
{
  Pair *self = g_new0 (Pair, 1);
  g_autoptr (GSocket) served = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  served = take_socket (fds[0]);
  self->client = take_socket (fds[1]);
  self->stream = pj_demo_stream_new (served, timeout_s);

  return self;
}

static void
pair_free (Pair *self)
{
  pj_demo_stream_free (self->stream);
  g_object_unref (self->client);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

static void
send_to (Pair *pair, const char *words)
{
  g_assert_cmpint (g_socket_send (pair->client, words, strlen (words), NULL, NULL), ==,
                   strlen (words));
}

static void
assert_read (Pair *pair, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char bytes[64];
  gssize len = pj_demo_stream_read (pair->stream, bytes, sizeof bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (bytes, len, expected, strlen (expected));
}

static void
assert_no_read (Pair *pair, int code)
{
  g_autoptr (GError) error = NULL;
  char bytes[64];

  g_assert_cmpint (pj_demo_stream_read (pair->stream, bytes, sizeof bytes, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, code);
}

static void
test_plain (void)
{
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);
  char bytes[8];

  g_assert_true (pj_demo_stream_is_quiet (pair->stream, 1, NULL));
  send_to (pair, "NOOP");
  g_assert_false (pj_demo_stream_is_quiet (pair->stream, TIMEOUT_S * 1000, NULL));
  assert_read (pair, "NOOP");
  g_assert_true (pj_demo_stream_write (pair->stream, "+OK", 3, NULL, NULL));
  g_assert_cmpint (g_socket_receive (pair->client, bytes, sizeof bytes, NULL, NULL), ==, 3);

  pj_demo_stream_end_output (pair->stream, PJ_DEMO_CLOSE_CLEAN);
  g_assert_cmpint (g_socket_receive (pair->client, bytes, sizeof bytes, NULL, NULL), ==, 0);
  /* What the client says after that can be read still. */
  send_to (pair, "QUIT");
  assert_read (pair, "QUIT");
  g_socket_close (pair->client, NULL);
  assert_no_read (pair, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_peek (void)
{
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);
  char bytes[8];

  send_to (pair, "hello");
  g_assert_cmpint (pj_demo_stream_peek (pair->stream, bytes, 2, NULL, NULL), ==, 2);
  g_assert_cmpmem (bytes, 2, "he", 2);
  assert_read (pair, "hello");
  g_socket_close (pair->client, NULL);
  g_assert_cmpint (pj_demo_stream_peek (pair->stream, bytes, 2, NULL, NULL), ==, 0);
}

static void
test_timeout (void)
{
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);
  g_autofree char *much = g_strnfill (MUCH_BYTES, 'x');
  g_autoptr (GError) error = NULL;

  pj_demo_stream_set_timeout (pair->stream, 0);
  assert_no_read (pair, G_IO_ERROR_TIMED_OUT);
  g_assert_false (pj_demo_stream_write (pair->stream, much, MUCH_BYTES, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
read_in_vain (gpointer data, GCancellable *cancellable, GError **error)
{
  Pair *pair = data;
  char bytes[8];

  g_assert_cmpint (pj_demo_stream_read (pair->stream, bytes, sizeof bytes, cancellable, error), ==,
                   -1);
}

static void
test_cancel (void)
{
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);

  assert_call_is_cancelled_soon (read_in_vain, pair);
}

static void
test_reset (void)
{
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);

  g_assert_false (pj_demo_stream_is_closed (pair->stream));
  pj_demo_stream_end_output (pair->stream, PJ_DEMO_CLOSE_RESET);
  g_assert_true (pj_demo_stream_is_closed (pair->stream));
}

/* Shakes hands, says one word, hears one and leaves. */
static gpointer
visit_in_tls (gpointer data)
{
  GSocket *socket = data;
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  SSL *ssl = SSL_new (context);
  char bytes[8];

  /* GSocket keeps every descriptor from blocking, and waits by itself. */
  g_assert_true (g_unix_set_fd_nonblocking (g_socket_get_fd (socket), FALSE, NULL));
  SSL_set_fd (ssl, g_socket_get_fd (socket));
  g_assert_cmpint (SSL_connect (ssl), ==, 1);
  g_assert_cmpint (SSL_write (ssl, "NOOP", 4), ==, 4);
  g_assert_cmpint (SSL_read (ssl, bytes, sizeof bytes), ==, 3);
  SSL_shutdown (ssl);
  SSL_free (ssl);
  SSL_CTX_free (context);

  return NULL;
}

static void
test_tls (void)
{
  g_autoptr (Identity) server = identity_new_server ("DNS:localhost", NULL);
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);
  SSL_CTX *context = peer_context_new (server, NULL, 0);
  GThread *thread = g_thread_new ("client", visit_in_tls, pair->client);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_demo_stream_start_tls (pair->stream, context, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (pj_demo_stream_is_tls (pair->stream));
  assert_read (pair, "NOOP");
  g_assert_true (pj_demo_stream_write (pair->stream, "+OK", 3, NULL, NULL));
  assert_no_read (pair, G_IO_ERROR_CONNECTION_CLOSED);
  g_thread_join (thread);
  SSL_CTX_free (context);
}

static void
test_no_handshake (void)
{
  g_autoptr (Identity) server = identity_new_server ("DNS:localhost", NULL);
  g_autoptr (Pair) pair = pair_new (TIMEOUT_S);
  SSL_CTX *context = peer_context_new (server, NULL, 0);
  g_autoptr (GError) error = NULL;

  send_to (pair, "CAPA\r\n");
  g_assert_false (pj_demo_stream_start_tls (pair->stream, context, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_false (pj_demo_stream_is_tls (pair->stream));
  SSL_CTX_free (context);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo/stream/plain", test_plain);
  g_test_add_func ("/demo/stream/peek-takes-nothing", test_peek);
  g_test_add_func ("/demo/stream/timeout", test_timeout);
  g_test_add_func ("/demo/stream/cancel", test_cancel);
  g_test_add_func ("/demo/stream/reset", test_reset);
  g_test_add_func ("/demo/stream/tls", test_tls);
  g_test_add_func ("/demo/stream/no-handshake", test_no_handshake);

  return g_test_run ();
}
