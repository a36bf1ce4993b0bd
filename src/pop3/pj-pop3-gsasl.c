/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-gsasl.h"

#include <gsasl.h>
#include <string.h>

#include "net/pj-thread-call.h"
#include "pop3/pj-pop3-error.h"

/* RFC 5034 section 4: the service's name is "pop". */
#define SERVICE "pop"

/* GNU SASL's side of an exchange, and one step of it, which may be taken on
 * another thread. */
typedef struct
{
  /* Owned */
  Gsasl *context;      /* (nullable) */
  Gsasl_session *sasl; /* (nullable) */
  GBytes *challenge;   /* (nullable): of the step */
  char *response;      /* (nullable): of GNU SASL's making */

  /* Plain */
  gsize response_len;
  int rc;
} Exchange;

/**
 * PjPop3Gsasl:
 *
 * One exchange of a mechanism that GNU SASL knows. One login on one thread
 * owns it; GSSAPI asks other servers for tickets, out of reach of a deadline
 * or a cancel, and does that on a thread which may be left behind.
 */
struct _PjPop3Gsasl
{
  /* Owned */
  Exchange *exchange; /* (nullable): left behind */
  char *host;         /* (nullable) */

  /* Plain */
  PjPop3Family family;
  gboolean has_spoken;
  gboolean is_done;
};

static void
clear_response (Exchange *exchange)
{
  if (exchange->response != NULL)
    explicit_bzero (exchange->response, exchange->response_len);
  g_clear_pointer (&exchange->response, gsasl_free);
}

/* GNU SASL frees its copy of the password as it is. */
static void
wipe_property (Gsasl_session *sasl, Gsasl_property property)
{
  char *value = (char *) gsasl_property_fast (sasl, property);

  if (value != NULL)
    explicit_bzero (value, strlen (value));
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  clear_response (exchange);
  if (exchange->sasl != NULL)
    {
      wipe_property (exchange->sasl, GSASL_PASSWORD);
      gsasl_finish (exchange->sasl);
    }
  if (exchange->context != NULL)
    gsasl_done (exchange->context);
  g_clear_pointer (&exchange->challenge, g_bytes_unref);
  g_free (exchange);
}

static void
take_step (gpointer data)
{
  Exchange *exchange = data;
  gsize len;
  const char *bytes = g_bytes_get_data (exchange->challenge, &len);

  exchange->rc =
      gsasl_step (exchange->sasl, bytes, len, &exchange->response, &exchange->response_len);
}

static void
set_properties (Gsasl_session *sasl, PjPop3Family family, const PjPop3Credentials *credentials)
{
  if (family == PJ_POP3_FAMILY_CERTIFICATE || family == PJ_POP3_FAMILY_TICKET)
    gsasl_property_set (sasl, GSASL_AUTHZID, credentials->user);
  else
    gsasl_property_set (sasl, GSASL_AUTHID, credentials->user);
  if (credentials->secret != NULL)
    gsasl_property_set (sasl, GSASL_PASSWORD, pj_secret_peek (credentials->secret));
  if (credentials->host != NULL)
    gsasl_property_set (sasl, GSASL_HOSTNAME, credentials->host);
  gsasl_property_set (sasl, GSASL_SERVICE, SERVICE);
}

/* GNU SASL keeps Kerberos' own reason to itself. */
static gboolean
set_error (const PjPop3Gsasl *self, int rc, GError **error)
{
  if (rc != GSASL_GSSAPI_INIT_SEC_CONTEXT_ERROR)
    g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                 "This way to log in does not work: %s", gsasl_strerror (rc));
  else if (self->has_spoken)
    g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                         "The server could not prove by Kerberos who it is");
  else
    g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH,
                 "Kerberos gives no ticket for " SERVICE "@%s: get a new one with kinit; if klist "
                 "shows a valid one, Kerberos knows the server by another name or cannot be asked",
                 self->host);

  return FALSE;
}

/**
 * pj_pop3_gsasl_new: (skip)
 * @mechanism: a SASL mechanism
 * @credentials: what it needs of a user, checked by
 *   pj_pop3_credentials_check()
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED
 *
 * Returns: (transfer full): an exchange in which nothing was said
 */
