/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "cancel-limit.h"
#include "demo-wire.h"
#include "demo/pj-demo-tls.h"
#include "test-dir.h"

/* More than the buffers of two sockets hold. */
#define MUCH_BYTES (64 * 1024 * 1024)

typedef struct
{
  TestDir *dir;
  char *ca_file;
  SSL_CTX *context;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = test_dir_new ();
  fixture->ca_file = g_build_filename (fixture->dir, "ca.pem", NULL);
  fixture->context = pj_demo_tls_context_new (PJ_DEMO_CERTIFICATE_GOOD, fixture->ca_file, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  SSL_CTX_free (fixture->context);
  g_free (fixture->ca_file);
  test_dir_remove (fixture->dir);
}

/* @data: whether the test shall run in TLS */
static Wire *
open_wire (Fixture *fixture, gconstpointer data)
{
  Wire *wire = wire_new (WIRE_TIMEOUT_S);

  if (GPOINTER_TO_INT (data))
    g_assert_cmpint (wire_start_tls (wire, fixture->context, fixture->ca_file, "localhost"), ==,
                     X509_V_OK);
  g_assert_cmpint (pj_demo_connection_is_tls (wire->connection), ==, GPOINTER_TO_INT (data));

  return wire;
}

static void
assert_line (Wire *wire, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = pj_demo_connection_read_line (wire->connection, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
assert_no_line (Wire *wire, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_demo_connection_read_line (wire->connection, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
say (Wire *wire, const char *words)
{
  g_autoptr (GError) error = NULL;

  pj_demo_connection_write (wire->connection, words, strlen (words), NULL, &error);
  g_assert_no_error (error);
}

static void
test_line_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  static const char bytes[] = "STAT\r\nLIST 1\n\r\n\nA\rB\r\r\n\xff\xc3\r\n";

  client_send_bytes (wire->client, bytes, strlen (bytes));
  assert_line (wire, "STAT");
  assert_line (wire, "LIST 1");
  assert_line (wire, "");
  assert_line (wire, "");
  assert_line (wire, "A\rB\r");
  assert_line (wire, "\xff\xc3");
}

static void
test_has_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  g_assert_false (pj_demo_connection_has_line (wire->connection));
  client_send_bytes (wire->client, "NOOP\r\nSTAT\r\nQU", 14);
  assert_line (wire, "NOOP");
  g_assert_true (pj_demo_connection_has_line (wire->connection));
  assert_line (wire, "STAT");
  g_assert_false (pj_demo_connection_has_line (wire->connection));
  client_send (wire->client, "IT");
  assert_line (wire, "QUIT");
}

static void
test_is_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  g_assert_true (pj_demo_connection_is_quiet (wire->connection, 20, NULL));
  client_send_bytes (wire->client, "NOOP\r\nQ", 7);
  g_assert_false (pj_demo_connection_is_quiet (wire->connection, 10000, NULL));
  assert_line (wire, "NOOP");
  /* Half a line that was received with the one before. */
  g_assert_false (pj_demo_connection_is_quiet (wire->connection, 20, NULL));
}

/* In TLS each byte is a record of its own, and is read as such. */
static void
test_byte_by_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  for (const char *p = "TOP 1 0\r\nUIDL\r\n"; *p != '\0'; p++)
    client_send_bytes (wire->client, p, 1);
  assert_line (wire, "TOP 1 0");
  assert_line (wire, "UIDL");
}

static void
test_longest_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  g_autofree char *longest = g_strnfill (PJ_DEMO_MAX_LINE_BYTES - 2, 'x');

  client_send (wire->client, longest);
  client_send (wire->client, "NOOP");
  assert_line (wire, longest);
  assert_line (wire, "NOOP");
}

static void
test_too_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  g_autofree char *too_long = g_strnfill (PJ_DEMO_MAX_LINE_BYTES - 1, 'x');

  client_send (wire->client, too_long);
  assert_no_line (wire, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_nul (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  client_send_bytes (wire->client, "PASS a\0b\r\n", 10);
  assert_no_line (wire, G_IO_ERROR_INVALID_DATA);
}

static void
test_half_a_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  client_send_bytes (wire->client, "NOOP\r\nQUI", 9);
  g_clear_pointer (&wire->client, client_free);
  assert_line (wire, "NOOP");
  assert_no_line (wire, G_IO_ERROR_PARTIAL_INPUT);
}

