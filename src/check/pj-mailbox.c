/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox.h"

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
  g_free (self->lock_path);
  g_free (self);
}

static gboolean
encrypt_and_greet (const PjMailbox *self,
                   PjPop3Session *session,
                   GCancellable *cancellable,
                   GError **error)
{
  if (!pj_pop3_session_greet (session, cancellable, error))
    return FALSE;

  if (!pj_pop3_session_ask_capabilities (session, cancellable, error))
    return FALSE;

  if (self->security != PJ_SECURITY_STARTTLS)
    return TRUE;

  /* What was told in plain text may have been tampered with: ask again. */
  return pj_pop3_session_start_tls (session, self->tls, cancellable, error) &&
         pj_pop3_session_ask_capabilities (session, cancellable, error);
}

/* Servers hold a wrong password back on purpose, so a login has a limit of its own. */
static gboolean
log_in (const PjMailbox *self, PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  PjConnection *connection = pj_pop3_session_get_connection (session);
  gboolean is_in;

  pj_connection_begin_limit (connection, self->limits.login_ms, "The login takes too long");
  is_in = pj_pop3_login (session, self->user, self->secret, cancellable, error);
  pj_connection_end_limit (connection);

  return is_in;
}

/**
 * pj_mailbox_log_in:
 * @self: the mailbox, with user name and password
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net` and `pop3`
 *
 * Connects, encrypts as demanded, learns what the server can do, and logs
 * in. Blocks.
 *
 * Returns: (transfer full): a session in the TRANSACTION state
 */
PjPop3Session *
pj_mailbox_log_in (const PjMailbox *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjConnection) connection = NULL;
  g_autoptr (PjPop3Session) session = NULL;

  g_return_val_if_fail (self != NULL && self->user != NULL && self->secret != NULL, NULL);

  connection = pj_connection_open (self->host, self->port, &self->limits, cancellable, error);
  if (connection == NULL)
    return NULL;

  if (self->security == PJ_SECURITY_TLS &&
      !pj_connection_start_tls (connection, self->tls, cancellable, error))
    return NULL;

  session = pj_pop3_session_new (g_steal_pointer (&connection), self->security);
  if (!encrypt_and_greet (self, session, cancellable, error) ||
      !log_in (self, session, cancellable, error) ||
      !pj_pop3_session_ask_capabilities (session, cancellable, error))
    return NULL;

  return g_steal_pointer (&session);
}