PjPop3Gsasl *
pj_pop3_gsasl_new (const PjPop3Mechanism *mechanism,
                   const PjPop3Credentials *credentials,
                   GError **error)
{
  g_autoptr (PjPop3Gsasl) self = NULL;
  int rc;

  g_return_val_if_fail (mechanism != NULL && credentials != NULL, NULL);

  self = g_new0 (PjPop3Gsasl, 1);
  self->family = mechanism->family;
  self->host = g_strdup (credentials->host);
  self->exchange = g_new0 (Exchange, 1);
  rc = gsasl_init (&self->exchange->context);
  if (rc == GSASL_OK)
    rc = gsasl_client_start (self->exchange->context, mechanism->name, &self->exchange->sasl);
  if (rc != GSASL_OK)
    {
      set_error (self, rc, error);
      return NULL;
    }

  set_properties (self->exchange->sasl, self->family, credentials);
  return g_steal_pointer (&self);
}

/**
 * pj_pop3_gsasl_free: (skip)
 * @self: (transfer full) (nullable): the exchange
 */
void
pj_pop3_gsasl_free (PjPop3Gsasl *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->exchange, exchange_free);
  g_free (self->host);
  g_free (self);
}

static gboolean
run_step (PjPop3Gsasl *self, PjDeadline deadline, GCancellable *cancellable, GError **error)
{
  Exchange *exchange = self->exchange;

  if (self->family != PJ_POP3_FAMILY_TICKET)
    {
      take_step (exchange);
      return TRUE;
    }

  self->exchange = NULL;
  if (!pj_thread_call_run (take_step, exchange, exchange_free, deadline, cancellable, error))
    return FALSE;

  self->exchange = exchange;
  return TRUE;
}

/**
 * pj_pop3_gsasl_step:
 * @self: the exchange
 * @challenge: what the server sent; nothing for the client's first words
 * @response: (out) (transfer full): what to send, with a NUL behind it, to be
 *   wiped with pj_secret_wipe_string() or else by hand; set on success
 * @len: (out): bytes in @response
 * @deadline: until when it must be found
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED when the exchange
 *   cannot go on, %PJ_POP3_ERROR_AUTH when there is no ticket,
 *   %PJ_POP3_ERROR_PROTOCOL when the server has not proved who it is,
 *   %PJ_NET_ERROR_TIMEOUT, %G_IO_ERROR_CANCELLED
 *
 * Answers one challenge. GSSAPI may have to ask for a ticket and blocks as
 * long; after it was given up nothing more can be said.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_gsasl_step (PjPop3Gsasl *self,
                    GBytes *challenge,
                    char **response,
                    gsize *len,
                    PjDeadline deadline,
                    GCancellable *cancellable,
                    GError **error)
{
  Exchange *exchange;

  g_return_val_if_fail (self != NULL && challenge != NULL, FALSE);
  g_return_val_if_fail (response != NULL && len != NULL, FALSE);

  /* PLAIN and EXTERNAL would answer for ever. */
  if (self->is_done || self->exchange == NULL)
    return set_error (self, GSASL_MECHANISM_CALLED_TOO_MANY_TIMES, error);

  g_clear_pointer (&self->exchange->challenge, g_bytes_unref);
  self->exchange->challenge = g_bytes_ref (challenge);
  if (!run_step (self, deadline, cancellable, error))
    return FALSE;

  exchange = self->exchange;
  self->is_done = exchange->rc == GSASL_OK;
  if (!self->is_done && exchange->rc != GSASL_NEEDS_MORE)
    return set_error (self, exchange->rc, error);

  /* One that waits for more after nothing was said has no answer to this. */
  if (!self->is_done && exchange->response == NULL)
    return set_error (self, GSASL_MECHANISM_PARSE_ERROR, error);

  self->has_spoken = TRUE;
  *len = exchange->response != NULL ? exchange->response_len : 0;
  *response = g_malloc (*len + 1);
  if (*len > 0)
    memcpy (*response, exchange->response, *len);
  (*response)[*len] = '\0';
  clear_response (exchange);

  return TRUE;
}

/**
 * pj_pop3_gsasl_is_done:
 * @self: the exchange
 *
 * Returns: whether it is complete, and the server has proved itself where the
 *   mechanism has it do so
 */
gboolean
pj_pop3_gsasl_is_done (const PjPop3Gsasl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_done;
}
