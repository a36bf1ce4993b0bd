/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login-private.h"

#include "pop3/pj-pop3-apop.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-mechanism.h"
#include "pop3/pj-pop3-refusal.h"
#include "pop3/pj-pop3-sasl.h"

/* tls-unique is not among them: it has been broken once, and TLS 1.3 has
 * none (RFC 9266 section 1). */
static const char *const binding_types[] = { "tls-exporter", "tls-server-end-point" };

/**
 * pj_pop3_login_get_facts: (skip)
 * @session: a session that knows the server's capabilities
 * @credentials: who logs in
 *
 * Returns: what is known of a login before anything of it was sent
 */
PjPop3RefusalFacts
pj_pop3_login_get_facts (PjPop3Session *session, const PjPop3Credentials *credentials)
{
  return (PjPop3RefusalFacts){
    .has_auth_codes =
        pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "AUTH-RESP-CODE"),
    .has_worked = credentials->has_worked,
  };
}

/**
 * pj_pop3_login_state_init: (skip)
 * @login: (out caller-allocates): to be cleared by pj_pop3_login_state_clear()
 * @session: a session in the AUTHORIZATION state; borrowed
 * @credentials: who logs in; borrowed
 * @cancellable: (nullable): ends the waits; borrowed
 */
void
pj_pop3_login_state_init (PjPop3LoginState *login,
                          PjPop3Session *session,
                          const PjPop3Credentials *credentials,
                          GCancellable *cancellable)
{
  PjConnection *connection = pj_pop3_session_get_connection (session);

  *login = (PjPop3LoginState){ .session = session,
                               .credentials = credentials,
                               .cancellable = cancellable };
  login->stamp = pj_pop3_apop_dup_stamp (pj_pop3_session_get_greeting (session));
  for (gsize i = 0; i < G_N_ELEMENTS (binding_types) && login->binding == NULL; i++)
    {
      login->binding_type = binding_types[i];
      login->binding = pj_connection_dup_channel_binding (connection, binding_types[i]);
    }

  login->offer = (PjPop3Offer){ .capabilities = pj_pop3_session_get_capabilities (session),
                                .is_encrypted = pj_connection_is_encrypted (connection),
                                .has_binding = login->binding != NULL,
                                .has_stamp = login->stamp != NULL };
  login->facts = pj_pop3_login_get_facts (session, credentials);
}

/**
 * pj_pop3_login_state_clear: (skip)
 * @login: a login, or zeroes
 */
void
pj_pop3_login_state_clear (PjPop3LoginState *login)
{
  g_clear_pointer (&login->stamp, g_free);
  g_clear_pointer (&login->binding, g_bytes_unref);
}

/**
 * pj_pop3_login_begin_limit: (skip)
 * @session: the session
 *
 * Servers hold a wrong password back on purpose, so a login has a limit of its own.
 */
void
pj_pop3_login_begin_limit (PjPop3Session *session)
{
  PjConnection *connection = pj_pop3_session_get_connection (session);

  pj_connection_begin_limit (connection, pj_connection_get_limits (connection)->login_ms,
                             "The login takes too long");
}

/**
 * pj_pop3_login_end_limit: (skip)
 * @session: the session; undoes pj_pop3_login_begin_limit()
 */
void
pj_pop3_login_end_limit (PjPop3Session *session)
{
  pj_connection_end_limit (pj_pop3_session_get_connection (session));
}

/**
 * pj_pop3_login_send_user: (skip)
 * @session: the session
 * @user: without CR, LF and NUL
 *
 * Queues USER.
 */
void
pj_pop3_login_send_user (PjPop3Session *session, const char *user)
{
  g_autofree char *line = g_strconcat ("USER ", user, NULL);

  pj_pop3_session_send (session, PJ_POP3_SINGLE, line);
}

/**
 * pj_pop3_login_send_pass: (skip)
 * @session: the session
 * @secret: without CR, LF and NUL
 *
 * Queues PASS.
 */
void
pj_pop3_login_send_pass (PjPop3Session *session, const PjSecret *secret)
{
  pj_pop3_session_send_secret (session, g_strconcat ("PASS ", pj_secret_peek (secret), NULL));
}

/* A server that does not want the name is not told the password. */
static gboolean
run_user (PjPop3LoginState *login, GError **error)
{
  login->facts.is_judged = TRUE;
  pj_pop3_login_send_user (login->session, login->credentials->user);
  if (!pj_pop3_session_receive (login->session, NULL, login->cancellable, error))
    return FALSE;

  pj_pop3_login_send_pass (login->session, login->credentials->secret);
  return pj_pop3_session_receive (login->session, NULL, login->cancellable, error);
}

