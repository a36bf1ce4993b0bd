/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-session.h"

#include "cancel-limit.h"
#include "demo-talk.h"
#include "demo/pj-demo-tls.h"
#include "test-dir.h"

typedef struct
{
  const char *name;
  const char *lines; /* of the client, separated by LF */
  const char *reply; /* how the answer to the last of them begins */
} Case;

static const Case cases[] = {
  { "user-and-pass", "USER ann\nPASS secret", "+OK Welcome, 3 messages" },
  { "verbs-in-any-case", "user ann\npass secret", "+OK Welcome" },
  { "password-keeps-its-blanks", "USER bob\nPASS two words ", "+OK Welcome" },
  { "password-needs-its-blanks", "USER bob\nPASS two words", "-ERR [AUTH]" },
  { "password-in-its-case", "USER ann\nPASS Secret", "-ERR [AUTH]" },
  { "password-of-another", "USER bob\nPASS secret", "-ERR [AUTH]" },
  { "user-unknown-looks-like-known", "USER eve", "+OK" },
  { "user-unknown", "USER eve\nPASS secret", "-ERR [AUTH]" },
  { "nothing-for-both", "USER \nPASS ", "-ERR [AUTH]" },
  { "pass-without-user", "PASS secret", "-ERR USER comes first" },
  { "a-refusal-forgets-the-user", "USER ann\nPASS wrong\nPASS secret", "-ERR USER comes first" },
  { "a-second-try", "USER ann\nPASS wrong\nUSER ann\nPASS secret", "+OK Welcome" },
  { "last-user-counts", "USER bob\nUSER ann\nPASS secret", "+OK Welcome" },

  { "plain-at-once", "AUTH PLAIN " TALK_PLAIN_RESPONSE, "+OK Welcome" },
  { "plain-when-asked", "AUTH PLAIN\n" TALK_PLAIN_RESPONSE, "+OK Welcome" },
  { "plain-is-asked-for", "AUTH PLAIN", "+ " },
  { "plain-in-any-case", "auth plain " TALK_PLAIN_RESPONSE, "+OK Welcome" },
  /* "bob\0ann\0secret" */
  { "plain-with-an-authzid", "AUTH PLAIN Ym9iAGFubgBzZWNyZXQ=", "+OK Welcome" },
  /* "\0ann\0wrong" */
  { "plain-wrong-password", "AUTH PLAIN AGFubgB3cm9uZw==", "-ERR [AUTH]" },
  /* "\0ann\0" */
  { "plain-without-password", "AUTH PLAIN AGFubgA=", "-ERR [AUTH]" },
  /* "\0ann" */
  { "plain-half", "AUTH PLAIN AGFubg==", "-ERR That is no PLAIN response" },
  { "plain-empty", "AUTH PLAIN =", "-ERR That is no PLAIN response" },
  { "plain-empty-when-asked", "AUTH PLAIN\n", "-ERR That is no PLAIN response" },
  { "plain-no-base64", "AUTH PLAIN !", "-ERR That is no PLAIN response" },
  { "plain-cancelled", "AUTH PLAIN\n*", "-ERR The login was cancelled" },
  { "plain-cancelled-then-login", "AUTH PLAIN\n*\nUSER ann\nPASS secret", "+OK Welcome" },
  { "auth-alone", "AUTH", "-ERR The only mechanism here is PLAIN" },
  { "auth-of-another-kind", "AUTH CRAM-MD5", "-ERR The only mechanism here is PLAIN" },
  { "auth-of-a-longer-name", "AUTH PLAINER", "-ERR The only mechanism here is PLAIN" },

  { "stat-before-login", "STAT", "-ERR Not at this point" },
  { "dele-before-login", "DELE 1", "-ERR Not at this point" },
  { "user-after-login", "USER ann\nPASS secret\nUSER ann", "-ERR Not at this point" },
  { "auth-after-login", "USER ann\nPASS secret\nAUTH PLAIN", "-ERR Not at this point" },
  { "stls-where-there-is-none", "STLS", "-ERR There is no TLS to start" },
  { "stls-after-login", "USER ann\nPASS secret\nSTLS", "-ERR Not at this point" },
  { "capa-before-login", "CAPA", "+OK" },
  { "capa-after-login", "USER ann\nPASS secret\nCAPA", "+OK" },
  { "unknown", "XYZZY", "-ERR Unknown command" },
  { "empty-line", "", "-ERR Unknown command" },
  { "blank-before-the-verb", " QUIT", "-ERR Unknown command" },
  { "quit-before-login", "QUIT", "+OK Goodbye" },
  { "quit-after-login", "USER ann\nPASS secret\nQUIT", "+OK Goodbye" },
};

