/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A server whose certificate an authority has signed, and a client that
 * trusts this authority. */

#include "net/pj-certificate.h"
#include "tls-peer.h"

typedef struct
{
  Identity    *authority;
  Identity    *server;
  SSL_CTX     *context; /* of @server */
  PjTlsDemand *demand;  /* trusts @authority */
} Scene;

/* @max_version: as TLS1_2_VERSION, or 0 */
static inline Scene *
scene_new (const IdentityRecipe *recipe, int max_version)
{
  Scene *self = g_new0 (Scene, 1);

  self->authority = identity_new_authority ();
  self->server = identity_new (recipe, self->authority);
  self->context = peer_context_new (self->server, NULL, max_version);
  self->demand = pj_tls_demand_new ();
  self->demand->ca_file = identity_save (self->authority, PEM_CERTIFICATE, NULL);

  return self;
}

static inline void
scene_free (Scene *self)
{
  g_remove (self->demand->ca_file);
  pj_tls_demand_free (self->demand);
  SSL_CTX_free (self->context);
  identity_free (self->server);
  identity_free (self->authority);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* @server: (transfer full): shows itself from here on */
static inline void
scene_set_server (Scene *self, Identity *server, int max_version)
{
  identity_free (self->server);
  SSL_CTX_free (self->context);
  self->server = server;
  self->context = peer_context_new (server, NULL, max_version);
}

/* @authority: trusted from here on; @crl: (nullable): what it has revoked */
static inline void
scene_trust (Scene *self, const Identity *authority, X509_CRL *crl)
{
  g_remove (self->demand->ca_file);
  g_free (self->demand->ca_file);
  self->demand->ca_file = identity_save (authority, PEM_CERTIFICATE, crl);
}

static inline void
scene_pin (Scene *self, const Identity *identity)
{
  g_free (self->demand->pin);
  self->demand->pin = pj_certificate_dup_fingerprint (identity->certificate);
}

static inline Peer *
scene_connect (Scene *self, const char *host, GError **error)
{
  return peer_new (pj_tls_new (host, self->demand, error), self->context);
}

/* The same, but OpenSSL verifies nothing. */
static inline Peer *
scene_connect_carelessly (Scene *self, const char *host)
{
  Peer *peer = scene_connect (self, host, NULL);

  SSL_set_verify (peer->client, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_cert_verify_callback (SSL_get_SSL_CTX (peer->client), NULL, NULL);

  return peer;
}
