/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account-private.h"

#include <string.h>

#include "base/pj-fingerprint.h"

/*
 * What the settings of an account must be like, each and with one another, to
 * be saved and used.
 */

static gboolean
is_clean (const char *text)
{
  /* CR and LF would end a command early (CWE-93), other controls have no
   * business in a name either. */
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        return FALSE;
    }

  return g_utf8_validate (text, -1, NULL);
}

/* Reference: RFC 4422 section 3.1 (sasl-mech). Whether it is one that we have
 * is for the layer to say that has it. */
static gboolean
is_mechanism (const char *text)
{
  gsize len = 0;

  for (; text[len] != '\0'; len++)
    {
      if (!g_ascii_isupper (text[len]) && !g_ascii_isdigit (text[len]) && text[len] != '-' &&
          text[len] != '_')
        return FALSE;
    }

  return len >= 1 && len <= 20;
}

static gboolean
is_oauth (const char *mechanism)
{
  return g_str_equal (mechanism, "OAUTHBEARER") || g_str_equal (mechanism, "XOAUTH2");
}

/* Returns: (nullable): what is wrong with how it signs in and whom it believes */
static const char *
find_sign_in_fault (PjAccount *self)
{
  g_autofree char *pin = self->pin != NULL ? pj_fingerprint_parse (self->pin) : NULL;

  if (self->mechanism != NULL && !is_mechanism (self->mechanism))
    return "The way to sign in is no name of a SASL mechanism";
  if (g_strcmp0 (self->mechanism, "EXTERNAL") == 0 && self->client_certificate == NULL)
    return "To sign in by EXTERNAL, a client certificate is needed";
  if (self->mechanism != NULL && is_oauth (self->mechanism) != (self->token_command != NULL))
    return "A token command belongs to OAUTHBEARER and XOAUTH2, and they to one";
  if (self->token_command != NULL && self->password_command != NULL)
    return "A token command and a password command exclude each other";
  if (self->pin != NULL && pin == NULL)
    return "The fingerprint of the pinned certificate is not a SHA-256";

  return NULL;
}

/**
 * pj_account_is_valid:
 * @self: an account
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL and a
 *   message that names the setting
 *
 * Returns: whether the settings can be saved and used
 */
gboolean
pj_account_is_valid (PjAccount *self, GError **error)
{
  const char *fault = NULL;

  g_return_val_if_fail (PJ_IS_ACCOUNT (self), FALSE);

  if (self->name == NULL || !is_clean (self->name))
    fault = "The mailbox needs a name of printable characters";
  else if (self->server == NULL || !is_clean (self->server) || strchr (self->server, ' ') != NULL)
    fault = "The server needs a host name or an address";
  else if (self->user == NULL || !is_clean (self->user))
    fault = "The user name is empty or holds control characters";
  else
    fault = find_sign_in_fault (self);

  if (fault == NULL)
    return TRUE;

  g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, fault);
  return FALSE;
}