static void
test_answer (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Talk) talk = talk_new (NULL);
  g_autoptr (Client) client = talk_greet (talk);
  g_auto (GStrv) lines = g_strsplit (c->lines, "\n", -1);
  guint n = g_strv_length (lines);

  for (guint i = 0; i + 1 < n; i++)
    client_ask (client, lines[i], "");
  client_ask (client, n == 0 ? "" : lines[n - 1], c->reply);
}

/* Sessions of a server that offers STLS. */
typedef struct
{
  TestDir *dir;
  char *ca_file;
  SSL_CTX *context;
  Talk *talk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = test_dir_new ();
  fixture->ca_file = g_build_filename (fixture->dir, "ca.pem", NULL);
  fixture->context = pj_demo_tls_context_new (PJ_DEMO_CERTIFICATE_GOOD, fixture->ca_file, &error);
  g_assert_no_error (error);
  fixture->talk = talk_new (fixture->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  talk_free (fixture->talk);
  SSL_CTX_free (fixture->context);
  g_free (fixture->ca_file);
  test_dir_remove (fixture->dir);
}

static void
start_tls (Fixture *fixture, Client *client)
{
  client_ask (client, "STLS", "+OK");
  g_assert_cmpint (client_start_tls (client, fixture->ca_file, "localhost"), ==, X509_V_OK);
}

static gboolean
offers_stls (Client *client)
{
  g_autofree char *capabilities = client_ask_lines (client, "CAPA");

  g_assert_nonnull (strstr (capabilities, "\nPIPELINING\n"));
  return strstr (capabilities, "\nSTLS\n") != NULL;
}

/* STLS is offered where it can be had, and nowhere else. */
static void
test_offers_stls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = talk_greet (fixture->talk);
  g_autoptr (Client) plain = talk_log_in (fixture->talk);
  g_autoptr (Talk) without = talk_new (NULL);
  g_autoptr (Client) other = talk_greet (without);

  g_assert_true (offers_stls (client));
  start_tls (fixture, client);
  g_assert_false (offers_stls (client));
  g_assert_false (offers_stls (plain));
  g_assert_false (offers_stls (other));
  client_ask (client, "STLS", "-ERR There is no TLS to start");
}

static void
test_stls_forgets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = talk_greet (fixture->talk);

  client_ask (client, "USER ann", "+OK");
  start_tls (fixture, client);
  client_ask (client, "PASS secret", "-ERR USER comes first");
  client_ask (client, "USER ann", "+OK");
  client_ask (client, "PASS secret", "+OK Welcome");
}

/* Words that came with STLS are not taken for words of the client. */
static void
test_words_after_stls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = talk_greet (fixture->talk);

  client_send_bytes (client, "STLS\r\nUSER eve\r\n", 16);
  client_ask (client, NULL, "+OK");
  g_assert_cmpint (client_receive (client), <=, 0);
}

static void
test_pipelining (Fixture *fixture, gconstpointer data)
{
  static const char flight[] =
      "USER ann\r\nPASS secret\r\nSTAT\r\nTOP 1 1\r\nXYZZY\r\nDELE 2\r\nUIDL\r\n"
      "QUIT\r\nNOOP\r\n";
  g_autoptr (Client) client = talk_greet (fixture->talk);
  g_autofree char *top = NULL;
  g_autofree char *uidl = NULL;

  client_send_bytes (client, flight, strlen (flight));
  client_ask (client, NULL, "+OK");
  client_ask (client, NULL, "+OK Welcome");
  client_ask (client, NULL, "+OK 3 81");
  client_ask (client, NULL, "+OK");
  top = client_read_lines (client);
  g_assert_cmpstr (top, ==, "Subject: one\n\nfirst\n");
  client_ask (client, NULL, "-ERR Unknown command");
  client_ask (client, NULL, "+OK Message 2");
  client_ask (client, NULL, "+OK");
  uidl = client_read_lines (client);
  g_assert_cmpstr (uidl, ==, "1 uid-1\n3 uid-3\n");
  client_ask (client, NULL, "+OK Goodbye");
  client_assert_closed (client);
}

