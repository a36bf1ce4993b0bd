/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-smtp-visit.h"

#include "cancel-call.h"
#include "doctor-steps.h"
#include "mailbox-fixture.h"

#define EHLO "C: EHLO *\n"
#define QUIT "C: QUIT\n"
#define PLAIN_OFFER                                                                                \
  "S: 220 mail.example.org ESMTP\n" EHLO "S: 250-mail.example.org\nS: 250 STARTTLS\n"
#define TLS_OFFER EHLO "S: 250-mail.example.org\nS: 250-SIZE 1000\nS: 250 AUTH PLAIN LOGIN\n" QUIT

typedef struct
{
  const char *name;
  PjSecurity security;
  const char *script;
  const char *expected; /* "!" in front of a step that failed */
  int code;             /* of the last; -1 when it went well */
} Case;

static const Case cases[] = {
  { "starttls", PJ_SECURITY_STARTTLS,
    "SECURITY starttls\n" PLAIN_OFFER "C: STARTTLS\nS: 220 go\nTLS\n" TLS_OFFER,
    "names tcp greeting ehlo tls certificate ehlo auth", -1 },
  { "tls", PJ_SECURITY_TLS, "SECURITY tls\nTLS\nS: 220-mail.example.org\nS: 220 ESMTP\n" TLS_OFFER,
    "names tcp tls certificate greeting ehlo auth", -1 },
  { "no-starttls", PJ_SECURITY_STARTTLS,
    "S: 220 ready\n" EHLO "S: 250-mail.example.org\nS: 250 AUTH PLAIN\n" QUIT,
    "names tcp greeting ehlo !tls", PJ_PROBLEM_TLS },
  { "starttls-refused", PJ_SECURITY_STARTTLS, PLAIN_OFFER "C: STARTTLS\nS: 454 not now\n" QUIT,
    "names tcp greeting ehlo !tls", PJ_PROBLEM_TLS },
  { "injected-ahead-of-tls", PJ_SECURITY_STARTTLS,
    PLAIN_OFFER "C: STARTTLS\nS:raw 220 go\\r\\n250 injected\\r\\n\n" QUIT,
    "names tcp greeting ehlo !tls", PJ_PROBLEM_PROTOCOL },
  { "certificate-of-another", PJ_SECURITY_TLS, "SECURITY tls\nCERT other-host\nTLS refused\n",
    "names tcp !certificate", PJ_PROBLEM_CERTIFICATE },
  { "certificate-of-another-by-starttls", PJ_SECURITY_STARTTLS,
    "SECURITY starttls\nCERT other-host\n" PLAIN_OFFER "C: STARTTLS\nS: 220 go\nTLS refused\n",
    "names tcp greeting ehlo !certificate", PJ_PROBLEM_CERTIFICATE },
  { "busy", PJ_SECURITY_STARTTLS, "S: 421 too many of you\n" QUIT, "names tcp !greeting",
    PJ_PROBLEM_BUSY },
  { "unwelcome", PJ_SECURITY_STARTTLS, "S: 554 go away\n" QUIT, "names tcp !greeting",
    PJ_PROBLEM_UNSUPPORTED },
  { "pop3-server", PJ_SECURITY_STARTTLS, "S: +OK POP3 ready\n" QUIT, "names tcp !greeting",
    PJ_PROBLEM_PROTOCOL },
  { "no-ehlo", PJ_SECURITY_STARTTLS, "S: 220 ready\n" EHLO "S: 502 what\n" QUIT,
    "names tcp greeting !ehlo", PJ_PROBLEM_UNSUPPORTED },
  { "cut", PJ_SECURITY_STARTTLS, "S: 220 ready\n" EHLO "CUT\n", "names tcp greeting !ehlo",
    PJ_PROBLEM_NETWORK },
  { "no-auth", PJ_SECURITY_TLS,
    "SECURITY tls\nTLS\nS: 220 ready\n" EHLO "S: 250-mail.example.org\nS: 250 SIZE\n" QUIT,
    "names tcp tls certificate greeting ehlo !auth", PJ_PROBLEM_UNSUPPORTED },
};

static PjMailbox *
open_server (ScriptFixture *fixture, PjSecurity security)
{
  PjMailbox *server =
      pj_mailbox_new ("127.0.0.1", pj_script_server_get_port (fixture->server), security);

  server->tls->ca_file = g_strdup (pj_script_server_get_ca_file (fixture->server));
  server->log = pj_session_log_new ();

  return server;
}

static char *
prefix_names (const char *expected)
{
  g_auto (GStrv) names = g_strsplit (expected, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      gboolean is_bad = names[i][0] == '!';

      g_string_append_printf (text, "%s%ssmtp-%s", i > 0 ? " " : "", is_bad ? "!" : "",
                              names[i] + (is_bad ? 1 : 0));
    }

  return g_strdup (text->str);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (ScriptFixture) fixture = script_fixture_new (c->script);
  g_autoptr (PjMailbox) server = open_server (fixture, c->security);
  g_autofree char *expected = prefix_names (c->expected);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;

  steps = pj_smtp_visit_run (server, NULL, &error);
  g_assert_no_error (error);
  assert_steps (steps, expected);
  if (c->code >= 0)
    assert_last_problem (steps, (PjProblemCode) c->code);
  g_assert_nonnull (strstr (pj_session_log_get_text (server->log), " SMTP "));
}

static void
test_tells_mechanisms (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (cases[1].script);
  g_autoptr (PjMailbox) server = open_server (fixture, PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps = pj_smtp_visit_run (server, NULL, NULL);
  const PjDoctorStep *auth;

  g_assert_nonnull (steps);
  auth = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpstr (auth->text, ==, "PLAIN LOGIN");
}

/* Whoever connects waits in the backlog and is not greeted. */
static GSocket *
listen_only (guint16 *port)
{
  GSocket *listener = closed_port_new (port);
  g_autoptr (GError) error = NULL;

  g_socket_listen (listener, &error);
  g_assert_no_error (error);

  return listener;
}

static void
run (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_smtp_visit_run (data, cancellable, error));
}

static void
test_cancel (void)
{
  guint16 port;
  g_autoptr (GSocket) listener = listen_only (&port);
  g_autoptr (PjMailbox) server = pj_mailbox_new ("127.0.0.1", port, PJ_SECURITY_STARTTLS);

  assert_call_is_cancelled_soon (run, server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/smtp-visit/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/smtp-visit/tells-mechanisms", test_tells_mechanisms);
  g_test_add_func ("/check/smtp-visit/cancel", test_cancel);

  return g_test_run ();
}
