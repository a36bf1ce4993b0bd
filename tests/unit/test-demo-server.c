/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-server.h"

#include <glib/gstdio.h>

#include "demo-client.h"

typedef struct
{
  PjDemoServer *server;
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("pj-demo-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->server = pj_demo_server_new (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ca_file = g_strdup (pj_demo_server_get_ca_file (fixture->server));

  g_assert_finalize_object (fixture->server);
  g_assert_cmpint (g_remove (ca_file), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
}

static Client *
greet (Fixture *fixture)
{
  Client *client = client_new (pj_demo_server_get_plain_port (fixture->server));

  client_ask (client, NULL, "+OK");
  return client;
}

static Client *
log_in (Fixture *fixture, guint which)
{
  const PjDemoAccess access = pj_demo_server_get_access (fixture->server);
  g_autofree char *user = NULL;
  g_autofree char *pass = NULL;
  Client *client = greet (fixture);

  g_assert_cmpuint (which, <, access.n_mailboxes);
  user = g_strconcat ("USER ", access.mailboxes[which].name, NULL);
  pass = g_strconcat ("PASS ", access.mailboxes[which].password, NULL);
  client_ask (client, user, "+OK");
  client_ask (client, pass, "+OK");

  return client;
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_demo_server_new ("/nonexistent", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_capabilities (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = greet (fixture);
  g_autofree char *plain = client_ask_lines (client, "capa");
  g_autofree char *tls = NULL;

  g_assert_nonnull (strstr (plain, "STLS\n"));
  g_assert_nonnull (strstr (plain, "PIPELINING\n"));
  g_assert_nonnull (strstr (plain, "SASL PLAIN\n"));
  g_assert_nonnull (strstr (plain, "AUTH-RESP-CODE\n"));

  client_ask (client, "STLS", "+OK");
  g_assert_cmpint (
      client_start_tls (client, pj_demo_server_get_ca_file (fixture->server), "localhost"), ==,
      X509_V_OK);
  tls = client_ask_lines (client, "CAPA");
  g_assert_null (strstr (tls, "STLS"));
  g_assert_nonnull (strstr (tls, "UIDL\n"));
  client_ask (client, "STLS", "-ERR");
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = client_new (pj_demo_server_get_tls_port (fixture->server));

  g_assert_cmpint (
      client_start_tls (client, pj_demo_server_get_ca_file (fixture->server), "127.0.0.1"), ==,
      X509_V_OK);
  client_ask (client, NULL, "+OK");
  /* "\0home\0parrot" */
  client_ask (client, "AUTH PLAIN AGhvbWUAcGFycm90", "+OK");
  client_ask (client, "QUIT", "+OK");
  client_assert_closed (client);
}

static void
test_tls_refuses_another_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = client_new (pj_demo_server_get_tls_port (fixture->server));

  g_assert_cmpint (
      client_start_tls (client, pj_demo_server_get_ca_file (fixture->server), "example.org"), ==,
      X509_V_ERR_HOSTNAME_MISMATCH);
}

static void
test_words_before_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = greet (fixture);

  client_send_bytes (client, "STLS\r\nUSER eve\r\n", 16);
  client_ask (client, NULL, "+OK");
  g_assert_cmpint (client_receive (client), <=, 0);
}

static void
test_login (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = greet (fixture);

  client_ask (client, "STAT", "-ERR");
  client_ask (client, "PASS parrot", "-ERR");
  client_ask (client, "USER home", "+OK");
  client_ask (client, "PASS crow", "-ERR [AUTH]");
  client_ask (client, "USER nobody", "+OK");
  client_ask (client, "PASS parrot", "-ERR [AUTH]");
  client_ask (client, "AUTH CRAM-MD5", "-ERR");
  client_ask (client, "AUTH", "-ERR");
  client_ask (client, "AUTH PLAIN", "+ ");
  client_ask (client, "*", "-ERR");
  client_ask (client, "AUTH PLAIN !", "-ERR");
  client_ask (client, "AUTH PLAIN AGhvbWUAY3Jvdw==", "-ERR [AUTH]");
  client_ask (client, "auth plain", "+ ");
  client_ask (client, "AGhvbWUAcGFycm90", "+OK");
  client_ask (client, "USER home", "-ERR");
}

static void
test_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) first = log_in (fixture, 0);
  g_autoptr (Client) second = greet (fixture);

  client_ask (second, "USER home", "+OK");
  client_ask (second, "PASS parrot", "-ERR [IN-USE]");
  client_ask (first, "QUIT", "+OK");
  client_ask (second, "USER home", "+OK");
  client_ask (second, "PASS parrot", "+OK");
}