static void
test_idle_client (void)
{
  g_autoptr (Wire) wire = wire_new (0);

  assert_no_line (wire, G_IO_ERROR_TIMED_OUT);
}

/* What is written alone travels alone, and is not kept for more to come. */
static void
test_writes_bytewise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  g_autoptr (GError) error = NULL;
  int no_delay = 0;

  g_socket_get_option (wire->socket, IPPROTO_TCP, TCP_NODELAY, &no_delay, &error);
  g_assert_no_error (error);
  g_assert_cmpint (no_delay, !=, 0);

  for (const char *p = "+OK\r\n"; *p != '\0'; p++)
    {
      pj_demo_connection_write (wire->connection, p, 1, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (client_receive (wire->client), ==, 1);
    }
  g_assert_cmpstr (wire->client->buffer->str, ==, "+OK\r\n");
}

/* One call of a thread that says a line first, so that the client knows when
 * the wait begins. */
typedef struct
{
  PjDemoConnection *connection;
  GCancellable *cancellable;
  SSL_CTX *context;
  GError *error;
} Call;

static gpointer
call_read_line (gpointer user_data)
{
  Call *call = user_data;

  PJ_TAKE_OVER (call);
  pj_demo_connection_write (call->connection, "+OK\r\n", 5, NULL, NULL);
  g_assert_null (pj_demo_connection_read_line (call->connection, call->cancellable, &call->error));
  PJ_HAND_OVER (call);

  return NULL;
}

static gpointer
call_write (gpointer user_data)
{
  Call *call = user_data;
  g_autofree char *bytes = g_strnfill (MUCH_BYTES, '\n');

  PJ_TAKE_OVER (call);
  memcpy (bytes, "+OK\r\n", 5);
  g_assert_false (pj_demo_connection_write (call->connection, bytes, MUCH_BYTES, call->cancellable,
                                            &call->error));
  PJ_HAND_OVER (call);

  return NULL;
}

static gpointer
call_start_tls (gpointer user_data)
{
  Call *call = user_data;

  PJ_TAKE_OVER (call);
  pj_demo_connection_write (call->connection, "+OK\r\n", 5, NULL, NULL);
  g_assert_false (pj_demo_connection_start_tls (call->connection, call->context, call->cancellable,
                                                &call->error));
  PJ_HAND_OVER (call);

  return NULL;
}

/* Has no error of its own: the client learns of the end. */
static gpointer
call_wait_gone (gpointer user_data)
{
  Call *call = user_data;

  PJ_TAKE_OVER (call);
  pj_demo_connection_write (call->connection, "+OK\r\n", 5, NULL, NULL);
  pj_demo_connection_wait_gone (call->connection, WIRE_TIMEOUT_S, call->cancellable);
  g_cancellable_set_error_if_cancelled (call->cancellable, &call->error);
  PJ_HAND_OVER (call);

  return NULL;
}

typedef struct
{
  const char *name;
  GThreadFunc run;
  gboolean is_tls;
} CancelCase;

static const CancelCase cancel_cases[] = {
  { "read-in-plain-text", call_read_line, FALSE }, { "read-in-tls", call_read_line, TRUE },
  { "write-in-plain-text", call_write, FALSE },    { "write-in-tls", call_write, TRUE },
  { "handshake", call_start_tls, FALSE },          { "last-wait", call_wait_gone, FALSE },
};

typedef struct
{
  Fixture *fixture;
  const CancelCase *c;
} CancelTry;

