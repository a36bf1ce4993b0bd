/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjTlsDemand:
 * @ca_file: (nullable): PEM file to trust instead of the system's store; a
 *   revocation list in it counts
 * @pin: (nullable): SHA-256 of the only certificate to accept, "AB:CD:…";
 *   then neither its issuer nor its dates nor its names matter
 * @pin_summary: (nullable): what that certificate said of itself, as of
 *   pj_connection_dup_certificate(), to be shown beside another one
 * @client_certificate: (nullable): PEM file with the user's certificate and
 *   its key, which no passphrase may protect
 * @session: (nullable): from pj_connection_dup_tls_session(), to be resumed
 *   if the server likes; one that does not fit is ignored
 *
 * What one account asks of the encryption, and what it shows of itself.
 */
typedef struct
{
  char   *ca_file;
  char   *pin;
  char   *pin_summary;
  char   *client_certificate;
  GBytes *session;
} PjTlsDemand;

PjTlsDemand *pj_tls_demand_new (void);
PjTlsDemand *pj_tls_demand_copy (const PjTlsDemand *self);
void         pj_tls_demand_free (PjTlsDemand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjTlsDemand, pj_tls_demand_free)

G_END_DECLS
