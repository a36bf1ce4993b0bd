/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox.h"

#include "mailbox-fixture.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

static void
test_defaults (void)
{
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, PJ_SECURITY_TLS);

  g_assert_cmpstr (mailbox->host, ==, "pop.example.org");
  g_assert_cmpuint (mailbox->port, ==, 995);
  g_assert_cmpint (mailbox->security, ==, PJ_SECURITY_TLS);
  g_assert_cmpuint (mailbox->limits.idle_ms, ==, pj_net_limits_default.idle_ms);
  /* Servers hold the answer to a wrong password back for up to 12 s. */
  g_assert_cmpuint (mailbox->limits.idle_ms, >=, 30 * 1000);
  g_assert_cmpuint (mailbox->limits.total_ms, >=, 30 * 1000);
  g_assert_null (mailbox->user);
  g_assert_null (mailbox->secret);
  g_assert_null (mailbox->lock_path);
  pj_mailbox_free (NULL);
}

static void
test_credentials (void)
{
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, PJ_SECURITY_TLS);
  g_autoptr (PjPop3Credentials) credentials = NULL;

  mailbox->user = g_strdup ("ann");
  mailbox->secret = pj_secret_new ("correct horse");
  credentials = pj_mailbox_dup_credentials (mailbox);

  g_assert_cmpstr (credentials->user, ==, "ann");
  g_assert_cmpstr (pj_secret_peek (credentials->secret), ==, "correct horse");
  g_assert_cmpstr (credentials->host, ==, "pop.example.org");
  g_assert_cmpuint (credentials->port, ==, 995);
  g_assert_null (credentials->token);
  g_assert_null (credentials->mechanism);
  g_assert_false (credentials->has_client_certificate);
  g_assert_false (credentials->has_worked);
}

static void
test_has_worked (void)
{
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, PJ_SECURITY_TLS);
  g_autoptr (PjPop3Credentials) credentials = NULL;

  mailbox->user = g_strdup ("ann");
  mailbox->has_worked = TRUE;
  credentials = pj_mailbox_dup_credentials (mailbox);
  g_assert_true (credentials->has_worked);
}

typedef struct
{
  const char *name;
  PjSecurity security;
  gboolean has_user;
  gboolean has_secret;
  gboolean has_token;
  const char *mechanism;
  const char *client_certificate;
  gboolean expected;          /* it can log in */
  gboolean shows_certificate; /* one that EXTERNAL can refer to */
} Means;

static const Means means[] = {
  { "nothing", PJ_SECURITY_TLS, FALSE, FALSE, FALSE, NULL, NULL, FALSE, FALSE },
  { "user-only", PJ_SECURITY_TLS, TRUE, FALSE, FALSE, NULL, NULL, FALSE, FALSE },
  { "no-user", PJ_SECURITY_TLS, FALSE, TRUE, FALSE, NULL, NULL, FALSE, FALSE },
  { "password", PJ_SECURITY_TLS, TRUE, TRUE, FALSE, NULL, NULL, TRUE, FALSE },
  { "token", PJ_SECURITY_TLS, TRUE, FALSE, TRUE, NULL, NULL, TRUE, FALSE },
  { "ticket", PJ_SECURITY_TLS, TRUE, FALSE, FALSE, "GSSAPI", NULL, TRUE, FALSE },
  { "certificate", PJ_SECURITY_STARTTLS, TRUE, FALSE, FALSE, "EXTERNAL", "/me.pem", TRUE, TRUE },
  { "certificate-in-plain", PJ_SECURITY_NONE, TRUE, FALSE, FALSE, NULL, "/me.pem", TRUE, FALSE },
};