static gboolean
run_apop (PjPop3LoginState *login, GError **error)
{
  char *digest = pj_pop3_apop_dup_digest (login->stamp, login->credentials->secret);

  login->facts.is_judged = TRUE;
  pj_pop3_session_send_secret (login->session,
                               g_strconcat ("APOP ", login->credentials->user, " ", digest, NULL));
  pj_secret_wipe_string (digest);

  return pj_pop3_session_receive (login->session, NULL, login->cancellable, error);
}

/* RFC 5802 section 6: "y" has the server find out when somebody cut -PLUS out
 * of its list. It would be a lie where the server does offer it. */
static char *
dup_gs2_flag (const PjPop3LoginState *login, const PjPop3Mechanism *mechanism)
{
  const PjPop3Capabilities *told = login->offer.capabilities;

  if (mechanism->family == PJ_POP3_FAMILY_SCRAM_PLUS)
    return g_strconcat ("p=", login->binding_type, NULL);

  if (login->binding == NULL || !pj_pop3_capabilities_has (told, "SASL") ||
      pj_pop3_capabilities_has_sasl (told, "SCRAM-SHA-256-PLUS") ||
      pj_pop3_capabilities_has_sasl (told, "SCRAM-SHA-1-PLUS"))
    return g_strdup ("n");

  return g_strdup ("y");
}

/**
 * pj_pop3_login_start_sasl: (skip)
 * @login: the login
 * @mechanism: one of SASL
 * @error: return location; as pj_pop3_sasl_client_new()
 *
 * Returns: (transfer full) (nullable): its client, with the channel bound where
 *   the mechanism does so
 */
PjPop3SaslClient *
pj_pop3_login_start_sasl (const PjPop3LoginState *login,
                          const PjPop3Mechanism *mechanism,
                          GError **error)
{
  g_autofree char *flag = dup_gs2_flag (login, mechanism);

  return pj_pop3_sasl_client_new (mechanism, login->credentials, flag,
                                  *flag == 'p' ? login->binding : NULL, error);
}

static gboolean
run_sasl (PjPop3LoginState *login, const PjPop3Mechanism *mechanism, GError **error)
{
  g_autoptr (PjPop3SaslClient) client = pj_pop3_login_start_sasl (login, mechanism, error);
  gboolean is_in;

  login->facts.is_judged = FALSE;
  if (client == NULL)
    return FALSE;

  is_in = pj_pop3_sasl_authenticate (login->session, client, login->cancellable, error);
  login->facts.is_judged = pj_pop3_sasl_client_is_judged (client);

  return is_in;
}

static gboolean
run (PjPop3LoginState *login, const PjPop3Mechanism *mechanism, GError **error)
{
  if (mechanism->family == PJ_POP3_FAMILY_USER)
    return run_user (login, error);

  if (mechanism->family == PJ_POP3_FAMILY_APOP)
    return run_apop (login, error);

  return run_sasl (login, mechanism, error);
}

/**
 * pj_pop3_login_check_protection: (skip)
 * @login: the login
 * @error: return location; %PJ_POP3_ERROR_NO_TLS
 *
 * After STLS or TLS on connect anything goes; without, a password only where
 * the user has said so for this account, and a token never.
 *
 * Returns: whether the login may go out
 */
gboolean
pj_pop3_login_check_protection (const PjPop3LoginState *login, GError **error)
{
  const char *fault = NULL;

  if (login->offer.is_encrypted)
    return TRUE;

  if (pj_pop3_session_get_security (login->session) != PJ_SECURITY_NONE)
    fault = "The connection is not encrypted, so no password was sent";
  else if (login->credentials->token != NULL)
    fault = "The connection is not encrypted, so no access token was sent";

  if (fault == NULL)
    return TRUE;

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS, fault);
  return FALSE;
}

/* One of each family, so that a server that refuses them all sees few failed
 * logins. Without TLS somebody in between could have made the better way
 * fail in order to see the password. */
static gboolean
may_try (PjPop3LoginState *login, const PjPop3Mechanism *mechanism)
{
  if ((login->tried & 1u << mechanism->family) != 0)
    return FALSE;

  if (login->tried == 0 || login->facts.has_shown || login->offer.is_encrypted ||
      !pj_pop3_mechanism_reveals (mechanism))
    return TRUE;

  login->has_held_back = TRUE;
  return FALSE;
}

/* Some servers want a certificate and a password, and take none of them for
 * the other: refusing the one says nothing about the other. */
static PjPop3RefusalFacts
get_password_facts (const PjPop3LoginState *login, const PjPop3Mechanism *mechanism)
{
  PjPop3RefusalFacts facts = login->facts;

  facts.is_judged &= mechanism->family != PJ_POP3_FAMILY_CERTIFICATE;
  return facts;
}

