/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-credentials.h"

#include <gsasl.h>
#include <string.h>

#include "pop3/pj-pop3-error.h"

/* RFC 1939 counts octets; anything that long is a mistake in the settings. */
#define MAX_CREDENTIAL_BYTES 1000

/* Access tokens of large companies have up to 4 KiB. In base64, together with
 * the longest user and host name, this much still fits into the longest line
 * that a session sends. */
#define MAX_TOKEN_BYTES 5000

/**
 * pj_pop3_credentials_new: (skip)
 * @user: user name
 * @secret: (nullable): the password; a reference is taken
 *
 * Returns: (transfer full): credentials for the maker to complete
 */
PjPop3Credentials *
pj_pop3_credentials_new (const char *user, PjSecret *secret)
{
  PjPop3Credentials *self;

  g_return_val_if_fail (user != NULL, NULL);

  self = g_new0 (PjPop3Credentials, 1);
  self->user = g_strdup (user);
  self->secret = secret != NULL ? pj_secret_ref (secret) : NULL;

  return self;
}

/**
 * pj_pop3_credentials_free: (skip)
 * @self: (transfer full) (nullable): credentials
 */
void
pj_pop3_credentials_free (PjPop3Credentials *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  g_clear_pointer (&self->secret, pj_secret_unref);
  g_clear_pointer (&self->token, pj_secret_unref);
  g_free (self->mechanism);
  g_free (self->host);
  g_free (self);
}

/**
 * pj_pop3_credentials_has_password:
 * @self: credentials
 *
 * Returns: whether there is a password that is not empty
 */
gboolean
pj_pop3_credentials_has_password (const PjPop3Credentials *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->secret != NULL && !pj_secret_is_empty (self->secret);
}

/* CR and LF would start a command of their own (CWE-93), NUL and ^A end a
 * field of PLAIN and of the OAuth mechanisms; other controls have no place in
 * a login either. */
static gboolean
is_sendable (const char *text, gsize max_bytes)
{
  gsize len = 0;

  for (; text[len] != '\0'; len++)
    {
      if (g_ascii_iscntrl (text[len]))
        return FALSE;
    }

  return len > 0 && len <= max_bytes;
}

/* GSSAPI has a ticket and EXTERNAL a certificate in place of a password. */
static gboolean
needs_password (const PjPop3Credentials *self)
{
  if (self->mechanism != NULL)
    return g_ascii_strcasecmp (self->mechanism, "GSSAPI") != 0 &&
           g_ascii_strcasecmp (self->mechanism, "EXTERNAL") != 0;

  return !self->has_client_certificate;
}

/**
 * pj_pop3_credentials_check:
 * @self: credentials
 * @error: return location; %PJ_POP3_ERROR_AUTH
 *
 * What this lets pass can be put into a command or a SASL message as it is.
 *
 * Returns: whether they can be sent
 */
gboolean
pj_pop3_credentials_check (const PjPop3Credentials *self, GError **error)
{
  const char *fault = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!is_sendable (self->user, MAX_CREDENTIAL_BYTES))
    fault = "The user name is empty, too long or holds control characters";
  else if (self->host != NULL && !is_sendable (self->host, MAX_CREDENTIAL_BYTES))
    fault = "The server's name is empty, too long or holds control characters";
  else if (self->token != NULL && !is_sendable (pj_secret_peek (self->token), MAX_TOKEN_BYTES))
    fault = "The access token is empty, too long or holds control characters";
  else if (pj_pop3_credentials_has_password (self) &&
           !is_sendable (pj_secret_peek (self->secret), MAX_CREDENTIAL_BYTES))
    fault = "The password is too long or holds control characters";
  else if (self->token == NULL && !pj_pop3_credentials_has_password (self) && needs_password (self))
    fault = "The password is empty";

  if (fault == NULL)
    return TRUE;

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH, fault);
  return FALSE;
}

/**
 * pj_pop3_credentials_dup_saslname:
 * @self: credentials
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED when the name has
 *   characters that SASLprep forbids
 *
 * Reference: RFC 5802 section 5.1 (saslname), RFC 4013 (SASLprep).
 *
 * Returns: (transfer full): the user name, prepared, with "=" and "," escaped
 */
char *
pj_pop3_credentials_dup_saslname (const PjPop3Credentials *self, GError **error)
{
  char *prepared = NULL;
  GString *name;
  int rc;

  g_return_val_if_fail (self != NULL, NULL);

  rc = gsasl_saslprep (self->user, GSASL_ALLOW_UNASSIGNED, &prepared, NULL);
  if (rc != GSASL_OK)
    {
      g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                           "The user name holds characters that this way to log in cannot carry");
      return NULL;
    }

  name = g_string_new (prepared);
  gsasl_free (prepared);
  g_string_replace (name, "=", "=3D", 0);
  g_string_replace (name, ",", "=2C", 0);

  return g_string_free (name, FALSE);
}
