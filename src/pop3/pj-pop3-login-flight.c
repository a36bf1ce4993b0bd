/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login-private.h"

#include "pop3/pj-pop3-error.h"

/*
 * A login whose answers are not waited for before the commands behind it go
 * out, to a server that has answered so before.
 */

/* Whether pj_pop3_login() might come to @name; without TLS it would not when
 * there is a way that hides the password. */
static gboolean
is_allowed (const PjPop3LoginState *login, const char *name)
{
  g_autoptr (GPtrArray) mechanisms = NULL;

  if (!pj_pop3_login_check_protection (login, NULL) ||
      !pj_pop3_credentials_check (login->credentials, NULL))
    return FALSE;

  mechanisms = pj_pop3_mechanism_list (&login->offer, login->credentials);
  for (guint i = 0; i < mechanisms->len; i++)
    {
      const PjPop3Mechanism *each = g_ptr_array_index (mechanisms, i);

      if (g_str_equal (each->name, name))
        return TRUE;

      if (!login->offer.is_encrypted && !pj_pop3_mechanism_reveals (each))
        return FALSE;
    }

  return FALSE;
}

static gboolean
send_plain (const PjPop3LoginState *login)
{
  g_autoptr (PjPop3SaslClient) client =
      pj_pop3_login_start_sasl (login, pj_pop3_mechanism_find ("PLAIN"), NULL);
  char *pending = NULL;
  char *command =
      client != NULL ? pj_pop3_sasl_dup_command (client, &pending, pj_deadline_never (), NULL, NULL)
                     : NULL;
  gboolean is_whole = command != NULL && pending == NULL;

  if (is_whole)
    pj_pop3_session_send_secret (login->session, command);
  else
    pj_secret_wipe_string (command);
  pj_secret_wipe_string (pending);

  return is_whole;
}

/**
 * pj_pop3_login_send:
 * @session: a session in the AUTHORIZATION state that knows the server's
 *   capabilities, from before where need be
 * @credentials: who logs in
 * @mechanism: what pj_pop3_login() has said to work with this server
 *
 * Queues a whole login without waiting for an answer, so that the commands
 * behind it can go out in the same flight. Only PLAIN and USER can do that,
 * and only where pj_pop3_login() might use them for these credentials; a
 * PLAIN too long for one command cannot.
 *
 * Returns: whether it was queued; otherwise nothing was
 */
gboolean
pj_pop3_login_send (PjPop3Session *session,
                    const PjPop3Credentials *credentials,
                    const char *mechanism)
{
  g_auto (PjPop3LoginState) login = { 0 };

  g_return_val_if_fail (session != NULL && credentials != NULL && mechanism != NULL, FALSE);

  pj_pop3_login_state_init (&login, session, credentials, NULL);
  if (!is_allowed (&login, mechanism))
    return FALSE;

  if (g_str_equal (mechanism, "PLAIN"))
    return send_plain (&login);

  if (!g_str_equal (mechanism, "USER"))
    return FALSE;

  pj_pop3_login_send_user (session, credentials->user);
  pj_pop3_login_send_pass (session, credentials->secret);

  return TRUE;
}

/* Both answers are taken, so that the next receive is for the next command. */
static gboolean
receive_user (PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  gboolean is_known = pj_pop3_session_receive (session, NULL, cancellable, &refusal);

  if (is_known)
    return pj_pop3_session_receive (session, NULL, cancellable, error);

  if (pj_pop3_session_is_usable (session))
    pj_pop3_session_receive (session, NULL, cancellable, NULL);
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}

/**
 * pj_pop3_login_receive:
 * @session: a session whose oldest outstanding commands are those of
 *   pj_pop3_login_send()
 * @credentials: as they were sent
 * @mechanism: likewise
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_login(). A server that asks for the
 *   response again gets %PJ_POP3_ERROR_PROTOCOL, which ends the session
 *
 * Takes the answers to pj_pop3_login_send(). After a refusal those to the
 * commands behind it are still to be taken. Blocks.
 *
 * Returns: whether the session is in the TRANSACTION state
 */
gboolean
pj_pop3_login_receive (PjPop3Session *session,
                       const PjPop3Credentials *credentials,
                       const char *mechanism,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) refusal = NULL;
  PjPop3RefusalFacts facts;
  gboolean is_in;

  g_return_val_if_fail (session != NULL && credentials != NULL && mechanism != NULL, FALSE);

  pj_pop3_login_begin_limit (session);
  is_in = g_str_equal (mechanism, "USER")
              ? receive_user (session, cancellable, &refusal)
              : pj_pop3_session_receive (session, NULL, cancellable, &refusal);
  pj_pop3_login_end_limit (session);
  if (is_in)
    return TRUE;

  facts = pj_pop3_login_get_facts (session, credentials);
  facts.is_judged = TRUE;
  pj_pop3_refusal_sort (refusal, &facts);
  pj_pop3_refusal_conclude (refusal, &facts);
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}