static void
test_quit_deletes (Fixture *fixture, gconstpointer data)
{
  Client *client = talk_log_in (fixture->talk);
  g_autofree char *uidl = NULL;

  client_ask (client, "DELE 1", "+OK");
  client_ask (client, "DELE 3", "+OK");
  client_ask (client, "QUIT", "+OK Goodbye");
  client_free (client);

  client = talk_log_in (fixture->talk);
  uidl = client_ask_lines (client, "UIDL");
  g_assert_cmpstr (uidl, ==, "1 uid-2\n");
  client_free (client);
}

static void
test_cut_deletes_nothing (Fixture *fixture, gconstpointer data)
{
  Client *client = talk_log_in (fixture->talk);

  client_ask (client, "DELE 1", "+OK");
  client_free (client);

  client = talk_log_in (fixture->talk);
  client_ask (client, "STAT", "+OK 3 81");
  client_free (client);
}

/* Who has heard "Goodbye" finds the maildrop free, though the first
 * connection is still open. */
static void
test_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) first = talk_log_in (fixture->talk);
  g_autoptr (Client) second = talk_greet (fixture->talk);

  client_ask (second, "AUTH PLAIN " TALK_PLAIN_RESPONSE, "-ERR [IN-USE]");
  client_ask (first, "QUIT", "+OK Goodbye");
  client_ask (second, "AUTH PLAIN " TALK_PLAIN_RESPONSE, "+OK Welcome");
}

static void
test_two_maildrops (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) ann = talk_log_in (fixture->talk);
  g_autoptr (Client) bob = talk_greet (fixture->talk);

  client_ask (bob, "USER bob", "+OK");
  client_ask (bob, "PASS two words ", "+OK Welcome");
  client_ask (bob, "DELE 1", "+OK");
  client_ask (ann, "STAT", "+OK 3 81");
}

static void
test_too_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = talk_greet (fixture->talk);
  g_autofree char *line = g_strnfill (PJ_DEMO_MAX_LINE_BYTES, 'x');

  client_send (client, line);
  client_ask (client, NULL, "-ERR That line is too long");
  client_assert_closed (client);
}

static void
test_nul (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Client) client = talk_greet (fixture->talk);

  client_send_bytes (client, "STAT\0\r\n", 7);
  client_assert_closed (client);
}

/* Ends at each point where it waits, and gives the maildrop back. */
static gint64
cancel_session (gpointer data)
{
  g_autoptr (Talk) talk = talk_new (NULL);
  g_autoptr (Client) silent = talk_greet (talk);
  g_autoptr (Client) asked = talk_greet (talk);
  g_autoptr (Client) inside = talk_log_in (talk);
  g_autoptr (Client) leaving = talk_greet (talk);
  g_autoptr (GPtrArray) view = NULL;
  gint64 start;
  gint64 taken;

  client_ask (asked, "AUTH PLAIN", "+ ");
  client_ask (inside, "DELE 1", "+OK");
  client_ask (leaving, "QUIT", "+OK");

  start = g_get_monotonic_time ();
  g_cancellable_cancel (talk->stop);
  talk_join (talk);
  taken = g_get_monotonic_time () - start;

  view = pj_demo_maildrop_lock (talk->maildrops->pdata[0], 0);
  g_assert_nonnull (view);
  g_assert_cmpuint (view->len, ==, 3);
  pj_demo_maildrop_unlock (talk->maildrops->pdata[0], NULL);

  return taken;
}

static void
test_cancel (void)
{
  assert_cancels_soon (cancel_session, NULL);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo/session/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/session/answers/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_answer);
    }
  ADD ("offers-stls-where-there-is-some", test_offers_stls);
  ADD ("stls-forgets-what-came-before", test_stls_forgets);
  ADD ("words-after-stls-end-it", test_words_after_stls);
  ADD ("pipelined-replies-keep-their-order", test_pipelining);
  ADD ("quit-deletes", test_quit_deletes);
  ADD ("a-cut-deletes-nothing", test_cut_deletes_nothing);
  ADD ("in-use-until-goodbye", test_in_use);
  ADD ("two-maildrops-at-once", test_two_maildrops);
  ADD ("too-long-line-ends-it-with-a-word", test_too_long_line);
  ADD ("nul-ends-it", test_nul);
  g_test_add_func ("/demo/session/cancel-ends-it-soon-anywhere", test_cancel);
  return g_test_run ();
}
