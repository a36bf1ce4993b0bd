/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-capabilities.h"
#include "pop3/pj-pop3-credentials.h"

G_BEGIN_DECLS

/**
 * PjPop3Family:
 * @PJ_POP3_FAMILY_CERTIFICATE: the client's TLS certificate
 * @PJ_POP3_FAMILY_TOKEN: an OAuth access token
 * @PJ_POP3_FAMILY_SCRAM_PLUS: SCRAM bound to the TLS connection
 * @PJ_POP3_FAMILY_SCRAM: a proof of the password, both ways
 * @PJ_POP3_FAMILY_CRAM: a proof of the password by CRAM-MD5
 * @PJ_POP3_FAMILY_APOP: the same by APOP
 * @PJ_POP3_FAMILY_PLAIN: the password itself, by SASL
 * @PJ_POP3_FAMILY_USER: the password itself, by PASS
 * @PJ_POP3_FAMILY_TICKET: a Kerberos ticket
 *
 * Ways to log in that fail for the same reason.
 */
typedef enum
{
  PJ_POP3_FAMILY_CERTIFICATE,
  PJ_POP3_FAMILY_TOKEN,
  PJ_POP3_FAMILY_SCRAM_PLUS,
  PJ_POP3_FAMILY_SCRAM,
  PJ_POP3_FAMILY_CRAM,
  PJ_POP3_FAMILY_APOP,
  PJ_POP3_FAMILY_PLAIN,
  PJ_POP3_FAMILY_USER,
  PJ_POP3_FAMILY_TICKET,
} PjPop3Family;

/**
 * PjPop3Mechanism:
 * @name: as CAPA and AUTH spell it; static
 * @family: what it is like
 * @speaks_first: whether the client's first words may go with AUTH
 * @proof_at: the number, from 1, of the response by which the server can
 *   judge the password; before it a refusal concerns something else
 *
 * One way to log in.
 */
typedef struct
{
  const char  *name;
  PjPop3Family family;
  gboolean     speaks_first;
  guint        proof_at;
} PjPop3Mechanism;

/**
 * PjPop3Offer:
 * @capabilities: what the server told
 * @is_encrypted: whether the connection is
 * @has_binding: whether there is channel binding data
 * @has_stamp: whether the greeting had a stamp for APOP
 *
 * What the server and the connection allow.
 */
typedef struct
{
  const PjPop3Capabilities *capabilities;
  gboolean                  is_encrypted;
  gboolean                  has_binding;
  gboolean                  has_stamp;
} PjPop3Offer;

const PjPop3Mechanism *pj_pop3_mechanism_get (guint position);
const PjPop3Mechanism *pj_pop3_mechanism_find (const char *name);
gboolean               pj_pop3_mechanism_reveals (const PjPop3Mechanism *self);
GPtrArray *pj_pop3_mechanism_list (const PjPop3Offer *offer, const PjPop3Credentials *credentials);

G_END_DECLS
