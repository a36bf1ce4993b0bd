/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl.h"

#include <gsasl.h>
#include <string.h>

#include "pop3/pj-pop3-error.h"

/* An initial response goes into the command only while the line stays
 * within what RFC 2449 section 4 allows, CRLF included. */
#define MAX_COMMAND_BYTES 255

/* No mechanism takes more rounds; a server may not keep us at it. */
#define MAX_ROUNDS 10

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gsasl, gsasl_done)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gsasl_session, gsasl_finish)

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  gsasl_free (text);
}

static gboolean
fail_internal (int rc, GError **error)
{
  g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED, "SASL: %s", gsasl_strerror (rc));
  return FALSE;
}

static gboolean
has_room (const char *mechanism, const char *response)
{
  return strlen ("AUTH  \r\n") + strlen (mechanism) + strlen (response) <= MAX_COMMAND_BYTES;
}

/* Sends "AUTH MECHANISM", with the client's first words where they fit.
 * Returns: whether they were sent along. */
static gboolean
send_auth (PjPop3Session *session, const char *mechanism, const char *first)
{
  g_autofree char *bare = g_strdup_printf ("AUTH %s", mechanism);
  char *whole;

  if (first == NULL || !has_room (mechanism, first))
    {
      pj_pop3_session_send (session, PJ_POP3_SINGLE, bare);
      return FALSE;
    }

  /* RFC 5034 section 4: an empty response is sent as "=". */
  whole = g_strdup_printf ("%s %s", bare, *first != '\0' ? first : "=");
  pj_pop3_session_send (session, PJ_POP3_SINGLE, whole);
  pj_secret_wipe_string (whole);

  return TRUE;
}

/* Answers one challenge; a challenge that makes no sense is answered by
 * "*", upon which the server says -ERR (RFC 5034 section 4). */
static gboolean
answer (PjPop3Session *session, Gsasl_session *sasl, const char *challenge)
{
  char *response = NULL;
  int rc = gsasl_step64 (sasl, challenge, &response);
  gboolean is_good = rc == GSASL_OK || rc == GSASL_NEEDS_MORE;

  pj_pop3_session_send (session, PJ_POP3_SINGLE, is_good && response != NULL ? response : "*");
  wipe (response);

  return is_good;
}

/* After "*" only -ERR makes sense; a server that is content all the same has
 * not proved what the mechanism asks of it. */
static gboolean
take_end_of_cancelled (PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  if (pj_pop3_session_receive (session, NULL, cancellable, error))
    g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                         "The server accepts a login that was broken off");

  return FALSE;
}

static gboolean
converse (PjPop3Session *session,
          Gsasl_session *sasl,
          char **first,
          GCancellable *cancellable,
          GError **error)
{
  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      g_autofree char *challenge = NULL;

      if (!pj_pop3_session_receive_challenge (session, &challenge, cancellable, error))
        return FALSE;

      if (challenge == NULL)
        return TRUE;

      if (*first != NULL)
        {
          pj_pop3_session_send (session, PJ_POP3_SINGLE, *first);
          wipe (g_steal_pointer (first));
        }
      else if (!answer (session, sasl, challenge))
        {
          return take_end_of_cancelled (session, cancellable, error);
        }
    }

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                       "The server keeps asking during the login");
  return FALSE;
}

/**
 * pj_pop3_sasl_authenticate:
 * @session: a session in the AUTHORIZATION state
 * @mechanism: a SASL mechanism that the server offers
 * @user: user name without control characters
 * @secret: the password
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive(), and
 *   %PJ_POP3_ERROR_UNSUPPORTED when GNU SASL lacks @mechanism
 *
 * Logs in by one SASL mechanism. Blocks.
 *
 * Reference: RFC 5034, RFC 4616.
 *
 * Returns: whether the server accepted
 */
gboolean
pj_pop3_sasl_authenticate (PjPop3Session *session,
                           const char *mechanism,
                           const char *user,
                           const PjSecret *secret,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (Gsasl) context = NULL;
  g_autoptr (Gsasl_session) sasl = NULL;
  char *first = NULL;
  gboolean is_done;
  int rc;

  g_return_val_if_fail (session != NULL && mechanism != NULL, FALSE);
  g_return_val_if_fail (user != NULL && secret != NULL, FALSE);

  if ((rc = gsasl_init (&context)) != GSASL_OK ||
      (rc = gsasl_client_start (context, mechanism, &sasl)) != GSASL_OK)
    return fail_internal (rc, error);

  gsasl_property_set (sasl, GSASL_AUTHID, user);
  gsasl_property_set (sasl, GSASL_PASSWORD, pj_secret_peek (secret));
  rc = gsasl_step64 (sasl, NULL, &first);
  if (rc != GSASL_OK && rc != GSASL_NEEDS_MORE)
    return fail_internal (rc, error);

  if (send_auth (session, mechanism, first))
    wipe (g_steal_pointer (&first));
  is_done = converse (session, sasl, &first, cancellable, error);
  wipe (first);

  return is_done;
}
