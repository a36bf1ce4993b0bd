/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-login.h"

/*
 * One login, for a test that wants a mechanism of its choice:
 *   login-client HOST PORT tls|starttls|none CA_FILE USER MECHANISM|- password|token [LOGIN_MS]
 * The secret comes on standard input, an empty line for none. Prints the
 * mechanism that succeeded, or the kind of failure and its words.
 */

enum
{
  HOST = 1,
  PORT,
  SECURITY,
  CA_FILE,
  USER,
  MECHANISM,
  KIND,
  N_WORDS,
  LOGIN_MS = N_WORDS,
};

static const char *const kinds[] = {
  [PJ_POP3_ERROR_PROTOCOL] = "protocol", [PJ_POP3_ERROR_REFUSED] = "refused",
  [PJ_POP3_ERROR_AUTH] = "auth",         [PJ_POP3_ERROR_BUSY] = "busy",
  [PJ_POP3_ERROR_CLOSED] = "closed",     [PJ_POP3_ERROR_UNSUPPORTED] = "unsupported",
  [PJ_POP3_ERROR_NO_TLS] = "no-tls",
};

static PjPop3Credentials *
read_credentials (char **words)
{
  PjPop3Credentials *credentials;
  g_autoptr (PjSecret) secret = NULL;
  char line[8192] = "";

  if (fgets (line, sizeof line, stdin) == NULL)
    g_error ("No secret came");

  line[strcspn (line, "\n")] = '\0';
  secret = pj_secret_new (line);
  if (g_str_equal (words[KIND], "token"))
    {
      credentials = pj_pop3_credentials_new (words[USER], NULL);
      credentials->token = g_steal_pointer (&secret);
    }
  else
    {
      credentials = pj_pop3_credentials_new (words[USER], secret);
    }

  credentials->mechanism = g_str_equal (words[MECHANISM], "-") ? NULL : g_strdup (words[MECHANISM]);
  credentials->host = g_strdup (words[HOST]);
  credentials->port = (guint16) atoi (words[PORT]);

  return credentials;
}

static PjPop3Session *
open_session (char **words, PjSecurity security, GError **error)
{
  PjNetLimits limits = pj_net_limits_default;
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (PjTlsDemand) demand = pj_tls_demand_new ();
  g_autoptr (PjPop3Session) session = NULL;

  if (words[LOGIN_MS] != NULL)
    limits.login_ms = (guint) atoi (words[LOGIN_MS]);
  connection = pj_connection_open (words[HOST], (guint16) atoi (words[PORT]), &limits, NULL, error);
  demand->ca_file = g_strdup (words[CA_FILE]);
  if (connection == NULL ||
      (security == PJ_SECURITY_TLS && !pj_connection_start_tls (connection, demand, NULL, error)))
    return NULL;

  session = pj_pop3_session_new (g_steal_pointer (&connection), security);
  if (!pj_pop3_session_greet (session, NULL, error) ||
      (security == PJ_SECURITY_STARTTLS &&
       !pj_pop3_session_start_tls (session, demand, NULL, error)) ||
      !pj_pop3_session_ask_capabilities (session, NULL, error))
    return NULL;

  return g_steal_pointer (&session);
}

static const char *
log_in (char **words, GError **error)
{
  g_autoptr (PjPop3Credentials) credentials = read_credentials (words);
  g_autoptr (PjPop3Session) session = NULL;
  const char *mechanism = NULL;
  PjSecurity security;

  if (!pj_security_from_string (words[SECURITY], &security))
    g_error ("%s is no kind of security", words[SECURITY]);

  session = open_session (words, security, error);
  if (session == NULL || !pj_pop3_login (session, credentials, &mechanism, NULL, error) ||
      !pj_pop3_session_call (session, "STAT", NULL, NULL, error) ||
      !pj_pop3_session_quit (session, NULL, error))
    return NULL;

  return mechanism;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *mechanism;

  setlocale (LC_ALL, "");
  g_assert_true (argc == N_WORDS || argc == N_WORDS + 1);

  mechanism = log_in (argv, &error);
  if (mechanism != NULL)
    {
      g_print ("in %s\n", mechanism);
      return EXIT_SUCCESS;
    }

  g_print ("%s %s\n", error->domain == PJ_POP3_ERROR ? kinds[error->code] : "net", error->message);
  return EXIT_FAILURE;
}
