/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-login.h"

/**
 * pj_mailbox_new: (skip)
 * @host: name or address of the server
 * @port: TCP port
 * @security: how the connection is protected
 *
 * Returns: (transfer full): a mailbox with the default limits, for its maker
 *   to fill
 */
PjMailbox *
pj_mailbox_new (const char *host, guint16 port, PjSecurity security)
{
  PjMailbox *self;

  g_return_val_if_fail (host != NULL, NULL);

  self = g_new0 (PjMailbox, 1);
  self->host = g_strdup (host);
  self->port = port;
  self->security = security;
  self->tls = pj_tls_demand_new ();
  self->limits = pj_net_limits_default;

  return self;
}

/**
 * pj_mailbox_free: (skip)
 * @self: (transfer full) (nullable): the mailbox
 */
void
pj_mailbox_free (PjMailbox *self)
{
  if (self == NULL)
    return;

  g_free (self->account_id);
  g_free (self->host);
  pj_tls_demand_free (self->tls);
  g_free (self->user);
  g_clear_pointer (&self->secret, pj_secret_unref);
  g_clear_pointer (&self->token, pj_secret_unref);
  g_free (self->mechanism);
  g_free (self->lock_path);
  g_clear_pointer (&self->memory, pj_mailbox_memory_unref);
  g_clear_pointer (&self->log, pj_session_log_unref);
  g_free (self);
}

/**
 * pj_mailbox_has_credentials: (skip)
 * @self: the mailbox
 *
 * Returns: whether it says who logs in, and with what or how
 */
gboolean
pj_mailbox_has_credentials (const PjMailbox *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->user != NULL && (self->secret != NULL || self->token != NULL ||
                                self->mechanism != NULL || self->tls->client_certificate != NULL);
}

/**
 * pj_mailbox_dup_credentials: (skip)
 * @self: the mailbox, with user name and what to log in with
 *
 * Returns: (transfer full): what it logs in with
 */
PjPop3Credentials *
pj_mailbox_dup_credentials (const PjMailbox *self)
{
  PjPop3Credentials *credentials;

  g_return_val_if_fail (self != NULL && self->user != NULL, NULL);

  credentials = pj_pop3_credentials_new (self->user, self->secret);
  credentials->token = self->token != NULL ? pj_secret_ref (self->token) : NULL;
  credentials->mechanism = g_strdup (self->mechanism);
  credentials->has_client_certificate =
      self->security != PJ_SECURITY_NONE && self->tls->client_certificate != NULL;
  credentials->has_worked = self->has_worked;
  credentials->host = g_strdup (self->host);
  credentials->port = self->port;

  return credentials;
}

/**
 * pj_mailbox_may_retr:
 * @self: the mailbox
 * @session: a session with it that has asked for capabilities
 *
 * Returns: whether RETR may stand in for TOP: the owner agreed, and the server
 *   does not delete what RETR has read
 */
gboolean
pj_mailbox_may_retr (const PjMailbox *self, PjPop3Session *session)
{
  g_return_val_if_fail (self != NULL && session != NULL, FALSE);

  return self->may_fetch_whole &&
         !pj_pop3_capabilities_expire_at_once (pj_pop3_session_get_capabilities (session));
}

/**
 * pj_mailbox_connect:
 * @self: the mailbox, which outlives the connection
 * @protocol: what will be spoken, for the log
 * @cancellable: (nullable): ends it
 * @error: return location; errors of pj_connection_open()
 *
 * Connects, and has the log listen from here on, if there is one. Blocks.
 *
 * Returns: (transfer full): a connection in plain text
 */
PjConnection *
pj_mailbox_connect (const PjMailbox *self,
                    const char *protocol,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *words = NULL;
  PjConnection *connection;

  g_return_val_if_fail (self != NULL && protocol != NULL, NULL);

  words = g_strdup_printf ("%s %s", protocol, pj_security_to_string (self->security));
  pj_session_log_begin (self->log, self->host, self->port, words,
                        g_get_real_time () / G_USEC_PER_SEC);

  connection = pj_connection_open (self->host, self->port, &self->limits, cancellable, error);
  if (connection != NULL && self->log != NULL)
    pj_connection_set_tap (connection, pj_session_log_hear, self->log);

  return connection;
}

static void
note_protocol (const PjMailbox *self, PjConnection *connection)
{
  g_autofree char *protocol = pj_connection_dup_protocol (connection);

  pj_session_log_note (self->log, protocol);
}

/* One try to open a session. */
typedef struct
{
  /* Borrowed */
  const PjMailbox *mailbox;
  const PjMailboxMemory *memory; /* (nullable) */
  const PjTlsDemand *demand;
  GCancellable *cancellable; /* (nullable) */

  /* Plain */
  gboolean is_remembered;
  gboolean is_encrypting; /* TLS has begun and not succeeded */
} Attempt;

static PjConnection *
connect_and_encrypt (Attempt *attempt, GError **error)
{
  const PjMailbox *mailbox = attempt->mailbox;
  g_autoptr (PjConnection) connection =
      pj_mailbox_connect (mailbox, "POP3", attempt->cancellable, error);

  if (connection == NULL || mailbox->security != PJ_SECURITY_TLS)
    return g_steal_pointer (&connection);

  attempt->is_encrypting = TRUE;
  if (!pj_connection_start_tls (connection, attempt->demand, attempt->cancellable, error))
    return NULL;

  attempt->is_encrypting = FALSE;
  note_protocol (mailbox, connection);

  return g_steal_pointer (&connection);
}

