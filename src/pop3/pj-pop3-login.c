/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login.h"

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-reply.h"
#include "pop3/pj-pop3-sasl.h"

typedef struct
{
  PjPop3Session *session;
  const char *user;
  const PjSecret *secret;
} Login;

typedef struct
{
  const char *name;
  gboolean (*is_offered) (const PjPop3Capabilities *capabilities);
  gboolean (*run) (const Login *login, GCancellable *cancellable, GError **error);
} Mechanism;

static gboolean
offers_plain (const PjPop3Capabilities *capabilities)
{
  return pj_pop3_capabilities_has_sasl (capabilities, "PLAIN");
}

static gboolean
run_plain (const Login *login, GCancellable *cancellable, GError **error)
{
  return pj_pop3_sasl_authenticate (login->session, "PLAIN", login->user, login->secret,
                                    cancellable, error);
}

static gboolean
offers_user (const PjPop3Capabilities *capabilities)
{
  /* A server that tells SASL but not USER has switched USER off; one that
   * tells neither may be older than both words (RFC 2449 section 6.3). */
  return pj_pop3_capabilities_has (capabilities, "USER") ||
         !pj_pop3_capabilities_has (capabilities, "SASL");
}

static gboolean
run_user (const Login *login, GCancellable *cancellable, GError **error)
{
  g_autofree char *user = g_strdup_printf ("USER %s", login->user);
  char *pass;

  if (!pj_pop3_session_call (login->session, user, NULL, cancellable, error))
    return FALSE;

  pass = g_strdup_printf ("PASS %s", pj_secret_peek (login->secret));
  pj_pop3_session_send (login->session, PJ_POP3_SINGLE, pass);
  pj_secret_wipe_string (pass);

  return pj_pop3_session_receive (login->session, NULL, cancellable, error);
}

/* Strongest first. Each is tried where the server offers it. */
static const Mechanism mechanisms[] = {
  { "PLAIN", offers_plain, run_plain },
  { "USER", offers_user, run_user },
};

/* RFC 1939 counts octets; anything that long is a mistake in the settings. */
#define MAX_CREDENTIAL_BYTES 1000

static gboolean
is_sendable (const char *text)
{
  gsize len = 0;

  /* CR and LF would start a command of their own (CWE-93); other controls
   * have no place in a line of POP3 either. */
  for (; text[len] != '\0'; len++)
    {
      if (g_ascii_iscntrl (text[len]))
        return FALSE;
    }

  return len <= MAX_CREDENTIAL_BYTES;
}

static gboolean
check_credentials (const Login *login, GError **error)
{
  const char *fault = NULL;

  if (*login->user == '\0' || !is_sendable (login->user))
    fault = "The user name is empty, too long or holds control characters";
  else if (pj_secret_is_empty (login->secret))
    fault = "The password is empty";
  else if (!is_sendable (pj_secret_peek (login->secret)))
    fault = "The password is too long or holds control characters";

  if (fault == NULL)
    return TRUE;

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH, fault);
  return FALSE;
}

/* After STLS or TLS on connect anything goes; without, only where the user
 * has said so for this account. */
static gboolean
check_protection (PjPop3Session *session, GError **error)
{
  if (pj_connection_is_encrypted (pj_pop3_session_get_connection (session)) ||
      pj_pop3_session_get_security (session) == PJ_SECURITY_NONE)
    return TRUE;

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS,
                       "The connection is not encrypted, so no password was sent");
  return FALSE;
}

/* Without a response code the words decide whether it is the password. A
 * server that knows [AUTH] and does not say it means something else. */
static void
sort_refusal (PjPop3Session *session, GError *refusal)
{
  if (!g_error_matches (refusal, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
    return;

  if (pj_pop3_reply_says_later (refusal->message) ||
      pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "AUTH-RESP-CODE"))
    refusal->code = PJ_POP3_ERROR_BUSY;
  else
    refusal->code = PJ_POP3_ERROR_AUTH;
}

/**
 * pj_pop3_login:
 * @session: a session in the AUTHORIZATION state that knows the server's
 *   capabilities
 * @user: user name
 * @secret: the password
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_AUTH for wrong credentials or such
 *   that cannot be sent, %PJ_POP3_ERROR_BUSY, %PJ_POP3_ERROR_NO_TLS,
 *   %PJ_POP3_ERROR_UNSUPPORTED when there is no way in common, errors of
 *   pj_pop3_session_receive()
 *
 * Logs in by the strongest way that both sides have. Every way here sends
 * the password as it is, so one clear refusal ends it: trying the next would
 * count as another wrong password. Only a plain -ERR to SASL from a server
 * without response codes leads on to USER, as it may mean the command. Blocks.
 *
 * Reference: RFC 1939 section 7 (USER, PASS), RFC 5034, RFC 3206.
 *
 * Returns: whether the session is in the TRANSACTION state
 */
gboolean
pj_pop3_login (PjPop3Session *session,
               const char *user,
               const PjSecret *secret,
               GCancellable *cancellable,
               GError **error)
{
  const Login login = { session, user, secret };
  g_autoptr (GError) refusal = NULL;

  g_return_val_if_fail (session != NULL && user != NULL && secret != NULL, FALSE);

  if (!check_protection (session, error) || !check_credentials (&login, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if (!mechanisms[i].is_offered (pj_pop3_session_get_capabilities (session)))
        continue;

      g_clear_error (&refusal);
      if (mechanisms[i].run (&login, cancellable, &refusal))
        return TRUE;

      if (!pj_pop3_session_is_usable (session) ||
          !g_error_matches (refusal, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED) ||
          pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "AUTH-RESP-CODE"))
        break;
    }

  if (refusal == NULL)
    g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                         "The server offers no way to log in with a password");
  else
    {
      sort_refusal (session, refusal);
      g_propagate_error (error, g_steal_pointer (&refusal));
    }

  return FALSE;
}
