/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-connection.h"

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
  g_assert_cmpstr (error->message, ==, "The server does not answer");
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
  g_assert_cmpstr (error->message, ==, "The server takes too long over all");
}

typedef struct
{
  GCancellable *cancellable;
  gint64 cancelled_at;
} Canceller;

static gpointer
cancel_soon (gpointer data)
{
  Canceller *canceller = data;

  g_usleep (50 * 1000);
  canceller->cancelled_at = g_get_monotonic_time ();
  g_cancellable_cancel (canceller->cancellable);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (Stage) stage = stage_new ("SILENT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Canceller canceller = { .cancellable = cancellable };
  GThread *thread = g_thread_new ("cancel", cancel_soon, &canceller);
  PjLine line;

  g_assert_false (pj_connection_read_line (connection, &line, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_early_bytes (void)
{
  g_autoptr (Stage) stage = stage_new ("S:raw +OK\\r\\n+OK early\\r\\n\nSILENT\n");
  g_autoptr (PjConnection) connection = stage_connect (stage);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = read_line (connection, &error);

  g_assert_true (pj_connection_has_input (connection));
  g_assert_false (pj_connection_start_tls (connection, stage->ca_file, NULL, &error));
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
  pj_connection_start_tls (one, stage->ca_file, NULL, &error);
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
  pj_connection_start_tls (two, stage->ca_file, NULL, &error);
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
  g_test_add_func ("/net/connection/cancel", test_cancel);
  g_test_add_func ("/net/connection/early-bytes-stop-the-handshake", test_early_bytes);
  g_test_add_func ("/net/connection/channel-binding", test_channel_binding);
  return g_test_run ();
}
