/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-connection.h"

#include "cancel-call.h"
#include <string.h>

#include "net/pj-net-error.h"
#include "script-fixture.h"

static char *
read_line (PjConnection *connection, GError **error)
{
  PjLine line;

  if (!pj_connection_read_line (connection, &line, NULL, error))
    return NULL;

  return g_strndup (line.bytes, line.len);
}

static void
test_lines (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK one\nC: TWO\nS: +OK two\nCUT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = read_line (connection, &error);
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  g_assert_cmpstr (one, ==, "+OK one");
  g_assert_false (pj_connection_has_input (connection));
  pj_connection_queue (connection, "TWO\r\n", 5);
  two = read_line (connection, &error);
  g_assert_cmpstr (two, ==, "+OK two");
  g_assert_no_error (error);

  three = read_line (connection, &error);
  g_assert_null (three);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
  g_assert_cmpuint (pj_connection_get_bytes_in (connection), ==, 18);
  g_assert_cmpuint (pj_connection_get_bytes_out (connection), ==, 5);
}

/* Far more than both sides' buffers hold is sent while the server answers
 * each command at once: with reading left until all was written, this hangs. */
static void
test_reads_while_writing (void)
{
  enum
  {
    COMMANDS = 3000
  };
  g_autoptr (GString) script = g_string_new (NULL);
  g_autofree char *answer = g_strnfill (4000, 'x');
  g_autoptr (Stage) stage = NULL;
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < COMMANDS; i++)
    g_string_append_printf (script, "C: NOOP *\nS: %s\n", answer);
  stage = stage_new (script->str);
  connection = stage_connect (stage);

  for (guint i = 0; i < COMMANDS; i++)
    {
      pj_connection_queue (connection, "NOOP ", 5);
      pj_connection_queue (connection, answer, 2000);
      pj_connection_queue (connection, "\r\n", 2);
    }
  for (guint i = 0; i < COMMANDS; i++)
    {
      g_autofree char *line = read_line (connection, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (line, ==, answer);
    }
}

static void
test_idle_limit (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nSILENT\n");
  PjNetLimits limits = stage_limits;
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *nothing = NULL;

  limits.idle_ms = 100;
  connection = pj_connection_open ("127.0.0.1", stage->port, &limits, NULL, &error);
  greeting = read_line (connection, &error);
  g_assert_no_error (error);
  nothing = read_line (connection, &error);
  g_assert_null (nothing);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The server does not answer (limit: 100 ms)");
}

/* A byte now and then keeps the line from being idle, and no longer. */
static void
test_total_limit (void)
{
  g_autoptr (Stage) stage = stage_new ("WAIT 200\nS:raw x\nSILENT\n");
  PjNetLimits limits = stage_limits;
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = NULL;

  limits.idle_ms = 300;
  limits.total_ms = 400;
  connection = pj_connection_open ("127.0.0.1", stage->port, &limits, NULL, &error);
  nothing = read_line (connection, &error);
  g_assert_null (nothing);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The server takes too long over all (limit: 400 ms)");
}

