/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl-client.h"

#include <gsasl.h>
#include <string.h>

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-gsasl.h"
#include "pop3/pj-pop3-oauth.h"
#include "pop3/pj-pop3-scram.h"

/* What breaks an exchange off (RFC 5034 section 4). */
#define CANCEL "*"

/**
 * PjPop3SaslClient:
 *
 * One SASL exchange apart from the wire: challenges in, responses out, both
 * in base64. GNU SASL does it where it can; SCRAM and the OAuth mechanisms,
 * which it lacks or has in part, are our own. One login on one thread owns it.
 */
struct _PjPop3SaslClient
{
  /* Owned */
  PjPop3Gsasl *gsasl;  /* (nullable) */
  PjPop3Scram *scram;  /* (nullable) */
  char *token_message; /* (nullable): wiped when sent */

  /* Borrowed */
  const PjPop3Mechanism *mechanism; /* static */

  /* Plain */
  guint responses; /* made until now */
  gboolean is_done;
};

typedef struct
{
  char *bytes; /* (nullable), NUL-ended */
  gsize len;
} Text;

static void
text_wipe (Text *text)
{
  if (text->bytes != NULL)
    explicit_bzero (text->bytes, text->len);
  g_clear_pointer (&text->bytes, g_free);
}

/* GNU SASL puts no NUL behind what it decodes. */
static int
text_decode (Text *text, const char *base64)
{
  char *decoded = NULL;
  int rc = gsasl_base64_from (base64, strlen (base64), &decoded, &text->len);

  if (rc != GSASL_OK)
    return rc;

  text->bytes = g_malloc (text->len + 1);
  if (text->len > 0)
    memcpy (text->bytes, decoded, text->len);
  text->bytes[text->len] = '\0';
  gsasl_free (decoded);

  return GSASL_OK;
}

static gboolean
fail (int rc, GError **error)
{
  g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
               "This way to log in does not work: %s", gsasl_strerror (rc));
  return FALSE;
}

static gboolean
start_gsasl (PjPop3SaslClient *self, const PjPop3Credentials *credentials, GError **error)
{
  self->gsasl = pj_pop3_gsasl_new (self->mechanism, credentials, error);
  return self->gsasl != NULL;
}

static gboolean
start_scram (PjPop3SaslClient *self,
             const PjPop3Credentials *credentials,
             const char *gs2_flag,
             GBytes *binding,
             GError **error)
{
  GChecksumType hash = g_str_has_prefix (self->mechanism->name, "SCRAM-SHA-256") ? G_CHECKSUM_SHA256
                                                                                 : G_CHECKSUM_SHA1;
  g_autofree char *name = pj_pop3_credentials_dup_saslname (credentials, error);

  if (name == NULL)
    return FALSE;

  self->scram = pj_pop3_scram_new (hash, name, credentials->secret, gs2_flag, binding, NULL);
  return TRUE;
}

static gboolean
start_token (PjPop3SaslClient *self, const PjPop3Credentials *credentials, GError **error)
{
  if (g_str_equal (self->mechanism->name, "XOAUTH2"))
    self->token_message = pj_pop3_oauth_dup_xoauth2 (credentials);
  else
    self->token_message = pj_pop3_oauth_dup_oauthbearer (credentials, error);

  return self->token_message != NULL;
}

/**
 * pj_pop3_sasl_client_new: (skip)
 * @mechanism: a SASL mechanism
 * @credentials: what it needs of a user, checked by
 *   pj_pop3_credentials_check()
 * @gs2_flag: for SCRAM, as for pj_pop3_scram_new()
 * @binding: (nullable): the same
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED
 *
 * Returns: (transfer full): a client that has said nothing
 */
PjPop3SaslClient *
pj_pop3_sasl_client_new (const PjPop3Mechanism *mechanism,
                         const PjPop3Credentials *credentials,
                         const char *gs2_flag,
                         GBytes *binding,
                         GError **error)
{
  g_autoptr (PjPop3SaslClient) self = NULL;
  gboolean is_started;

  g_return_val_if_fail (mechanism != NULL && credentials != NULL && gs2_flag != NULL, NULL);

  self = g_new0 (PjPop3SaslClient, 1);
  self->mechanism = mechanism;
  if (mechanism->family == PJ_POP3_FAMILY_SCRAM || mechanism->family == PJ_POP3_FAMILY_SCRAM_PLUS)
    is_started = start_scram (self, credentials, gs2_flag, binding, error);
  else if (mechanism->family == PJ_POP3_FAMILY_TOKEN)
    is_started = start_token (self, credentials, error);
  else
    is_started = start_gsasl (self, credentials, error);

  return is_started ? g_steal_pointer (&self) : NULL;
}

/**
 * pj_pop3_sasl_client_free: (skip)
 * @self: (transfer full) (nullable): the client
 */
