/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Certificates of every kind, and a TLS server in memory that shows them, for
 * the tests of the client's side. No socket, no thread, no file: the bytes of
 * both sides go through a pair of BIOs.
 */

#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "net/pj-tls.h"

#define PEER_DAY_S (24L * 60 * 60)

typedef struct
{
  EVP_PKEY *key;
  X509     *certificate;
} Identity;

typedef struct
{
  const char *alt_names;    /* as OpenSSL writes them; NULL for an authority */
  const char *common_name;  /* NULL: "Test" */
  int         rsa_bits;     /* 0: an elliptic curve, which takes no time to make */
  const char *curve;        /* NULL: P-256 */
  gboolean    is_sha1;      /* how it is signed */
  long        not_before_s; /* from now; 0: a day ago */
  long        not_after_s;  /* from now; 0: in ten days */
} IdentityRecipe;

static inline void
identity_add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX      context;
  X509_EXTENSION *extension;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* @issuer: (nullable): NULL for one that signs itself */
static inline Identity *
identity_new (const IdentityRecipe *recipe, const Identity *issuer)
{
  Identity   *self = g_new0 (Identity, 1);
  X509       *x = X509_new ();
  X509       *signer = issuer != NULL ? issuer->certificate : x;
  const char *name = recipe->common_name != NULL ? recipe->common_name : "Test";

  self->certificate = x;
  self->key = recipe->rsa_bits > 0 ? EVP_RSA_gen (recipe->rsa_bits)
                                   : EVP_EC_gen (recipe->curve != NULL ? recipe->curve : "P-256");
  g_assert_nonnull (self->key);
  X509_set_version (x, 2);
  ASN1_INTEGER_set_uint64 (X509_get_serialNumber (x), g_random_int ());
  X509_gmtime_adj (X509_getm_notBefore (x),
                   recipe->not_before_s != 0 ? recipe->not_before_s : -PEER_DAY_S);
  X509_gmtime_adj (X509_getm_notAfter (x),
                   recipe->not_after_s != 0 ? recipe->not_after_s : 10 * PEER_DAY_S);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (x), "CN", MBSTRING_ASC,
                              (const unsigned char *) name, -1, -1, 0);
  X509_set_issuer_name (x, X509_get_subject_name (signer));
  X509_set_pubkey (x, self->key);
  identity_add_extension (x, signer, NID_subject_key_identifier, "hash");
  if (recipe->alt_names == NULL)
    identity_add_extension (x, signer, NID_basic_constraints, "critical,CA:TRUE");
  else if (*recipe->alt_names != '\0')
    identity_add_extension (x, signer, NID_subject_alt_name, recipe->alt_names);
  g_assert_cmpint (X509_sign (x, issuer != NULL ? issuer->key : self->key,
                              recipe->is_sha1 ? EVP_sha1 () : EVP_sha256 ()),
                   >, 0);

  return self;
}

static inline void
identity_free (Identity *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Identity, identity_free)

static inline Identity *
identity_new_authority (void)
{
  const IdentityRecipe recipe = { .common_name = "Test authority" };

  return identity_new (&recipe, NULL);
}

static inline Identity *
identity_new_server (const char *alt_names, const Identity *issuer)
{
  const IdentityRecipe recipe = { .alt_names = alt_names };

  return identity_new (&recipe, issuer);
}

/* A list by @issuer that revokes @revoked; @age_days old. */
static inline X509_CRL *
identity_revoke (const Identity *issuer, const Identity *revoked, int age_days)
{
  X509_CRL     *crl = X509_CRL_new ();
  X509_REVOKED *entry = X509_REVOKED_new ();
  ASN1_TIME    *made = X509_gmtime_adj (NULL, -age_days * PEER_DAY_S - PEER_DAY_S);
  ASN1_TIME    *next = X509_gmtime_adj (NULL, -age_days * PEER_DAY_S + PEER_DAY_S);

  X509_CRL_set_version (crl, 1);
  X509_CRL_set_issuer_name (crl, X509_get_subject_name (issuer->certificate));
  X509_CRL_set1_lastUpdate (crl, made);
  X509_CRL_set1_nextUpdate (crl, next);
  X509_REVOKED_set_serialNumber (entry, X509_get_serialNumber (revoked->certificate));
  X509_REVOKED_set_revocationDate (entry, made);
  X509_CRL_add0_revoked (crl, entry);
  g_assert_cmpint (X509_CRL_sign (crl, issuer->key, EVP_sha256 ()), >, 0);
  ASN1_TIME_free (made);
  ASN1_TIME_free (next);

  return crl;
}