/* A login may be held to less than everything, and only the login. */
static void
test_login_limit (void)
{
  g_autoptr (Stage) stage =
      stage_new ("S: +OK\nC: USER ann\nWAIT 300\nS: +OK\nC: PASS x\nSILENT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = read_line (connection, &error);
  g_autofree char *user = NULL;
  g_autofree char *pass = NULL;

  pj_connection_begin_limit (connection, 50, "The login takes too long");
  pj_connection_end_limit (connection);
  pj_connection_queue (connection, "USER ann\r\n", 10);
  user = read_line (connection, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user, ==, "+OK");

  pj_connection_begin_limit (connection, 100, "The login takes too long");
  pj_connection_queue (connection, "PASS x\r\n", 8);
  pass = read_line (connection, &error);
  g_assert_null (pass);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The login takes too long (limit: 100 ms)");
}

static void
test_handshake_limit (void)
{
  g_autoptr (Stage) stage = stage_new ("SILENT\n");
  PjNetLimits limits = stage_limits;
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  limits.handshake_ms = 100;
  connection = pj_connection_open ("127.0.0.1", stage->port, &limits, NULL, &error);
  g_assert_cmpuint (pj_connection_get_limits (connection)->handshake_ms, ==, 100);
  g_assert_false (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The TLS handshake takes too long (limit: 100 ms)");
}

/* More than all buffers between the two hold. */
#define MORE_THAN_FITS (64 * 1024 * 1024)

/* A server that takes the connection and then neither reads nor writes. */
typedef struct
{
  GSocketListener *listener;
  guint16 port;
} Ignorant;

static Ignorant *
ignorant_new (void)
{
  Ignorant *self = g_new0 (Ignorant, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, loopback, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return self;
}

static void
ignorant_free (Ignorant *self)
{
  g_object_unref (self->listener);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ignorant, ignorant_free)

static PjConnection *
connect_to_ignorant (Ignorant *server, guint idle_ms)
{
  PjNetLimits limits = stage_limits;
  g_autofree char *much = g_strnfill (MORE_THAN_FITS, 'x');
  g_autoptr (GError) error = NULL;
  PjConnection *connection;

  limits.idle_ms = idle_ms;
  connection = pj_connection_open ("127.0.0.1", server->port, &limits, NULL, &error);
  g_assert_no_error (error);
  pj_connection_queue (connection, much, MORE_THAN_FITS);

  return connection;
}

static void
test_write_limit (void)
{
  g_autoptr (Ignorant) server = ignorant_new ();
  g_autoptr (PjConnection) connection = connect_to_ignorant (server, 100);
  g_autoptr (GError) error = NULL;
  PjLine line;

  g_assert_false (pj_connection_read_line (connection, &line, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The server takes in nothing more (limit: 100 ms)");
}

/* The second session of one visit has what the first has left. */
static void
test_total_is_over (void)
{
  g_autoptr (Ignorant) server = ignorant_new ();
  PjNetLimits limits = stage_limits;
  g_autoptr (GError) error = NULL;

  pj_net_limits_begin_total (&limits, g_get_monotonic_time () - 20 * G_USEC_PER_SEC, 0);
  g_assert_null (pj_connection_open ("127.0.0.1", server->port, &limits, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The server takes too long over all (limit: 20 s)");
}

/* What fits goes at once, and to push is not to wait for an answer. */
static void
test_push (void)
{
  g_autoptr (Stage) stage = stage_new ("C: QUIT\nS: +OK\nCUT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);

  pj_connection_queue (connection, "QUIT\r\n", 6);
  pj_connection_push (connection);
  g_assert_cmpuint (pj_connection_get_bytes_out (connection), ==, 6);
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 1);
}

/* Nor for the network to take the rest. */
static void
test_push_more_than_fits (void)
{
  g_autoptr (Ignorant) server = ignorant_new ();
  g_autoptr (PjConnection) connection = connect_to_ignorant (server, 10 * 1000);

  pj_connection_push (connection);
  g_assert_cmpuint (pj_connection_get_bytes_out (connection), >, 0);
  g_assert_cmpuint (pj_connection_get_bytes_out (connection), <, MORE_THAN_FITS);
}

static void
read_one (gpointer data, GCancellable *cancellable, GError **error)
{
  PjLine line;

  g_assert_false (pj_connection_read_line (data, &line, cancellable, error));
}

static void
test_cancel_reading (void)
{
  g_autoptr (Ignorant) server = ignorant_new ();
  g_autoptr (PjConnection) connection =
      pj_connection_open ("127.0.0.1", server->port, &stage_limits, NULL, NULL);

  assert_call_is_cancelled_soon (read_one, connection);
}

static void
test_cancel_writing (void)
{
  g_autoptr (Ignorant) server = ignorant_new ();
  g_autoptr (PjConnection) connection = connect_to_ignorant (server, 10 * 1000);

  assert_call_is_cancelled_soon (read_one, connection);
}

/* The end without close_notify, after a complete answer and in
 * the middle of one. */
typedef struct
{
  const char *name;
  const char *play; /* after the handshake */
  guint lines;      /* that are whole */
} End;

static const End ends[] = {
  { "after-an-answer", "S: +OK 2 messages\nS: 1 a\nS: 2 b\nS: .\nCLOSE-NOTIFY-MISSING\n", 4 },
  { "after-a-line", "S: +OK 2 messages\nS: 1 a\nCLOSE-NOTIFY-MISSING\n", 2 },
  { "within-a-line", "S: +OK 2 messages\nS:raw 1 abc\nCLOSE-NOTIFY-MISSING\n", 1 },
  { "within-a-line-end", "S: +OK 2 messages\nS:raw .\\r\nCLOSE-NOTIFY-MISSING\n", 1 },
  { "within-a-line-with-notify", "S: +OK 2 messages\nS:raw 1 abc\nCUT\n", 1 },
  { "before-a-word", "CLOSE-NOTIFY-MISSING\n", 0 },
};

static void
test_end (gconstpointer data)
{
  const End *end = data;
  g_autofree char *text = g_strconcat ("SECURITY tls\nTLS\n", end->play, NULL);
  g_autoptr (Stage) stage = stage_new (text);
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *rest = NULL;

  g_assert_true (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  for (guint i = 0; i < end->lines; i++)
    {
      g_autofree char *line = read_line (connection, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
    }

  rest = read_line (connection, &error);
  g_assert_null (rest);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static char *
ask (PjConnection *connection, const char *commands)
{
  g_autoptr (GError) error = NULL;
  char *answer;

  pj_connection_queue (connection, commands, strlen (commands));
  answer = read_line (connection, &error);
  g_assert_no_error (error);

  return answer;
}

static void
test_round_trips_plain (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: NOOP\nS: +OK\n"
                                       "C: STAT\nC: UIDL 1\nS: +OK 1 1\nS: +OK 1 a\nCUT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *noop = NULL;
  g_autofree char *stat = NULL;
  g_autofree char *uidl = NULL;

  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 1);
  greeting = read_line (connection, &error);
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 1);
  noop = ask (connection, "NOOP\r\n");
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 2);
  /* Two commands in one flight, answered in one. */
  stat = ask (connection, "STAT\r\nUIDL 1\r\n");
  uidl = read_line (connection, &error);
  g_assert_cmpstr (uidl, ==, "+OK 1 a");
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 3);
}

/* TLS 1.3: to connect, the handshake, the greeting, one flight. */
static void
test_round_trips_tls (void)
{
  g_autoptr (Stage) stage = stage_new ("SECURITY tls\nTLS\nS: +OK\nC: NOOP\nS: +OK\nCUT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *protocol = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *noop = NULL;

  g_assert_true (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  protocol = pj_connection_dup_protocol (connection);
  g_assert_true (g_str_has_prefix (protocol, "TLSv1.3"));
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 2);
  greeting = read_line (connection, &error);
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 3);
  noop = ask (connection, "NOOP\r\n");
  g_assert_cmpuint (pj_connection_get_round_trips (connection), ==, 4);
}

#define TLS_GREETING "SECURITY tls\nTLS\nS: +OK\nC: QUIT\nS: +OK\nCUT\n"

/* Asserts that @connection says of itself whether it is resumed. */
static void
assert_resumed (PjConnection *connection, gboolean is_resumed)
{
  g_autofree char *protocol = pj_connection_dup_protocol (connection);

  g_assert_cmpint (g_str_has_suffix (protocol, ", resumed"), ==, is_resumed);
}

/* Returns: the session for the next time */
static GBytes *
visit (Stage *stage, gboolean is_resumed)
{
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = pj_connection_dup_protocol (connection);
  g_autofree char *greeting = NULL;
  g_autofree char *quit = NULL;

  g_assert_cmpstr (plain, ==, "plain text");
  g_assert_null (pj_connection_dup_tls_session (connection));
  g_assert_true (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  g_assert_no_error (error);
  greeting = read_line (connection, &error);
  quit = ask (connection, "QUIT\r\n");
  g_assert_cmpstr (quit, ==, "+OK");
  assert_resumed (connection, is_resumed);

  return pj_connection_dup_tls_session (connection);
}

static void
test_resumption (void)
{
  g_autoptr (Stage) stage =
      stage_new (TLS_GREETING "--- again\nTLS\nS: +OK\nC: QUIT\nS: +OK\nCUT\n"
                              "--- pinned\nTLS\nS: +OK\nC: QUIT\nS: +OK\nCUT\n");

  stage->tls->session = visit (stage, FALSE);
  g_assert_nonnull (stage->tls->session);
  g_bytes_unref (visit (stage, TRUE));
  g_bytes_unref (stage->tls->session);
  stage->tls->session = g_bytes_new ("no session", 10);
  g_bytes_unref (visit (stage, FALSE));
}

/* A refused certificate is told so that it can be pinned, and then it is. */
static void
test_refused_then_pinned (void)
{
  g_autoptr (Stage) stage =
      stage_new ("SECURITY tls\nCERT expired\nTLS refused\n"
                 "--- pinned\nTLS\nS: +OK\nC: QUIT\nS: +OK\nCUT\n"
                 "--- pinned and resumed\nTLS\nS: +OK\nC: QUIT\nS: +OK\nCUT\n");
  g_autoptr (GError) error = NULL;
  PjConnection *connection = stage_connect (stage);

  g_assert_false (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  pj_connection_close (connection);
  stage->tls->pin = g_strdup (pj_net_error_get_fingerprint (error));
  g_assert_nonnull (stage->tls->pin);
  g_assert_nonnull (strstr (pj_net_error_get_certificate (error), stage->tls->pin));
  stage->tls->session = visit (stage, FALSE);
  g_bytes_unref (visit (stage, TRUE));
}

static gboolean
on_line (PjWireDirection direction, const char *line, gsize len, gpointer user_data)
{
  g_string_append_printf (user_data, "%c: %.*s\n", direction == PJ_WIRE_SENT ? 'C' : 'S', (int) len,
                          line);
  return TRUE;
}

static void
test_tap (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: USER ann\nC: PASS pony\n"
                                       "S: +OK\nS: -ERR no such password: pony\nCUT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *user = NULL;
  g_autofree char *pass = NULL;

  pj_connection_set_tap (connection, on_line, log);
  greeting = read_line (connection, &error);
  pj_connection_queue (connection, "USER ann\r\nPASS ", 15);
  pj_connection_queue_secret (connection, "pony", 4);
  pj_connection_queue (connection, "\r\n", 2);
  user = read_line (connection, &error);
  pass = read_line (connection, &error);
  /* The session itself gets what the server said. */
  g_assert_cmpstr (pass, ==, "-ERR no such password: pony");
  g_assert_cmpstr (log->str, ==,
                   "S: +OK\nC: USER ann\nC: PASS ********\n"
                   "S: +OK\nS: -ERR no such password: ********\n");
}

static void
test_early_bytes (void)
{
  g_autoptr (Stage) stage = stage_new ("S:raw +OK\\r\\n+OK early\\r\\n\nSILENT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = read_line (connection, &error);

  g_assert_true (pj_connection_has_input (connection));
  g_assert_false (pj_connection_start_tls (connection, stage->tls, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_PROTOCOL);
  g_assert_false (pj_connection_is_encrypted (connection));
}

static char *
to_hex (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", data[i]);

  return g_string_free (text, FALSE);
}

static void
test_channel_binding (void)
{
  static const char *const play = "SECURITY tls\nTLS\nSILENT\n";
  g_autofree char *plays = g_strconcat (play, "--- another\n", play, NULL);
  g_autoptr (Stage) stage = stage_new (plays);
  g_autoptr (PjConnection) one = stage_connect (stage);
  g_autoptr (PjConnection) two = NULL;
  g_autoptr (GBytes) exported = NULL, hash = NULL, other = NULL;
  g_autofree char *hex = NULL, *certificate = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_connection_dup_channel_binding (one, "tls-exporter"));
  pj_connection_start_tls (one, stage->tls, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (pj_connection_dup_channel_binding (one, "tls-unheard-of"));

  /* The certificate is signed with SHA-256. */
  hash = pj_connection_dup_channel_binding (one, "tls-server-end-point");
  hex = to_hex (hash);
  certificate = pj_connection_dup_certificate (one);
  g_assert_true (g_str_has_suffix (certificate, hex));
  g_assert_cmpuint (strlen (hex), ==, 32 * 3 - 1);

  exported = pj_connection_dup_channel_binding (one, "tls-exporter");
  g_assert_cmpuint (g_bytes_get_size (exported), ==, 32);
  g_clear_pointer (&one, pj_connection_close);
  two = stage_connect (stage);
  pj_connection_start_tls (two, stage->tls, NULL, &error);
  g_assert_no_error (error);
  other = pj_connection_dup_channel_binding (two, "tls-exporter");
  g_assert_cmpuint (g_bytes_get_size (other), ==, 32);
  g_assert_false (g_bytes_equal (exported, other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/connection/lines", test_lines);
  g_test_add_func ("/net/connection/reads-while-writing", test_reads_while_writing);
  g_test_add_func ("/net/connection/idle-limit", test_idle_limit);
  g_test_add_func ("/net/connection/total-limit", test_total_limit);
  g_test_add_func ("/net/connection/total-limit-is-over", test_total_is_over);
  g_test_add_func ("/net/connection/login-limit", test_login_limit);
  g_test_add_func ("/net/connection/handshake-limit", test_handshake_limit);
  g_test_add_func ("/net/connection/write-limit", test_write_limit);
  g_test_add_func ("/net/connection/push", test_push);
  g_test_add_func ("/net/connection/push-more-than-fits", test_push_more_than_fits);
  g_test_add_func ("/net/connection/cancel-reading", test_cancel_reading);
  g_test_add_func ("/net/connection/cancel-writing", test_cancel_writing);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/connection/end/%s", ends[i].name);

      g_test_add_data_func (path, &ends[i], test_end);
    }
  g_test_add_func ("/net/connection/round-trips/plain", test_round_trips_plain);
  g_test_add_func ("/net/connection/round-trips/tls", test_round_trips_tls);
  g_test_add_func ("/net/connection/resumption", test_resumption);
  g_test_add_func ("/net/connection/refused-then-pinned", test_refused_then_pinned);
  g_test_add_func ("/net/connection/tap", test_tap);
  g_test_add_func ("/net/connection/early-bytes-stop-the-handshake", test_early_bytes);
  g_test_add_func ("/net/connection/channel-binding", test_channel_binding);
  return g_test_run ();
}