static gint64
cancel_call (gpointer data)
{
  CancelTry *try = data;
  g_autoptr (Wire) wire = open_wire (try->fixture, GINT_TO_POINTER (try->c->is_tls));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call call = { wire->connection, cancellable, try->fixture->context, NULL };
  GThread *thread;
  gint64 start;
  gint64 taken;

  PJ_HAND_OVER (&call);
  thread = g_thread_new ("waits", try->c->run, &call);
  client_ask (wire->client, NULL, "+OK");

  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  taken = g_get_monotonic_time () - start;
  PJ_TAKE_OVER (&call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (call.error);

  return taken;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  CancelTry try = { fixture, data };

  assert_cancels_soon (cancel_call, &try);
}

static void
test_write_to_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  g_autofree char *words = g_strnfill (64 * 1024, '\n');
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&wire->client, client_free);
  /* The first words are what the client's machine refuses. */
  for (guint i = 0; i < 1000 && error == NULL; i++)
    pj_demo_connection_write (wire->connection, words, strlen (words), NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_write_to_a_client_that_does_not_read (void)
{
  g_autoptr (Wire) wire = wire_new (0);
  g_autofree char *words = g_strnfill (MUCH_BYTES, '\n');
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_demo_connection_write (wire->connection, words, MUCH_BYTES, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
assert_no_tls (Fixture *fixture, Wire *wire, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_demo_connection_start_tls (wire->connection, fixture->context, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_false (pj_demo_connection_is_tls (wire->connection));
}

static void
test_tls_starts_after_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (FALSE));

  client_send (wire->client, "STLS");
  assert_line (wire, "STLS");
  say (wire, "+OK\r\n");
  client_ask (wire->client, NULL, "+OK");
  g_assert_cmpint (wire_start_tls (wire, fixture->context, fixture->ca_file, "localhost"), ==,
                   X509_V_OK);
  client_send (wire->client, "CAPA");
  assert_line (wire, "CAPA");
  say (wire, "-ERR none\r\n");
  client_ask (wire->client, NULL, "-ERR none");
}

static void
test_words_before_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (FALSE));

  client_send_bytes (wire->client, "STLS\r\nUSER eve\r\n", 16);
  assert_line (wire, "STLS");
  assert_no_tls (fixture, wire, G_IO_ERROR_INVALID_DATA);
}

static void
test_words_for_a_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (FALSE));

  client_send (wire->client, "USER ann");
  assert_no_tls (fixture, wire, G_IO_ERROR_FAILED);
}

static void
test_gone_in_the_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (FALSE));

  g_clear_pointer (&wire->client, client_free);
  assert_no_tls (fixture, wire, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_silent_in_the_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_new (0);

  assert_no_tls (fixture, wire, G_IO_ERROR_TIMED_OUT);
}

typedef struct
{
  const char *name;
  gboolean is_tls;
  PjDemoClose how;
  gssize end; /* what client_receive() returns */
} CloseCase;

static const CloseCase close_cases[] = {
  { "clean-in-plain-text", FALSE, PJ_DEMO_CLOSE_CLEAN, 0 },
  { "clean-in-tls", TRUE, PJ_DEMO_CLOSE_CLEAN, 0 },
  { "without-notify-in-plain-text", FALSE, PJ_DEMO_CLOSE_WITHOUT_NOTIFY, 0 },
  { "without-notify-in-tls", TRUE, PJ_DEMO_CLOSE_WITHOUT_NOTIFY, -1 },
  { "reset-in-plain-text", FALSE, PJ_DEMO_CLOSE_RESET, -1 },
  { "reset-in-tls", TRUE, PJ_DEMO_CLOSE_RESET, -1 },
};

static void
test_close (Fixture *fixture, gconstpointer data)
{
  const CloseCase *c = data;
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (c->is_tls));

  say (wire, "+OK Goodbye\r\n");
  client_ask (wire->client, NULL, "+OK Goodbye");
  pj_demo_connection_end_output (wire->connection, c->how);
  g_assert_cmpint (client_receive (wire->client), ==, c->end);
}

static void
test_reads_after_its_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  pj_demo_connection_end_output (wire->connection, PJ_DEMO_CLOSE_WITHOUT_NOTIFY);
  client_send (wire->client, "NOOP");
  assert_line (wire, "NOOP");
}

/* A socket that is closed with unread input takes our last words with it. */
static void
test_last_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);
  g_autofree char *unread = g_strnfill (4 * PJ_DEMO_MAX_LINE_BYTES, 'x');

  client_send (wire->client, unread);
  g_socket_shutdown (wire->client->socket, FALSE, TRUE, NULL);
  say (wire, "-ERR That line is too long\r\n");
  pj_demo_connection_end_output (wire->connection, PJ_DEMO_CLOSE_CLEAN);
  pj_demo_connection_wait_gone (wire->connection, WIRE_TIMEOUT_S, NULL);
  g_clear_pointer (&wire->connection, pj_demo_connection_free);
  client_ask (wire->client, NULL, "-ERR That line is too long");
  client_assert_closed (wire->client);
}