void
pj_pop3_sasl_client_free (PjPop3SaslClient *self)
{
  if (self == NULL)
    return;

  pj_pop3_gsasl_free (self->gsasl);
  pj_pop3_scram_free (self->scram);
  pj_secret_wipe_string (self->token_message);
  g_free (self);
}

static gboolean
step_gsasl (PjPop3SaslClient *self,
            const Text *challenge,
            Text *response,
            PjDeadline deadline,
            GCancellable *cancellable,
            GError **error)
{
  /* With its NUL, which what reads it may rely on. */
  g_autoptr (GBytes) whole = g_bytes_new (challenge->bytes, challenge->len + 1);
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (whole, 0, challenge->len);

  if (!pj_pop3_gsasl_step (self->gsasl, bytes, &response->bytes, &response->len, deadline,
                           cancellable, error))
    return FALSE;

  self->is_done = pj_pop3_gsasl_is_done (self->gsasl);
  return TRUE;
}

static gboolean
step_scram (PjPop3SaslClient *self, const Text *challenge, Text *response, GError **error)
{
  response->bytes = pj_pop3_scram_step (self->scram, challenge->bytes, challenge->len, error);
  if (response->bytes == NULL)
    return FALSE;

  response->len = strlen (response->bytes);
  self->is_done = pj_pop3_scram_is_verified (self->scram);

  return TRUE;
}

/* A second challenge says in JSON why the token is refused; RFC 7628 section
 * 3.2.3 has it answered by ^A, XOAUTH2 by nothing, then -ERR comes. */
static gboolean
step_token (PjPop3SaslClient *self, const Text *challenge, Text *response, GError **error)
{
  g_autofree char *reason = NULL;

  if (self->token_message != NULL)
    {
      response->bytes = g_steal_pointer (&self->token_message);
      response->len = strlen (response->bytes);
      self->is_done = TRUE;
      return TRUE;
    }

  self->is_done = FALSE;
  response->bytes = g_strdup (g_str_equal (self->mechanism->name, "XOAUTH2") ? "" : "\001");
  response->len = strlen (response->bytes);
  reason = pj_pop3_oauth_explain_failure (challenge->bytes, challenge->len);
  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH, reason);

  return FALSE;
}

/**
 * pj_pop3_sasl_client_step:
 * @self: the client
 * @challenge: what the server sent, in base64; "" for the client's first
 *   words
 * @response: (out) (transfer full): what to send, in base64, to be wiped with
 *   pj_secret_wipe_string(); also on failure, where it ends the exchange
 * @deadline: until when the answer must be found
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED when the exchange cannot
 *   go on, %PJ_POP3_ERROR_AUTH and %PJ_POP3_ERROR_PROTOCOL as
 *   pj_pop3_scram_step(), errors of pj_pop3_gsasl_step()
 *
 * Answers one challenge. GSSAPI blocks while it asks for a ticket, the others
 * do not.
 *
 * Returns: %FALSE with @error set when the server is to be told the end
 */
gboolean
pj_pop3_sasl_client_step (PjPop3SaslClient *self,
                          const char *challenge,
                          char **response,
                          PjDeadline deadline,
                          GCancellable *cancellable,
                          GError **error)
{
  Text in = { 0 };
  Text out = { 0 };
  gboolean is_good = FALSE;
  int rc;

  g_return_val_if_fail (self != NULL && challenge != NULL && response != NULL, FALSE);

  rc = text_decode (&in, challenge);
  if (rc != GSASL_OK)
    fail (rc, error);
  else if (self->scram != NULL)
    is_good = step_scram (self, &in, &out, error);
  else if (self->gsasl != NULL)
    is_good = step_gsasl (self, &in, &out, deadline, cancellable, error);
  else
    is_good = step_token (self, &in, &out, error);

  if (is_good)
    self->responses++;
  if (out.bytes != NULL)
    *response = g_base64_encode ((const guchar *) out.bytes, out.len);
  else
    *response = g_strdup (CANCEL);
  text_wipe (&in);
  text_wipe (&out);

  return is_good;
}

/**
 * pj_pop3_sasl_client_get_mechanism: (skip)
 * @self: the client
 *
 * Returns: (transfer none): what it speaks
 */
const PjPop3Mechanism *
pj_pop3_sasl_client_get_mechanism (const PjPop3SaslClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mechanism;
}

/**
 * pj_pop3_sasl_client_is_judged:
 * @self: the client
 *
 * Returns: whether the server has all by which it can judge the password; a
 *   refusal before that concerns the mechanism, or the user name at most
 */
gboolean
pj_pop3_sasl_client_is_judged (const PjPop3SaslClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->responses >= self->mechanism->proof_at;
}

/**
 * pj_pop3_sasl_client_is_done:
 * @self: the client
 *
 * Returns: whether the exchange is complete and the server has proved what
 *   the mechanism asks of it; before that its +OK is not to be believed
 */
gboolean
pj_pop3_sasl_client_is_done (const PjPop3SaslClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_done;
}