static void
test_means (gconstpointer data)
{
  const Means *row = data;
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("pop.example.org", 995, row->security);
  g_autoptr (PjPop3Credentials) credentials = NULL;

  mailbox->user = row->has_user ? g_strdup ("ann") : NULL;
  mailbox->secret = row->has_secret ? pj_secret_new ("correct horse") : NULL;
  mailbox->token = row->has_token ? pj_secret_new ("ya29") : NULL;
  mailbox->mechanism = g_strdup (row->mechanism);
  mailbox->tls->client_certificate = g_strdup (row->client_certificate);
  g_assert_cmpint (pj_mailbox_has_credentials (mailbox), ==, row->expected);
  if (!row->expected)
    return;

  credentials = pj_mailbox_dup_credentials (mailbox);
  g_assert_true (credentials->secret == mailbox->secret);
  g_assert_true (credentials->token == mailbox->token);
  g_assert_cmpstr (credentials->mechanism, ==, row->mechanism);
  g_assert_cmpint (credentials->has_client_certificate, ==, row->shows_certificate);
}

static void
test_log_in (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", security);
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  session = pj_mailbox_log_in (mailbox, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (pj_pop3_session_call (session, "STAT", &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "UIDL"));
  pj_pop3_session_quit (session, NULL, &error);
  g_assert_no_error (error);
}

static void
test_wrong_password (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);
  g_autoptr (GError) error = NULL;

  mailbox_set_password (mailbox, "cracker");
  g_assert_null (pj_mailbox_log_in (mailbox, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  g_assert_null (strstr (error->message, "cracker"));
}

static void
test_login_limit (void)
{
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new ("S: +OK\nC: CAPA\nS: +OK\nS: USER\nS: .\nC: USER *\nSILENT\n");
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  mailbox->limits.login_ms = 100;
  g_assert_null (pj_mailbox_log_in (mailbox, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "The login takes too long (limit: 100 ms)");
}

static void
test_untrusted (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (DemoFixture) other = demo_fixture_new ();
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, "home", security);
  g_autoptr (GError) error = NULL;

  mailbox_trust_another (mailbox, other);
  g_assert_null (pj_mailbox_log_in (mailbox, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
}

static void
test_closed_port (void)
{
  guint16 port;
  g_autoptr (GSocket) closed = closed_port_new (&port);
  g_autoptr (PjMailbox) mailbox = plain_mailbox_new ("closed", port);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_mailbox_log_in (mailbox, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static gpointer
log_in (gpointer data, GCancellable *cancellable, GError **error)
{
  return pj_mailbox_log_in (data, cancellable, error);
}

static void
test_cancel (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (PjMailbox) mailbox = silent_mailbox_new (server);

  silent_server_assert_cancels_soon (server, log_in, mailbox);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/mailbox/has-worked", test_has_worked);
  g_test_add_func ("/check/mailbox/defaults", test_defaults);
  g_test_add_func ("/check/mailbox/credentials", test_credentials);
  g_test_add_data_func ("/check/mailbox/log-in/tls", GINT_TO_POINTER (PJ_SECURITY_TLS),
                        test_log_in);
  g_test_add_data_func ("/check/mailbox/log-in/starttls", GINT_TO_POINTER (PJ_SECURITY_STARTTLS),
                        test_log_in);
  g_test_add_data_func ("/check/mailbox/log-in/none", GINT_TO_POINTER (PJ_SECURITY_NONE),
                        test_log_in);
  g_test_add_func ("/check/mailbox/wrong-password", test_wrong_password);
  g_test_add_func ("/check/mailbox/login-limit", test_login_limit);
  g_test_add_data_func ("/check/mailbox/untrusted/tls", GINT_TO_POINTER (PJ_SECURITY_TLS),
                        test_untrusted);
  g_test_add_data_func ("/check/mailbox/untrusted/starttls", GINT_TO_POINTER (PJ_SECURITY_STARTTLS),
                        test_untrusted);
  g_test_add_func ("/check/mailbox/closed-port", test_closed_port);
  g_test_add_func ("/check/mailbox/cancel-during-silence", test_cancel);

  for (gsize i = 0; i < G_N_ELEMENTS (means); i++)
    {
      g_autofree char *path = g_strconcat ("/check/mailbox/means/", means[i].name, NULL);

      g_test_add_data_func (path, &means[i], test_means);
    }

  return g_test_run ();
}
