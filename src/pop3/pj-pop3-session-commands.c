/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-session-private.h"

#include "pop3/pj-pop3-error.h"

/*
 * The commands that concern the session itself, not the mailbox: what the
 * server can do, encryption, and the end.
 */

/* Takes the lines of an answer to CAPA. */
static gboolean
take_capabilities (PjPop3Session *self,
                   PjPop3Capabilities *told,
                   GCancellable *cancellable,
                   GError **error)
{
  const char *row = NULL;

  for (;;)
    {
      if (!pj_pop3_session_receive_row (self, &row, cancellable, error))
        return FALSE;

      if (row == NULL)
        return TRUE;

      if (!pj_pop3_capabilities_add_line (told, row))
        return pj_pop3_session_fail (self, "The server's list of capabilities has no end", error);
    }
}

/**
 * pj_pop3_session_receive_capabilities:
 * @self: a session whose oldest outstanding command is CAPA
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_session_ask_capabilities()
 *
 * Takes the answer to CAPA and keeps it in place of the one before. Blocks.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_session_receive_capabilities (PjPop3Session *self,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_autoptr (PjPop3Capabilities) told = pj_pop3_capabilities_new ();
  g_autoptr (GError) refusal = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (pj_pop3_session_receive (self, NULL, cancellable, &refusal))
    {
      if (!take_capabilities (self, told, cancellable, error))
        return FALSE;
    }
  else if (!pj_pop3_session_is_usable (self))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  pj_pop3_capabilities_free (self->capabilities);
  self->capabilities = g_steal_pointer (&told);

  return TRUE;
}

/**
 * pj_pop3_session_ask_capabilities:
 * @self: a session with nothing outstanding
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_PROTOCOL for an endless list, errors
 *   of pj_pop3_session_receive()
 *
 * Asks CAPA and keeps the answer in place of the one before, since a server
 * may offer other things after STLS and after the login. -ERR means that the
 * server is old: no capabilities, no error. Blocks.
 *
 * Reference: RFC 2449 section 5.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_session_ask_capabilities (PjPop3Session *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  pj_pop3_session_send (self, PJ_POP3_MULTI, "CAPA");

  return pj_pop3_session_receive_capabilities (self, cancellable, error);
}

/**
 * pj_pop3_session_adopt_capabilities:
 * @self: a session with nothing outstanding
 * @remembered: what the same server told in the same state of another session
 *
 * Takes @remembered for what CAPA would tell.
 */
void
pj_pop3_session_adopt_capabilities (PjPop3Session *self, const PjPop3Capabilities *remembered)
{
  g_return_if_fail (self != NULL && remembered != NULL);

  pj_pop3_capabilities_free (self->capabilities);
  self->capabilities = pj_pop3_capabilities_copy (remembered);
}

/**
 * pj_pop3_session_start_tls:
 * @self: a plain session with nothing outstanding
 * @demand: (nullable): what is asked of the server; %NULL for the default
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_POP3_ERROR_NO_TLS when the server refuses,
 *   errors of pj_connection_start_tls() and pj_pop3_session_receive()
 *
 * Turns encryption on. It is tried whether or not CAPA listed STLS, so that
 * nobody can switch it off by cutting that line out. The capabilities known
 * are forgotten. Any failure ends the session. Blocks.
 *
 * Reference: RFC 2595 section 4.
 *
 * Returns: whether the session is encrypted now
 */
gboolean
pj_pop3_session_start_tls (PjPop3Session *self,
                           const PjTlsDemand *demand,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GError) refusal = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (g_queue_is_empty (&self->outstanding), FALSE);

  if (!pj_pop3_session_call (self, "STLS", NULL, cancellable, &refusal))
    {
      gboolean is_answer = pj_pop3_session_is_usable (self);

      self->is_broken = TRUE;
      if (is_answer)
        g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS,
                     "The server refuses to encrypt, so no password was sent. %s",
                     refusal->message);
      else
        g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  if (!pj_connection_start_tls (self->connection, demand, cancellable, error))
    {
      self->is_broken = TRUE;
      return FALSE;
    }

  pj_pop3_capabilities_free (self->capabilities);
  self->capabilities = pj_pop3_capabilities_new ();

  return TRUE;
}

/**
 * pj_pop3_session_quit:
 * @self: a session with nothing outstanding
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_session_receive()
 *
 * Says QUIT and waits for the answer. Only a +OK means that the messages
 * marked with DELE are gone. Blocks.
 *
 * Reference: RFC 1939 section 6 (the UPDATE state).
 *
 * Returns: %TRUE for +OK; otherwise %FALSE with @error set
 */
gboolean
pj_pop3_session_quit (PjPop3Session *self, GCancellable *cancellable, GError **error)
{
  gboolean is_done;

  g_return_val_if_fail (self != NULL, FALSE);

  is_done = pj_pop3_session_call (self, "QUIT", NULL, cancellable, error);
  self->is_broken = TRUE;

  return is_done;
}

/**
 * pj_pop3_session_leave:
 * @self: a session with nothing outstanding that has deleted nothing
 *
 * Says QUIT and waits for nothing: what the server answers would change
 * nothing. The session is of no more use.
 */
void
pj_pop3_session_leave (PjPop3Session *self)
{
  g_return_if_fail (self != NULL);

  if (pj_pop3_session_is_usable (self))
    {
      pj_pop3_session_send (self, PJ_POP3_SINGLE, "QUIT");
      pj_connection_push (self->connection);
    }
  self->is_broken = TRUE;
}