static gboolean
encrypt_session (Attempt *attempt, PjPop3Session *session, GError **error)
{
  if (attempt->mailbox->security != PJ_SECURITY_STARTTLS)
    return TRUE;

  attempt->is_encrypting = TRUE;
  if (!pj_pop3_session_start_tls (session, attempt->demand, attempt->cancellable, error))
    return FALSE;

  attempt->is_encrypting = FALSE;
  note_protocol (attempt->mailbox, pj_pop3_session_get_connection (session));

  return TRUE;
}

/* What is told in plain text may have been tampered with: nothing of it is
 * believed, and CAPA is asked again after STLS. */
static gboolean
learn_and_encrypt (Attempt *attempt, PjPop3Session *session, GError **error)
{
  if (attempt->is_remembered)
    {
      if (!encrypt_session (attempt, session, error))
        return FALSE;

      pj_pop3_session_adopt_capabilities (session, attempt->memory->before_login);
      return TRUE;
    }

  return pj_pop3_session_ask_capabilities (session, attempt->cancellable, error) &&
         encrypt_session (attempt, session, error) &&
         (attempt->mailbox->security != PJ_SECURITY_STARTTLS ||
          pj_pop3_session_ask_capabilities (session, attempt->cancellable, error));
}

static PjPop3Session *
try_to_open (Attempt *attempt, GError **error)
{
  const PjMailboxMemory *memory = attempt->memory;
  g_autoptr (PjConnection) connection = connect_and_encrypt (attempt, error);
  g_autoptr (PjPop3Session) session = NULL;

  if (connection == NULL)
    return NULL;

  session = pj_pop3_session_new (g_steal_pointer (&connection), attempt->mailbox->security);
  if (!pj_pop3_session_greet (session, attempt->cancellable, error))
    return NULL;

  attempt->is_remembered =
      memory != NULL && pj_mailbox_memory_fits (memory, pj_pop3_session_get_greeting (session),
                                                g_get_monotonic_time ());
  if (memory != NULL && memory->is_sequential &&
      (attempt->is_remembered || memory->greeting == NULL))
    pj_pop3_session_set_sequential (session);

  return learn_and_encrypt (attempt, session, error) ? g_steal_pointer (&session) : NULL;
}

/* What is asked of TLS, with what an earlier session has left of it. */
static PjTlsDemand *
make_demand (const PjMailbox *self, const PjMailboxMemory *memory)
{
  PjTlsDemand *demand = pj_tls_demand_copy (self->tls);

  if (memory != NULL && memory->tls_session != NULL && demand->session == NULL)
    demand->session = g_bytes_ref (memory->tls_session);

  return demand;
}

/* OpenSSL's side of a server ends the handshake when it is offered a session
 * that it gave and cannot take back: Dovecot, when it asks for client
 * certificates. */
static gboolean
may_come_of_resumption (const Attempt *attempt, const GError *failure)
{
  return attempt->is_encrypting && attempt->demand->session != NULL &&
         (g_error_matches (failure, PJ_NET_ERROR, PJ_NET_ERROR_TLS) ||
          g_error_matches (failure, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK));
}

/**
 * pj_mailbox_open:
 * @self: the mailbox
 * @memory: (nullable): what an earlier session has left
 * @opening: (out caller-allocates): what was found on the way; for the caller
 *   to read after success
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net` and `pop3`
 *
 * Connects, encrypts as demanded, and learns what the server can do, from the
 * server or from @memory. Where the TLS session of @memory may be what a
 * server breaks off at, it connects once more without. Blocks.
 *
 * Returns: (transfer full): a session in the AUTHORIZATION state
 */
PjPop3Session *
pj_mailbox_open (const PjMailbox *self,
                 const PjMailboxMemory *memory,
                 PjMailboxOpening *opening,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (PjTlsDemand) demand = NULL;
  g_autoptr (GError) failure = NULL;
  PjPop3Session *session;
  Attempt attempt;

  g_return_val_if_fail (self != NULL && opening != NULL, NULL);

  demand = make_demand (self, memory);
  attempt = (Attempt){ self, memory, demand, cancellable, FALSE, FALSE };
  *opening = (PjMailboxOpening){ FALSE, FALSE };
  session = try_to_open (&attempt, &failure);
  if (session == NULL && may_come_of_resumption (&attempt, failure))
    {
      pj_session_log_note (self->log, failure->message);
      g_clear_error (&failure);
      g_clear_pointer (&demand->session, g_bytes_unref);
      attempt.is_encrypting = FALSE;
      session = try_to_open (&attempt, &failure);
      opening->breaks_resumption = TRUE;
    }
  opening->is_remembered = attempt.is_remembered;
  if (session == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return session;
}

/**
 * pj_mailbox_log_in:
 * @self: the mailbox, with user name and what to log in with
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net` and `pop3`
 *
 * As pj_mailbox_open(), and logs in. Blocks.
 *
 * Returns: (transfer full): a session in the TRANSACTION state
 */
PjPop3Session *
pj_mailbox_log_in (const PjMailbox *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjPop3Credentials) credentials = NULL;
  g_autoptr (PjPop3Session) session = NULL;
  PjMailboxOpening opening;

  g_return_val_if_fail (self != NULL && pj_mailbox_has_credentials (self), NULL);

  session = pj_mailbox_open (self, self->memory, &opening, cancellable, error);
  if (session == NULL)
    return NULL;

  credentials = pj_mailbox_dup_credentials (self);
  if (!pj_pop3_login (session, credentials, NULL, cancellable, error))
    return NULL;

  if (opening.is_remembered)
    pj_pop3_session_adopt_capabilities (session, self->memory->after_login);
  else if (!pj_pop3_session_ask_capabilities (session, cancellable, error))
    return NULL;

  return g_steal_pointer (&session);
}