/* A client that hangs up and comes back at once is let in. */
static void
test_in_use_no_more (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Client) client = log_in (fixture, 0);

      client_ask (client, "NOOP", "+OK");
    }
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = log_in (fixture, 0);
  g_autofree char *list = client_ask_lines (client, "LIST");
  g_autofree char *uidl = client_ask_lines (client, "UIDL");
  g_auto (GStrv) sizes = g_strsplit (list, "\n", -1);
  g_auto (GStrv) uids = g_strsplit (uidl, "\n", -1);
  g_autofree char *stat = NULL;
  guint64 sum = 0;
  guint n = g_strv_length (sizes) - 1;

  g_assert_cmpuint (g_strv_length (uids), ==, g_strv_length (sizes));
  for (guint i = 0; i < n; i++)
    sum += g_ascii_strtoull (strchr (sizes[i], ' '), NULL, 10);
  g_assert_cmpuint (sum, >, 5 * 1000 * 1000);

  stat = g_strdup_printf ("+OK %u %" G_GUINT64_FORMAT, n, sum);
  client_ask (client, "STAT", stat);
  client_ask (client, "UIDL 1", "+OK 1 home-01-mailbox-ready");
  client_ask (client, "LIST 1", "+OK 1 ");
  client_ask (client, "LIST 0", "-ERR");
  client_ask (client, "LIST 1000", "-ERR");
  client_ask (client, "UIDL x", "-ERR");
}

static void
test_top (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = log_in (fixture, 0);
  g_autofree char *head = client_ask_lines (client, "TOP 1 0");
  g_autofree char *more = client_ask_lines (client, "TOP 1 2");
  g_autofree char *all = client_ask_lines (client, "RETR 1");

  g_assert_true (g_str_has_suffix (head, "charset=utf-8\n\n"));
  g_assert_true (g_str_has_prefix (more, head));
  g_assert_cmpstr (more + strlen (head), ==, "Hello Joanna,\n\n");
  g_assert_true (g_str_has_prefix (all, more));
  g_assert_true (g_str_has_suffix (all, "the people at Postbarn\n"));
  client_ask (client, "TOP 1", "-ERR");
  client_ask (client, "TOP 1 -1", "-ERR");
  client_ask (client, "TOP 99 0", "-ERR");
}

/* LIST counts what RETR sends before dot-stuffing. */
static void
test_retr_is_as_long_as_list_says (Fixture *fixture, gconstpointer data)
{
  const PjDemoAccess access = pj_demo_server_get_access (fixture->server);

  for (guint which = 0; which < access.n_mailboxes; which++)
    {
      g_autoptr (Client) client = log_in (fixture, which);
      g_autofree char *list = client_ask_lines (client, "LIST");
      g_auto (GStrv) sizes = g_strsplit (list, "\n", -1);

      for (guint i = 0; sizes[i][0] != '\0'; i++)
        {
          g_autofree char *command = g_strdup_printf ("RETR %u", i + 1);
          g_autofree char *text = client_ask_lines (client, command);
          gsize octets = 0;

          for (const char *p = text; *p != '\0'; p++)
            octets += *p == '\n' ? 2 : 1;
          g_assert_cmpuint (octets, ==, g_ascii_strtoull (strchr (sizes[i], ' '), NULL, 10));
        }
    }
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  Client *client = log_in (fixture, 1);

  client_ask (client, "DELE 1", "+OK");
  client_ask (client, "DELE 1", "-ERR");
  client_ask (client, "RETR 1", "-ERR");
  client_ask (client, "RSET", "+OK");
  client_ask (client, "UIDL 1", "+OK 1 work-01-pump-test");
  client_ask (client, "DELE 2", "+OK");
  client_free (client);

  /* Without QUIT nothing was deleted. */
  client = log_in (fixture, 1);
  client_ask (client, "UIDL 2", "+OK 2 work-02-invoice");
  client_ask (client, "DELE 2", "+OK");
  client_ask (client, "UIDL 3", "+OK 3 work-03-nightly");
  client_ask (client, "QUIT", "+OK");
  client_assert_closed (client);
  client_free (client);

  client = log_in (fixture, 1);
  client_ask (client, "UIDL 2", "+OK 2 work-03-nightly");
  client_free (client);
}

static void
test_pipelining (Fixture *fixture, gconstpointer data)
{
  static const char commands[] = "USER home\r\nPASS parrot\r\nSTAT\r\nNOPE\r\nUIDL 2\r\nTOP 1 0\r\n"
                                 "NOOP\r\nQUIT\r\n";
  g_autoptr (Client) client = greet (fixture);
  g_autofree char *head = NULL;

  client_send_bytes (client, commands, strlen (commands));
  client_ask (client, NULL, "+OK");
  client_ask (client, NULL, "+OK Welcome");
  client_ask (client, NULL, "+OK 12 ");
  client_ask (client, NULL, "-ERR");
  client_ask (client, NULL, "+OK 2 home-02-sernik");
  client_ask (client, NULL, "+OK");
  head = client_read_lines (client);
  g_assert_true (g_str_has_prefix (head, "Received: "));
  client_ask (client, NULL, "+OK");
  client_ask (client, NULL, "+OK");
  client_assert_closed (client);
}