/* Who stays and says nothing is not waited for longer than was asked. */
static void
test_last_wait_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  client_send (wire->client, "NOOP");
  pj_demo_connection_wait_gone (wire->connection, 0, NULL);
  g_assert_false (pj_demo_connection_has_line (wire->connection));
}

static void
test_last_wait_after_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, data);

  pj_demo_connection_end_output (wire->connection, PJ_DEMO_CLOSE_RESET);
  pj_demo_connection_wait_gone (wire->connection, WIRE_TIMEOUT_S, NULL);
  g_assert_true (g_socket_is_closed (wire->socket));
}

/* What holds in plain text and in TLS. */
static const struct
{
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
} both[] = {
  { "line-ends", test_line_ends },
  { "has-line", test_has_line },
  { "is-quiet", test_is_quiet },
  { "byte-by-byte", test_byte_by_byte },
  { "longest-line", test_longest_line },
  { "too-long-line", test_too_long_line },
  { "nul-is-refused", test_nul },
  { "half-a-line-is-none", test_half_a_line },
  { "bytes-travel-alone", test_writes_bytewise },
  { "write-to-nobody", test_write_to_nobody },
  { "reads-after-its-end", test_reads_after_its_end },
  { "last-words-are-heard", test_last_words },
  { "last-wait-ends", test_last_wait_ends },
  { "no-last-wait-after-a-reset", test_last_wait_after_reset },
};

/* A line, the beginning of a handshake, and nothing of what is encrypted. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = open_wire (fixture, GINT_TO_POINTER (FALSE));
  g_autoptr (GByteArray) record = g_byte_array_new ();

  pj_demo_connection_set_record (wire->connection, record);
  client_send (wire->client, "STLS");
  assert_line (wire, "STLS");
  g_assert_cmpmem (record->data, record->len, "STLS\r\n", 6);

  g_assert_cmpint (wire_start_tls (wire, fixture->context, fixture->ca_file, "localhost"), ==,
                   X509_V_OK);
  client_send (wire->client, "USER ann");
  assert_line (wire, "USER ann");
  /* RFC 8446 section 5.1: a record of a handshake has type 22. */
  g_assert_cmpuint (record->len, >, 7);
  g_assert_cmpuint (record->data[6], ==, 22);
  g_assert_null (g_strstr_len ((const char *) record->data, record->len, "USER"));
}

static const struct
{
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
} starts[] = {
  { "after-words-in-plain-text", test_tls_starts_after_words },
  { "not-after-words-too-early", test_words_before_handshake },
  { "not-with-words-for-a-handshake", test_words_for_a_handshake },
  { "not-when-the-client-leaves", test_gone_in_the_handshake },
  { "not-when-the-client-is-silent", test_silent_in_the_handshake },
};

static void
add (const char *group,
     const char *name,
     gconstpointer data,
     void (*run) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/demo/connection/%s/%s", group, name);

  g_test_add (path, Fixture, data, set_up, run, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      add ("plain", both[i].name, GINT_TO_POINTER (FALSE), both[i].run);
      add ("tls", both[i].name, GINT_TO_POINTER (TRUE), both[i].run);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    add ("tls-starts", starts[i].name, NULL, starts[i].run);
  for (gsize i = 0; i < G_N_ELEMENTS (cancel_cases); i++)
    add ("cancel-ends", cancel_cases[i].name, &cancel_cases[i], test_cancel);
  for (gsize i = 0; i < G_N_ELEMENTS (close_cases); i++)
    add ("close", close_cases[i].name, &close_cases[i], test_close);
  add ("plain", "record", NULL, test_record);
  g_test_add_func ("/demo/connection/idle-client", test_idle_client);
  g_test_add_func ("/demo/connection/client-that-does-not-read",
                   test_write_to_a_client_that_does_not_read);
  return g_test_run ();
}
