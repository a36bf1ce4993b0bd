/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login.h"

#include "pop3/pj-pop3-apop.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-mechanism.h"
#include "pop3/pj-pop3-refusal.h"
#include "pop3/pj-pop3-sasl.h"

/* One login: what the ways to do it share. */
typedef struct
{
  /* Owned */
  char *stamp;     /* (nullable) for APOP */
  GBytes *binding; /* (nullable) */

  /* Borrowed, from the caller */
  PjPop3Session *session;
  const PjPop3Credentials *credentials;
  GCancellable *cancellable; /* (nullable) */

  /* Plain */
  const char *binding_type; /* static */
  PjPop3Offer offer;
  PjPop3RefusalFacts facts;
  guint tried;            /* a bit for each #PjPop3Family */
  gboolean has_held_back; /* a way was left out that would show the password */
} Login;

/* tls-unique is not among them: it has been broken once, and TLS 1.3 has
 * none (RFC 9266 section 1). */
static const char *const binding_types[] = { "tls-exporter", "tls-server-end-point" };

static PjPop3RefusalFacts
get_facts (PjPop3Session *session, const PjPop3Credentials *credentials)
{
  return (PjPop3RefusalFacts){
    .has_auth_codes =
        pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "AUTH-RESP-CODE"),
    .has_worked = credentials->has_worked,
  };
}

static void
login_init (Login *login,
            PjPop3Session *session,
            const PjPop3Credentials *credentials,
            GCancellable *cancellable)
{
  PjConnection *connection = pj_pop3_session_get_connection (session);

  *login = (Login){ .session = session, .credentials = credentials, .cancellable = cancellable };
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
  login->facts = get_facts (session, credentials);
}

static void
login_clear (Login *login)
{
  g_clear_pointer (&login->stamp, g_free);
  g_clear_pointer (&login->binding, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Login, login_clear)

/* Servers hold a wrong password back on purpose, so a login has a limit of its own. */
static void
begin_limit (PjPop3Session *session)
{
  PjConnection *connection = pj_pop3_session_get_connection (session);

  pj_connection_begin_limit (connection, pj_connection_get_limits (connection)->login_ms,
                             "The login takes too long");
}

static void
end_limit (PjPop3Session *session)
{
  pj_connection_end_limit (pj_pop3_session_get_connection (session));
}

static void
send_user (PjPop3Session *session, const char *user)
{
  g_autofree char *line = g_strconcat ("USER ", user, NULL);

  pj_pop3_session_send (session, PJ_POP3_SINGLE, line);
}

static void
send_pass (PjPop3Session *session, const PjSecret *secret)
{
  pj_pop3_session_send_secret (session, g_strconcat ("PASS ", pj_secret_peek (secret), NULL));
}

/* A server that does not want the name is not told the password. */
static gboolean
run_user (Login *login, GError **error)
{
  login->facts.is_judged = TRUE;
  send_user (login->session, login->credentials->user);
  if (!pj_pop3_session_receive (login->session, NULL, login->cancellable, error))
    return FALSE;

  send_pass (login->session, login->credentials->secret);
  return pj_pop3_session_receive (login->session, NULL, login->cancellable, error);
}

static gboolean
run_apop (Login *login, GError **error)
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
dup_gs2_flag (const Login *login, const PjPop3Mechanism *mechanism)
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

static PjPop3SaslClient *
start_sasl (const Login *login, const PjPop3Mechanism *mechanism, GError **error)
{
  g_autofree char *flag = dup_gs2_flag (login, mechanism);

  return pj_pop3_sasl_client_new (mechanism, login->credentials, flag,
                                  *flag == 'p' ? login->binding : NULL, error);
}

static gboolean
run_sasl (Login *login, const PjPop3Mechanism *mechanism, GError **error)
{
  g_autoptr (PjPop3SaslClient) client = start_sasl (login, mechanism, error);
  gboolean is_in;

  login->facts.is_judged = FALSE;
  if (client == NULL)
    return FALSE;

  is_in = pj_pop3_sasl_authenticate (login->session, client, login->cancellable, error);
  login->facts.is_judged = pj_pop3_sasl_client_is_judged (client);

  return is_in;
}

static gboolean
run (Login *login, const PjPop3Mechanism *mechanism, GError **error)
{
  if (mechanism->family == PJ_POP3_FAMILY_USER)
    return run_user (login, error);

  if (mechanism->family == PJ_POP3_FAMILY_APOP)
    return run_apop (login, error);

  return run_sasl (login, mechanism, error);
}

/* After STLS or TLS on connect anything goes; without, a password only where
 * the user has said so for this account, and a token never. */
static gboolean
check_protection (const Login *login, GError **error)
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
may_try (Login *login, const PjPop3Mechanism *mechanism)
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
get_password_facts (const Login *login, const PjPop3Mechanism *mechanism)
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
try_each (Login *login, GPtrArray *mechanisms, GError **refusal)
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
set_nothing_in_common (const Login *login, GError **error)
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
  g_auto (Login) login = { 0 };
  g_autoptr (GPtrArray) mechanisms = NULL;
  g_autoptr (GError) refusal = NULL;
  const PjPop3Mechanism *succeeded;

  g_return_val_if_fail (session != NULL && credentials != NULL, FALSE);

  login_init (&login, session, credentials, cancellable);
  if (!check_protection (&login, error) || !pj_pop3_credentials_check (credentials, error))
    return FALSE;

  mechanisms = pj_pop3_mechanism_list (&login.offer, credentials);
  begin_limit (session);
  succeeded = try_each (&login, mechanisms, &refusal);
  end_limit (session);
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

/* Whether pj_pop3_login() might come to @name; without TLS it would not when
 * there is a way that hides the password. */
static gboolean
is_allowed (const Login *login, const char *name)
{
  g_autoptr (GPtrArray) mechanisms = NULL;

  if (!check_protection (login, NULL) || !pj_pop3_credentials_check (login->credentials, NULL))
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
send_plain (const Login *login)
{
  g_autoptr (PjPop3SaslClient) client = start_sasl (login, pj_pop3_mechanism_find ("PLAIN"), NULL);
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
  g_auto (Login) login = { 0 };

  g_return_val_if_fail (session != NULL && credentials != NULL && mechanism != NULL, FALSE);

  login_init (&login, session, credentials, NULL);
  if (!is_allowed (&login, mechanism))
    return FALSE;

  if (g_str_equal (mechanism, "PLAIN"))
    return send_plain (&login);

  if (!g_str_equal (mechanism, "USER"))
    return FALSE;

  send_user (session, credentials->user);
  send_pass (session, credentials->secret);

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

  begin_limit (session);
  is_in = g_str_equal (mechanism, "USER")
              ? receive_user (session, cancellable, &refusal)
              : pj_pop3_session_receive (session, NULL, cancellable, &refusal);
  end_limit (session);
  if (is_in)
    return TRUE;

  facts = get_facts (session, credentials);
  facts.is_judged = TRUE;
  pj_pop3_refusal_sort (refusal, &facts);
  pj_pop3_refusal_conclude (refusal, &facts);
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}
