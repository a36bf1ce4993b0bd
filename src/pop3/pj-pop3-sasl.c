/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

/* An initial response goes into the command only while the line stays
 * within what RFC 2449 section 4 allows, CRLF included. */
#define MAX_COMMAND_BYTES 255

/* No mechanism takes more rounds; a server may not keep us at it. */
#define MAX_ROUNDS 10

/**
 * pj_pop3_sasl_dup_command:
 * @client: a client that has said nothing
 * @pending: (out) (transfer full) (nullable): the client's first words where
 *   they did not fit into the command, for the server's first, empty
 *   challenge
 * @deadline: until when those words must be found
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_sasl_client_step()
 *
 * Reference: RFC 5034 section 4.
 *
 * Returns: (transfer full): the AUTH command. Both strings are to be wiped
 */
char *
pj_pop3_sasl_dup_command (PjPop3SaslClient *client,
                          char **pending,
                          PjDeadline deadline,
                          GCancellable *cancellable,
                          GError **error)
{
  const PjPop3Mechanism *mechanism;
  char *first = NULL;
  char *command;

  g_return_val_if_fail (client != NULL && pending != NULL, NULL);

  *pending = NULL;
  mechanism = pj_pop3_sasl_client_get_mechanism (client);
  if (!mechanism->speaks_first)
    return g_strconcat ("AUTH ", mechanism->name, NULL);

  if (!pj_pop3_sasl_client_step (client, "", &first, deadline, cancellable, error))
    {
      pj_secret_wipe_string (first);
      return NULL;
    }

  /* An empty response is sent as "=". */
  command = g_strconcat ("AUTH ", mechanism->name, " ", *first != '\0' ? first : "=", NULL);
  if (strlen (command) + strlen ("\r\n") <= MAX_COMMAND_BYTES)
    {
      pj_secret_wipe_string (first);
      return command;
    }

  pj_secret_wipe_string (command);
  *pending = first;

  return g_strconcat ("AUTH ", mechanism->name, NULL);
}

/* What the server says to the end that we told it. Only -ERR makes sense; one
 * that is content all the same has not proved what the mechanism asks of it. */
static gboolean
take_end (PjPop3Session *session, GError *reason, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) why = reason;
  g_autoptr (GError) answer = NULL;

  if (pj_pop3_session_receive (session, NULL, cancellable, &answer))
    g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                         "The server accepts a login that was broken off");
  else if (!pj_pop3_session_is_usable (session) ||
           g_error_matches (answer, PJ_POP3_ERROR, PJ_POP3_ERROR_BUSY) ||
           g_error_matches (answer, PJ_POP3_ERROR, PJ_POP3_ERROR_CLOSED) ||
           (g_error_matches (answer, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH) &&
            g_error_matches (why, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED)))
    g_propagate_error (error, g_steal_pointer (&answer));
  else
    g_propagate_error (error, g_steal_pointer (&why));

  return FALSE;
}

static PjDeadline
get_deadline (PjPop3Session *session)
{
  return pj_connection_get_deadline (pj_pop3_session_get_connection (session));
}

static gboolean
answer_challenge (PjPop3Session *session,
                  PjPop3SaslClient *client,
                  const char *challenge,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *response = NULL;
  gboolean is_good = pj_pop3_sasl_client_step (client, challenge, &response, get_deadline (session),
                                               cancellable, &failure);

  pj_pop3_session_send_secret (session, response);

  return is_good || take_end (session, g_steal_pointer (&failure), cancellable, error);
}

static gboolean
converse (PjPop3Session *session,
          PjPop3SaslClient *client,
          char **pending,
          GCancellable *cancellable,
          GError **error)
{
  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      g_autofree char *challenge = NULL;

      if (!pj_pop3_session_receive_challenge (session, &challenge, cancellable, error))
        return FALSE;

      if (challenge == NULL && pj_pop3_sasl_client_is_done (client))
        return TRUE;

      if (challenge == NULL)
        {
          g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                               "The server ends the login before it has proved who it is");
          return FALSE;
        }

      if (*pending != NULL)
        pj_pop3_session_send_secret (session, g_steal_pointer (pending));
      else if (!answer_challenge (session, client, challenge, cancellable, error))
        return FALSE;
    }

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                       "The server keeps asking during the login");
  return FALSE;
}

/**
 * pj_pop3_sasl_authenticate:
 * @session: a session in the AUTHORIZATION state
 * @client: a client that has said nothing
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive() and
 *   pj_pop3_sasl_client_step(); after %PJ_POP3_ERROR_PROTOCOL the session must
 *   not go on
 *
 * Logs in by one SASL mechanism. Blocks.
 *
 * Reference: RFC 5034.
 *
 * Returns: whether the server accepted, and proved itself where the mechanism
 *   has it do so
 */
gboolean
pj_pop3_sasl_authenticate (PjPop3Session *session,
                           PjPop3SaslClient *client,
                           GCancellable *cancellable,
                           GError **error)
{
  char *pending = NULL;
  char *command;
  gboolean is_in;

  g_return_val_if_fail (session != NULL && client != NULL, FALSE);

  command = pj_pop3_sasl_dup_command (client, &pending, get_deadline (session), cancellable, error);
  if (command == NULL)
    return FALSE;

  pj_pop3_session_send_secret (session, command);
  is_in = converse (session, client, &pending, cancellable, error);
  pj_secret_wipe_string (pending);

  return is_in;
}