/* Who has typed no password shall not look for a wrong one. */
static void
name_proof (const PjPop3Mechanism *mechanism, GError *refusal)
{
  const char *proof = NULL;

  if (mechanism->family == PJ_POP3_FAMILY_CERTIFICATE)
    proof = "Instead of a password, the client certificate was shown. ";
  else if (mechanism->family == PJ_POP3_FAMILY_TICKET)
    proof = "Instead of a password, a Kerberos ticket was shown. ";

  if (proof != NULL && g_error_matches (refusal, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH))
    g_prefix_error (&refusal, "%s", proof);
}

/* Returns: what succeeded; NULL with @refusal set when something was tried. */
static const PjPop3Mechanism *
try_each (PjPop3LoginState *login, GPtrArray *mechanisms, GError **refusal)
{
  for (guint i = 0; i < mechanisms->len; i++)
    {
      const PjPop3Mechanism *each = g_ptr_array_index (mechanisms, i);
      g_autoptr (GError) failure = NULL;
      PjPop3RefusalFacts facts;

      if (!may_try (login, each))
        continue;

      login->tried |= 1u << each->family;
      login->facts.has_shown |= pj_pop3_mechanism_reveals (each);
      if (run (login, each, &failure))
        return each;

      facts = get_password_facts (login, each);
      pj_pop3_refusal_sort (failure, &facts);
      /* What the server said tells more than what we could not do. */
      if (*refusal == NULL || !g_error_matches (failure, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED))
        {
          g_clear_error (refusal);
          *refusal = g_error_copy (failure);
          pj_pop3_refusal_conclude (*refusal, &login->facts);
          if (login->facts.is_judged)
            name_proof (each, *refusal);
        }
      if (!pj_pop3_session_is_usable (login->session) ||
          !pj_pop3_refusal_leads_on (failure, &facts))
        break;
    }

  return NULL;
}

static void
set_nothing_in_common (const PjPop3LoginState *login, GError **error)
{
  if (login->credentials->mechanism != NULL)
    g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                 "The login by %s alone that was chosen is not possible here",
                 login->credentials->mechanism);
  else
    g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                 "The server offers no way to log in with %s",
                 login->credentials->token != NULL ? "an access token" : "a password");
}

/**
 * pj_pop3_login:
 * @session: a session in the AUTHORIZATION state that knows the server's
 *   capabilities
 * @credentials: who logs in
 * @mechanism: (out) (optional) (transfer none): the way that succeeded, a
 *   static string such as "SCRAM-SHA-256" or "USER"; set only on success
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_AUTH for wrong credentials or such
 *   that cannot be sent, %PJ_POP3_ERROR_TURNED_AWAY, %PJ_POP3_ERROR_BUSY,
 *   %PJ_POP3_ERROR_CLOSED, %PJ_POP3_ERROR_NO_TLS, %PJ_POP3_ERROR_UNSUPPORTED
 *   when there is no way in common, errors of pj_pop3_session_receive() and
 *   pj_pop3_sasl_authenticate()
 *
 * Logs in by the strongest way that both sides have. A way that the server
 * offers and then refuses as such leads to the next of another family, once; a
 * refusal of the password ends it. Nothing that failed leads to a way that
 * shows the password where there is no TLS, or where the password was hidden
 * from a server that took it the last time. After an error the session is of
 * no use but to QUIT. Blocks.
 *
 * Reference: RFC 1939 section 7 (USER, PASS, APOP), RFC 5034, RFC 3206.
 *
 * Returns: whether the session is in the TRANSACTION state
 */
gboolean
pj_pop3_login (PjPop3Session *session,
               const PjPop3Credentials *credentials,
               const char **mechanism,
               GCancellable *cancellable,
               GError **error)
{
  g_auto (PjPop3LoginState) login = { 0 };
  g_autoptr (GPtrArray) mechanisms = NULL;
  g_autoptr (GError) refusal = NULL;
  const PjPop3Mechanism *succeeded;

  g_return_val_if_fail (session != NULL && credentials != NULL, FALSE);

  pj_pop3_login_state_init (&login, session, credentials, cancellable);
  if (!pj_pop3_login_check_protection (&login, error) ||
      !pj_pop3_credentials_check (credentials, error))
    return FALSE;

  mechanisms = pj_pop3_mechanism_list (&login.offer, credentials);
  pj_pop3_login_begin_limit (session);
  succeeded = try_each (&login, mechanisms, &refusal);
  pj_pop3_login_end_limit (session);
  if (succeeded != NULL)
    {
      if (mechanism != NULL)
        *mechanism = succeeded->name;
      return TRUE;
    }

  if (refusal == NULL)
    {
      set_nothing_in_common (&login, error);
      return FALSE;
    }

  if (login.has_held_back)
    g_prefix_error (&refusal, "The password itself was not sent, as the connection is not "
                              "encrypted and a better way was offered. ");
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}