static void
test_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = greet (fixture);
  g_autofree char *line = g_strnfill (8192, 'x');

  client_send_bytes (client, line, strlen (line));
  client_ask (client, NULL, "-ERR");
  g_assert_cmpint (client_receive (client), <=, 0);
}

/* While one client reads nothing of five megabytes, another is served. */
static void
test_slow_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) slow = log_in (fixture, 0);
  g_autoptr (Client) quick = NULL;

  client_send (slow, "RETR 3");
  client_ask (slow, NULL, "+OK");
  quick = log_in (fixture, 1);
  client_ask (quick, "STAT", "+OK 11 ");
  client_ask (quick, "QUIT", "+OK");
}

static void
test_arrivals (Fixture *fixture, gconstpointer data)
{
  guint before = 0;

  pj_demo_server_start_arrivals (fixture->server, 1);
  for (guint number = 1; number == 1;)
    {
      g_autoptr (Client) client = log_in (fixture, 0);
      g_autofree char *uidl = client_ask_lines (client, "UIDL");
      g_auto (GStrv) uids = g_strsplit (uidl, "\n", -1);

      if (before == 0)
        before = g_strv_length (uids);
      else if (g_strv_length (uids) > before)
        {
          g_autofree char *retr = g_strdup_printf ("RETR %u", before);
          g_autofree char *text = client_ask_lines (client, retr);

          g_assert_true (g_str_has_suffix (uids[before - 1], " arrival-1"));
          g_assert_nonnull (strstr (text, "\nDate: "));
          g_assert_null (strstr (text, "{DATE"));
          number++;
        }
      client_ask (client, "QUIT", "+OK");
    }
}

/* Nothing in a mail may be left for the template, and every date is sound. */
static void
test_mails_are_filled_in (Fixture *fixture, gconstpointer data)
{
  for (guint which = 0; which < 3; which++)
    {
      g_autoptr (Client) client = log_in (fixture, which);
      g_autofree char *list = client_ask_lines (client, "LIST");
      g_auto (GStrv) lines = g_strsplit (list, "\n", -1);

      for (guint i = 1; i < g_strv_length (lines); i++)
        {
          g_autofree char *top = g_strdup_printf ("TOP %u 100", i);
          g_autofree char *text = client_ask_lines (client, top);

          g_assert_null (strstr (text, "{DATE"));
          g_assert_null (strstr (text, "{DAY"));
          g_assert_null (strstr (text, "{ICAL"));
          g_assert_null (strstr (text, "{BULK"));
          g_assert_null (strstr (text, "{ID"));
          g_assert_nonnull (strstr (text, " +0000\n"));
        }
    }
}

/* Goes away while clients are connected, one in the middle of a mail. */
static void
test_stops_promptly (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) idle = log_in (fixture, 1);
  g_autoptr (Client) silent = client_new (pj_demo_server_get_tls_port (fixture->server));
  g_autoptr (Client) busy = log_in (fixture, 0);
  gint64 start;

  client_send (busy, "RETR 3");
  client_ask (busy, NULL, "+OK");
  pj_demo_server_start_arrivals (fixture->server, 3600);
  start = g_get_monotonic_time ();
  g_object_run_dispose (G_OBJECT (fixture->server));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (client_receive (idle), <=, 0);
  g_assert_cmpint (client_receive (silent), <=, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo/server/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/server/needs-its-folder", test_new);
  ADD ("capabilities", test_capabilities);
  ADD ("tls", test_tls);
  ADD ("tls-refuses-another-name", test_tls_refuses_another_name);
  ADD ("words-before-the-handshake-end-it", test_words_before_handshake);
  ADD ("login", test_login);
  ADD ("in-use-while-another-is-in", test_in_use);
  ADD ("in-use-no-more-after-a-cut", test_in_use_no_more);
  ADD ("lists-agree-with-stat", test_lists);
  ADD ("top", test_top);
  ADD ("retr-is-as-long-as-list-says", test_retr_is_as_long_as_list_says);
  ADD ("delete-needs-quit", test_delete);
  ADD ("pipelining", test_pipelining);
  ADD ("too-long-line-ends-it", test_long_line);
  ADD ("slow-client-blocks-nobody", test_slow_client);
  ADD ("arrivals", test_arrivals);
  ADD ("mails-are-filled-in", test_mails_are_filled_in);
  ADD ("stops-promptly", test_stops_promptly);
  return g_test_run ();
}
