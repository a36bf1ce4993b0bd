/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account-private.h"

/*
 * How an account signs in, and which server it believes.
 */

/**
 * pj_account_get_mechanism:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the only way to sign in that may be tried: a SASL
 *   mechanism, "APOP" or "USER"; %NULL for the best that both sides have
 */
const char *
pj_account_get_mechanism (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->mechanism;
}

/**
 * pj_account_get_password_command:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): command that prints the password
 */
const char *
pj_account_get_password_command (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->password_command;
}

/**
 * pj_account_get_token_command:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): command that prints an OAuth access token, which goes
 *   in place of a password
 */
const char *
pj_account_get_token_command (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->token_command;
}

/**
 * pj_account_get_client_certificate:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): PEM file with the certificate to show to the server,
 *   and its key
 */
const char *
pj_account_get_client_certificate (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->client_certificate;
}

/**
 * pj_account_get_ca_file:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): PEM file to trust instead of the system's store
 */
const char *
pj_account_get_ca_file (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->ca_file;
}

/**
 * pj_account_get_pin:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): SHA-256 of the only certificate to accept; %NULL for
 *   any that is trusted
 */
const char *
pj_account_get_pin (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->pin;
}

/**
 * pj_account_get_pin_summary:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): what the pinned certificate said of itself, in
 *   English; %NULL when that is not known
 */
const char *
pj_account_get_pin_summary (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->pin_summary;
}

/**
 * pj_account_signs_in_like:
 * @self: an account
 * @other: another, or a draft
 *
 * The password itself is not compared: an account does not have it.
 *
 * Returns: whether both sign in to the same server, as the same user and in
 *   the same way
 */
gboolean
pj_account_signs_in_like (PjAccount *self, PjAccount *other)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (PJ_IS_ACCOUNT (other), FALSE);

  return self->port == other->port && self->security == other->security &&
         g_strcmp0 (self->server, other->server) == 0 && g_strcmp0 (self->user, other->user) == 0 &&
         g_strcmp0 (self->mechanism, other->mechanism) == 0 &&
         g_strcmp0 (self->password_command, other->password_command) == 0 &&
         g_strcmp0 (self->token_command, other->token_command) == 0 &&
         g_strcmp0 (self->client_certificate, other->client_certificate) == 0;
}

/**
 * pj_account_needs_password:
 * @self: an account
 *
 * Returns: whether a password is looked for before it signs in; %FALSE when a
 *   token, a client certificate or a Kerberos ticket stands in its place
 */
gboolean
pj_account_needs_password (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), TRUE);

  return self->token_command == NULL && g_strcmp0 (self->mechanism, "EXTERNAL") != 0 &&
         g_strcmp0 (self->mechanism, "GSSAPI") != 0;
}
