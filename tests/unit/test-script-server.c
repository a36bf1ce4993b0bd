/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-script-server.h"

#include <glib/gstdio.h>

#include "demo-client.h"

typedef struct
{
  PjScriptServer *server;
  char *dir;
} Fixture;

static Fixture *
play (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "test.txt", &error);
  Fixture *fixture = g_new0 (Fixture, 1);

  g_assert_no_error (error);
  fixture->dir = g_dir_make_tmp ("pj-script-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->server = pj_script_server_new (script, fixture->dir, &error);
  g_assert_no_error (error);

  return fixture;
}

static void
fixture_free (Fixture *fixture)
{
  g_autofree char *ca_file = g_strdup (pj_script_server_get_ca_file (fixture->server));

  g_assert_finalize_object (fixture->server);
  g_assert_cmpint (g_remove (ca_file), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static Client *
join (Fixture *fixture)
{
  return client_new (pj_script_server_get_port (fixture->server));
}

static void
assert_good (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good = pj_script_server_finish (fixture->server, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
}

static void
assert_failed (Fixture *fixture, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_script_server_finish (fixture->server, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_conversation (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: CAPA\nS: +OK\nS:repeat 2 X\nS: .\nC: PASS *\n"
                                      "S: +OK\nC: QUIT\nS: +OK Bye\n");
  g_autoptr (Client) client = join (fixture);
  g_autofree char *capa = NULL;

  client_ask (client, NULL, "+OK");
  capa = client_ask_lines (client, "CAPA");
  g_assert_cmpstr (capa, ==, "X\nX\n");
  client_ask (client, "PASS swordfish", "+OK");
  client_ask (client, "QUIT", "+OK Bye");
  client_assert_closed (client);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
  assert_good (fixture);
}

static void
test_wrong_line (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: STAT\nS: +OK\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_send (client, "PASS swordfish");
  assert_failed (fixture, "test.txt:2: expected \"STAT\". The client sent \"PASS ***\"");
}

static void
test_left_early (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\n\nC: AUTH PLAIN c2VjcmV0\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_free (g_steal_pointer (&client));
  assert_failed (fixture,
                 "test.txt:3: expected \"AUTH PLAIN ***\". The client closed the connection");
}

static void
test_too_much (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: QUIT\nS: +OK\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_ask (client, "QUIT", "+OK");
  client_send (client, "STAT");
  assert_failed (fixture, "test.txt:3: expected the client to leave. The client sent \"STAT\"");
}

/* Whoever is cut off in the middle of a line has not left in silence. */
static void
test_half_a_line (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: QUIT\nS: +OK\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_ask (client, "QUIT", "+OK");
  client_send_bytes (client, "ST", 2);
  client_free (g_steal_pointer (&client));
  assert_failed (fixture, "test.txt:3: expected the client to leave. "
                          "The client closed the connection in the middle of a line");
}

static void
test_optional_quit (void)
{
  static const char text[] = "S: +OK\nC?: QUIT\nS: +OK\n";
  g_autoptr (Fixture) left = play (text);
  g_autoptr (Fixture) said = play (text);
  g_autoptr (Fixture) wrong = play (text);
  g_autoptr (Client) client = join (left);

  client_ask (client, NULL, "+OK");
  client_free (g_steal_pointer (&client));
  assert_good (left);

  client = join (said);
  client_ask (client, NULL, "+OK");
  client_ask (client, "quit", "+OK");
  client_free (g_steal_pointer (&client));
  assert_good (said);

  client = join (wrong);
  client_ask (client, NULL, "+OK");
  client_send (client, "USER ann");
  assert_failed (wrong, "test.txt:2: expected \"QUIT\". The client sent \"USER ann\"");
}

/* Who says QUIT may go without the answer, here while we still send it. */
static void
test_left_after_quit (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: QUIT\nWAIT 50\nS: +OK\nWAIT 50\nS: Bye\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_send (client, "QUIT");
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

static void
test_left_without_quit (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: STAT\nWAIT 50\nS: +OK\nWAIT 50\nS: Bye\n");
  g_autoptr (Client) client = join (fixture);
  g_autoptr (GError) error = NULL;

  client_ask (client, NULL, "+OK");
  client_send (client, "STAT");
  client_free (g_steal_pointer (&client));
  g_assert_false (pj_script_server_finish (fixture->server, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "test.txt:6: expected a client that listens. "));
}

static void
test_may (void)
{
  static const char text[] =
      "S: +OK\nMAY: LIST\nS: +OK list\nMAY: UIDL\nS: +OK uidl\nC: QUIT\nS: +OK bye\n";
  g_autoptr (Fixture) first = play (text);
  g_autoptr (Fixture) second = play (text);
  g_autoptr (Fixture) none = play (text);
  g_autoptr (Fixture) gone = play (text);
  g_autoptr (Client) client = join (first);

  client_ask (client, NULL, "+OK");
  client_ask (client, "LIST", "+OK list");
  client_ask (client, "QUIT", "+OK bye");
  client_free (g_steal_pointer (&client));
  assert_good (first);

  client = join (second);
  client_ask (client, NULL, "+OK");
  client_ask (client, "UIDL", "+OK uidl");
  client_ask (client, "QUIT", "+OK bye");
  client_free (g_steal_pointer (&client));
  assert_good (second);

  client = join (none);
  client_ask (client, NULL, "+OK");
  client_send (client, "LISTEN");
  assert_failed (none, "test.txt:6: expected \"QUIT\". The client sent a line of 6 bytes");
  client_free (g_steal_pointer (&client));

  client = join (gone);
  client_ask (client, NULL, "+OK");
  client_free (g_steal_pointer (&client));
  assert_failed (gone, "test.txt:6: expected \"QUIT\". The client closed the connection");
}

static void
test_quiet (void)
{
  static const char text[] = "S: +OK\nC: STAT\nQUIET 50\nS: +OK stat\nC: QUIT\nS: +OK\n";
  g_autoptr (Fixture) patient = play (text);
  g_autoptr (Fixture) hasty = play (text);
  g_autoptr (Client) client = join (patient);

  client_ask (client, NULL, "+OK");
  client_ask (client, "STAT", "+OK stat");
  client_ask (client, "QUIT", "+OK");
  client_free (g_steal_pointer (&client));
  assert_good (patient);

  client = join (hasty);
  client_ask (client, NULL, "+OK");
  client_send (client, "STAT\r\nQUIT");
  assert_failed (hasty, "test.txt:3: expected a client that waits for its answer. It does not");
}

/* A client that has had enough, and one that reads on and on. */
static void
test_flood (void)
{
  g_autoptr (Fixture) flood = play ("FLOOD aaaa");
  g_autoptr (Fixture) drip = play ("DRIP 5 a");
  g_autoptr (Fixture) taken = play ("FLOOD aaaa");
  g_autoptr (Client) client = join (flood);
  gssize n = 1;

  g_assert_cmpint (client_receive (client), >, 4);
  client_free (g_steal_pointer (&client));
  assert_good (flood);

  client = join (drip);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (client_receive (client), >, 0);
  client_free (g_steal_pointer (&client));
  assert_good (drip);

  client = join (taken);
  while (n > 0)
    {
      n = client_receive (client);
      g_string_truncate (client->buffer, 0);
    }
  assert_failed (taken, "test.txt:1: expected a client that has enough. It takes all");
}

/* What went outside TLS is kept, whether a step read it or not. */
static void
test_plain (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: STLS\nS: +OK\nTLS\nC: USER ann\nS: +OK\n"
                                      "---\nC: STAT\nSILENT\n---\nTLS refused\n");
  g_autoptr (Client) client = join (fixture);
  g_autoptr (GBytes) plain = NULL;
  const char *ca_file = pj_script_server_get_ca_file (fixture->server);
  static const char first[] = "STLS\r\n";
  static const char last[] = "STAT\r\nPASS unread\r\nPASS in place of a handshake\r\n";
  const char *bytes;
  gsize len;

  client_ask (client, NULL, "+OK");
  client_ask (client, "STLS", "+OK");
  g_assert_cmpint (client_start_tls (client, ca_file, "localhost"), ==, X509_V_OK);
  client_ask (client, "USER ann", "+OK");
  client_free (g_steal_pointer (&client));

  client = join (fixture);
  client_send (client, "STAT\r\nPASS unread");
  client_free (g_steal_pointer (&client));

  client = join (fixture);
  client_send (client, "PASS in place of a handshake");
  g_assert_cmpint (client_receive (client), <=, 0);
  client_free (g_steal_pointer (&client));

  assert_good (fixture);
  plain = pj_script_server_dup_plain (fixture->server);
  bytes = g_bytes_get_data (plain, &len);
  g_assert_cmpuint (len, >, strlen (first) + strlen (last));
  g_assert_cmpmem (bytes, strlen (first), first, strlen (first));
  g_assert_cmpmem (bytes + len - strlen (last), strlen (last), last, strlen (last));
  g_assert_null (g_strstr_len (bytes, (gssize) len, "USER"));
}

static void
test_second_connection (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK one\nCUT\n--- second\nS: +OK two\nC: QUIT\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK one");
  client_assert_closed (client);
  client_free (g_steal_pointer (&client));

  client = join (fixture);
  client_ask (client, NULL, "+OK two");
  client_send (client, "QUIT");
  client_assert_closed (client);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

static void
test_bytewise (void)
{
  g_autoptr (Fixture) fixture = play ("TLS\nBYTEWISE on\nS: +OK slow\nC: QUIT\n");
  g_autoptr (Client) client = join (fixture);

  g_assert_cmpint (
      client_start_tls (client, pj_script_server_get_ca_file (fixture->server), "localhost"), ==,
      X509_V_OK);
  /* A TLS record is never merged with the next. */
  for (gsize n = 1; n <= strlen ("+OK slow\r\n"); n++)
    {
      g_assert_cmpint (client_receive (client), ==, 1);
      g_assert_cmpuint (client->buffer->len, ==, n);
    }
  client_ask (client, NULL, "+OK slow");
  client_send (client, "QUIT");
  client_assert_closed (client);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

static void
test_stls (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: STLS\nS: +OK\nTLS\nC: QUIT\nS: +OK\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_ask (client, "STLS", "+OK");
  g_assert_cmpint (
      client_start_tls (client, pj_script_server_get_ca_file (fixture->server), "127.0.0.1"), ==,
      X509_V_OK);
  client_ask (client, "QUIT", "+OK");
  client_assert_closed (client);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

/* How the end of a connection looks to the client: a clean end, or none. */
static void
test_endings (void)
{
  static const struct
  {
    const char *text;
    gboolean is_tls;
    gboolean is_clean;
  } endings[] = {
    { "C: STAT\nCUT\n", FALSE, TRUE },
    { "C: STAT\nRESET\n", FALSE, FALSE },
    { "TLS\nC: STAT\nCUT\n", TRUE, TRUE },
    { "TLS\nC: STAT\nCLOSE-NOTIFY-MISSING\n", TRUE, FALSE },
    { "TLS\nC: STAT\nRESET\n", TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autoptr (Fixture) fixture = play (endings[i].text);
      g_autoptr (Client) client = join (fixture);
      const char *ca_file = pj_script_server_get_ca_file (fixture->server);
      gssize n;

      if (endings[i].is_tls)
        g_assert_cmpint (client_start_tls (client, ca_file, "localhost"), ==, X509_V_OK);
      client_send (client, "STAT");
      n = client_receive (client);
      g_assert_cmpint (n, ==, endings[i].is_clean ? 0 : -1);
      client_free (g_steal_pointer (&client));
      assert_good (fixture);
    }
}

static void
test_silent (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\nC: STAT\nSILENT\n");
  g_autoptr (Client) client = join (fixture);

  client_ask (client, NULL, "+OK");
  client_send (client, "STAT");
  g_assert_false (g_socket_condition_timed_wait (client->socket, G_IO_IN,
                                                 50 * G_TIME_SPAN_MILLISECOND, NULL, NULL));
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

static void
test_wait (void)
{
  g_autoptr (Fixture) fixture = play ("WAIT 60\nS: +OK\n");
  g_autoptr (Client) client = NULL;
  gint64 start = g_get_monotonic_time ();

  client = join (fixture);
  client_ask (client, NULL, "+OK");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50 * G_TIME_SPAN_MILLISECOND);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

typedef struct
{
  const char *name;
  const char *text;
  long verdict;
} CertificateCase;

static const CertificateCase certificates[] = {
  { "other-host", "CERT other-host\nTLS refused\n", X509_V_ERR_HOSTNAME_MISMATCH },
  { "expired", "CERT expired\nTLS refused\n", X509_V_ERR_CERT_HAS_EXPIRED },
  { "self-signed", "CERT self-signed\nTLS refused\n", X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT },
};

static void
test_certificate (gconstpointer data)
{
  const CertificateCase *c = data;
  g_autoptr (Fixture) fixture = play (c->text);
  g_autoptr (Client) client = join (fixture);

  g_assert_cmpint (
      client_start_tls (client, pj_script_server_get_ca_file (fixture->server), "localhost"), ==,
      c->verdict);
  client_free (g_steal_pointer (&client));
  assert_good (fixture);
}

/* A client that takes a certificate which it should refuse. */
static void
test_certificate_not_refused (void)
{
  g_autoptr (Fixture) fixture = play ("CERT other-host\nTLS refused\n");
  g_autoptr (Client) client = join (fixture);

  g_assert_cmpint (
      client_start_tls (client, pj_script_server_get_ca_file (fixture->server), "mail.example.org"),
      ==, X509_V_OK);
  client_send (client, "USER ann");
  assert_failed (fixture, "test.txt:2: expected the client to leave. The client sent \"USER ann\"");
}

static void
test_cancel (void)
{
  g_autoptr (Fixture) fixture = play ("S: +OK\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (pj_script_server_finish (fixture->server, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Dropped in the middle of each kind of wait. */
static void
test_stops_promptly (void)
{
  static const char *const texts[] = { "S: +OK\nSILENT\n", "S: +OK\nC: QUIT\n",
                                       "S: +OK\nWAIT 60000\n", "S: +OK\nTLS\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Fixture *fixture = play (texts[i]);
      g_autoptr (Client) client = join (fixture);
      gint64 start;

      client_ask (client, NULL, "+OK");
      start = g_get_monotonic_time ();
      fixture_free (fixture);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/script-server/conversation", test_conversation);
  g_test_add_func ("/demo/script-server/wrong-line-hides-the-secret", test_wrong_line);
  g_test_add_func ("/demo/script-server/left-early", test_left_early);
  g_test_add_func ("/demo/script-server/said-too-much", test_too_much);
  g_test_add_func ("/demo/script-server/half-a-line", test_half_a_line);
  g_test_add_func ("/demo/script-server/optional-quit", test_optional_quit);
  g_test_add_func ("/demo/script-server/left-after-quit", test_left_after_quit);
  g_test_add_func ("/demo/script-server/left-without-quit", test_left_without_quit);
  g_test_add_func ("/demo/script-server/may-be-left-out", test_may);
  g_test_add_func ("/demo/script-server/quiet", test_quiet);
  g_test_add_func ("/demo/script-server/flood", test_flood);
  g_test_add_func ("/demo/script-server/plain-is-kept", test_plain);
  g_test_add_func ("/demo/script-server/second-connection", test_second_connection);
  g_test_add_func ("/demo/script-server/bytewise", test_bytewise);
  g_test_add_func ("/demo/script-server/stls", test_stls);
  g_test_add_func ("/demo/script-server/endings", test_endings);
  g_test_add_func ("/demo/script-server/silent", test_silent);
  g_test_add_func ("/demo/script-server/wait", test_wait);
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autofree char *path =
          g_strconcat ("/demo/script-server/certificate/", certificates[i].name, NULL);

      g_test_add_data_func (path, &certificates[i], test_certificate);
    }
  g_test_add_func ("/demo/script-server/certificate/not-refused", test_certificate_not_refused);
  g_test_add_func ("/demo/script-server/cancel", test_cancel);
  g_test_add_func ("/demo/script-server/stops-promptly", test_stops_promptly);
  return g_test_run ();
}
