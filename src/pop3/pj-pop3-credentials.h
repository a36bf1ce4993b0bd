/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-secret.h"

G_BEGIN_DECLS

/**
 * PjPop3Credentials:
 * @user: user name, UTF-8
 * @secret: (nullable): the password; %NULL where none is needed
 * @token: (nullable): an OAuth access token; with one, no password is sent
 * @mechanism: (nullable): log in by this mechanism only: the name of a SASL
 *   mechanism, "APOP" or "USER"; %NULL for the strongest in common
 * @host: (nullable): the server as the user typed it, for the mechanisms that
 *   name it
 * @port: TCP port, for the same
 * @has_client_certificate: whether the connection showed a certificate that
 *   EXTERNAL can refer to
 * @has_worked: whether the last login with them succeeded, so that a refusal
 *   is the server's trouble before it is theirs
 *
 * Who logs in, and what he has to show for it. A value; whoever made it owns
 * it. Any thread.
 */
typedef struct
{
  char     *user;
  PjSecret *secret;
  PjSecret *token;
  char     *mechanism;
  char     *host;
  guint16   port;
  gboolean  has_client_certificate;
  gboolean  has_worked;
} PjPop3Credentials;

PjPop3Credentials *pj_pop3_credentials_new (const char *user, PjSecret *secret);
void               pj_pop3_credentials_free (PjPop3Credentials *self);
gboolean           pj_pop3_credentials_has_password (const PjPop3Credentials *self);
gboolean           pj_pop3_credentials_check (const PjPop3Credentials *self, GError **error);
char              *pj_pop3_credentials_dup_saslname (const PjPop3Credentials *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Credentials, pj_pop3_credentials_free)

G_END_DECLS