typedef enum
{
  PEM_CERTIFICATE = 1 << 0,
  PEM_KEY = 1 << 1,
  PEM_LOCKED_KEY = 1 << 2,
} PemParts;

/* Returns: (transfer full): the path of a file, for pem_remove() */
static inline char *
identity_save (const Identity *self, PemParts parts, X509_CRL *crl)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int   fd = g_file_open_tmp ("pj-pem-XXXXXX", &path, &error);
  BIO  *bio;

  g_assert_no_error (error);
  close (fd);
  bio = BIO_new_file (path, "w");
  if (parts & PEM_CERTIFICATE)
    PEM_write_bio_X509 (bio, self->certificate);
  if (parts & PEM_KEY)
    PEM_write_bio_PrivateKey (bio, self->key, NULL, NULL, 0, NULL, NULL);
  if (parts & PEM_LOCKED_KEY)
    PEM_write_bio_PrivateKey_traditional (bio, self->key, EVP_aes_256_cbc (),
                                          (const unsigned char *) "open", 4, NULL, NULL);
  if (crl != NULL)
    PEM_write_bio_X509_CRL (bio, crl);
  BIO_free (bio);

  return path;
}

static inline void
pem_remove (char *path)
{
  g_remove (path);
  g_free (path);
}

/* A server's side; @max_version: as TLS1_2_VERSION, or 0 */
static inline SSL_CTX *
peer_context_new (const Identity *identity, const Identity *issuer, int max_version)
{
  SSL_CTX *context = SSL_CTX_new (TLS_server_method ());

  /* It shows anything: what is weak is for the client to refuse. */
  SSL_CTX_set_security_level (context, 0);
  SSL_CTX_set_cipher_list (context, "DEFAULT:@SECLEVEL=0");
  g_assert_cmpint (SSL_CTX_use_certificate (context, identity->certificate), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey (context, identity->key), ==, 1);
  if (issuer != NULL)
    SSL_CTX_add1_chain_cert (context, issuer->certificate);
  if (max_version != 0)
    SSL_CTX_set_max_proto_version (context, max_version);
  SSL_CTX_set_session_id_context (context, (const unsigned char *) "peer", 4);

  return context;
}

/* Both ends of one connection in memory. */
typedef struct
{
  PjTls *tls;
  SSL   *client; /* of @tls */
  SSL   *server;
} Peer;

static inline Peer *
peer_new (PjTls *tls, SSL_CTX *context)
{
  Peer *self = g_new0 (Peer, 1);
  BIO  *near = NULL;
  BIO  *far = NULL;

  g_assert_nonnull (tls);
  self->tls = tls;
  self->client = pj_tls_get_ssl (tls);
  self->server = SSL_new (context);
  g_assert_cmpint (BIO_new_bio_pair (&near, 1 << 17, &far, 1 << 17), ==, 1);
  SSL_set_bio (self->client, near, near);
  SSL_set_bio (self->server, far, far);
  SSL_set_accept_state (self->server);

  return self;
}

static inline void
peer_free (Peer *self)
{
  SSL_free (self->server);
  pj_tls_free (self->tls);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

/* Plays the handshake and one line of the server's, as the stream would. */
static inline gboolean
peer_shake_hands (Peer *self, GError **error)
{
  char line[8];
  int  result;

  for (guint i = 0; i < 16; i++)
    {
      ERR_clear_error ();
      result = SSL_do_handshake (self->client);
      if (result != 1 && SSL_get_error (self->client, result) != SSL_ERROR_WANT_READ)
        return pj_tls_set_error (self->tls, error);

      ERR_clear_error ();
      if (result == 1 && SSL_do_handshake (self->server) == 1)
        break;
      SSL_do_handshake (self->server);
    }

  g_assert_true (SSL_is_init_finished (self->client));
  if (!pj_tls_check_peer (self->tls, error))
    return FALSE;

  SSL_write (self->server, "+OK\r\n", 5);
  ERR_clear_error ();
  result = SSL_read (self->client, line, sizeof line);
  if (result <= 0)
    return pj_tls_set_error (self->tls, error);

  return TRUE;
}
