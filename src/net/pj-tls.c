/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls.h"

#include <string.h>

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "net/pj-certificate.h"
#include "net/pj-net-error.h"

/**
 * PjTls:
 *
 * The client's side of one TLS connection: what is demanded of the server,
 * and in words what it failed at. It moves no bytes.
 *
 * TLS 1.2 or later (RFC 8997); the chain must lead to the system's trust
 * store or to the account's CA file, and the certificate must name the host
 * that the user typed in its subjectAltName (RFC 7817); the common name is
 * not looked at. One session on one thread owns it.
 */
struct _PjTls
{
  SSL_CTX *context;
  SSL *ssl;
  char *host;

  X509 *rejected; /* the server's certificate when it was not accepted */
  int verify_error;
};

static PjTls *
tls_of_store (X509_STORE_CTX *store)
{
  SSL *ssl = X509_STORE_CTX_get_ex_data (store, SSL_get_ex_data_X509_STORE_CTX_idx ());

  return SSL_get_app_data (ssl);
}

/* OpenSSL forgets the certificate of a handshake that failed; the user wants
 * to know what was wrong with it. The first fault is the one to tell. */
static int
on_verify (int is_good, X509_STORE_CTX *store)
{
  PjTls *self = tls_of_store (store);

  if (!is_good && self->rejected == NULL)
    {
      X509 *leaf = X509_STORE_CTX_get0_cert (store);

      if (leaf != NULL && X509_up_ref (leaf) == 1)
        self->rejected = leaf;
      self->verify_error = X509_STORE_CTX_get_error (store);
    }

  return is_good;
}

static gboolean
load_trust (PjTls *self, const char *ca_file, GError **error)
{
  if (ca_file == NULL)
    {
      SSL_CTX_set_default_verify_paths (self->context);
      return TRUE;
    }

  if (SSL_CTX_load_verify_file (self->context, ca_file) == 1)
    return TRUE;

  ERR_clear_error ();
  g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING,
               "The CA file %s cannot be read as PEM certificates", ca_file);
  return FALSE;
}

static gboolean
demand_host (PjTls *self)
{
  X509_VERIFY_PARAM *param = SSL_get0_param (self->ssl);

  X509_VERIFY_PARAM_set_hostflags (param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                              X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (g_hostname_is_ip_address (self->host))
    return X509_VERIFY_PARAM_set1_ip_asc (param, self->host) == 1;

  /* The length: a host name with NUL inside cannot get here, but 0 would
   * mean "measure it", and an empty name would switch the check off. */
  return *self->host != '\0' && SSL_set1_host (self->ssl, self->host) == 1 &&
         SSL_set_tlsext_host_name (self->ssl, self->host) == 1;
}

/**
 * pj_tls_new: (skip)
 * @host: the server as the user typed it
 * @ca_file: (nullable): PEM file to trust instead of the system's store
 * @error: return location; %PJ_NET_ERROR_SETTING or %PJ_NET_ERROR_TLS
 *
 * Returns: (transfer full): a client that has not begun
 */
PjTls *
pj_tls_new (const char *host, const char *ca_file, GError **error)
{
  g_autoptr (PjTls) self = g_new0 (PjTls, 1);
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (host != NULL, NULL);

  /* Certificates hold the ASCII form of an international name (RFC 5890). */
  ascii = g_hostname_to_ascii (host);
  self->host = g_strdup (ascii != NULL ? ascii : host);
  self->context = SSL_CTX_new (TLS_client_method ());
  if (self->context == NULL || SSL_CTX_set_min_proto_version (self->context, TLS1_2_VERSION) != 1)
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS, "TLS cannot be set up");
      return NULL;
    }

  SSL_CTX_set_mode (self->context,
                    SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_verify (self->context, SSL_VERIFY_PEER, on_verify);
  if (!load_trust (self, ca_file, error))
    return NULL;

  self->ssl = SSL_new (self->context);
  SSL_set_app_data (self->ssl, self);
  SSL_set_connect_state (self->ssl);
  if (!demand_host (self))
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                           "The server's name cannot be checked in a certificate");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * pj_tls_free: (skip)
 * @self: (transfer full) (nullable): the client
 */
void
pj_tls_free (PjTls *self)
{
  if (self == NULL)
    return;

  SSL_free (self->ssl);
  SSL_CTX_free (self->context);
  X509_free (self->rejected);
  g_free (self->host);
  g_free (self);
}

/**
 * pj_tls_get_ssl: (skip)
 * @self: the client
 *
 * Returns: (transfer none): OpenSSL's side of it
 */
SSL *
pj_tls_get_ssl (PjTls *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ssl;
}

/**
 * pj_tls_set_error:
 * @self: the client
 * @error: return location; %PJ_NET_ERROR_CERTIFICATE when the server's
 *   certificate was refused, %PJ_NET_ERROR_TLS otherwise
 *
 * Puts OpenSSL's last failure on this thread into words and clears it.
 *
 * Returns: %FALSE, to be returned
 */
gboolean
pj_tls_set_error (PjTls *self, GError **error)
{
  unsigned long code = ERR_peek_error ();
  const char *reason = code != 0 ? ERR_reason_error_string (code) : NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->rejected != NULL)
    {
      g_autofree char *words = pj_certificate_explain_fault (
          self->rejected, self->verify_error, self->host, g_get_real_time () / G_USEC_PER_SEC);

      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE, words);
    }
  else if (ERR_GET_LIB (code) == ERR_LIB_SSL && ERR_GET_REASON (code) == SSL_R_WRONG_VERSION_NUMBER)
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                           "The server does not speak TLS on this port");
    }
  else
    {
      g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS, "TLS failed: %s",
                   reason != NULL ? reason : "no reason given");
    }
  ERR_clear_error ();

  return FALSE;
}

/**
 * pj_tls_dup_protocol:
 * @self: a client after its handshake
 *
 * Returns: (transfer full): protocol and cipher suite
 */
char *
pj_tls_dup_protocol (PjTls *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s, %s", SSL_get_version (self->ssl), SSL_get_cipher_name (self->ssl));
}

/**
 * pj_tls_dup_certificate:
 * @self: a client after its handshake
 *
 * Returns: (transfer full): what the server's certificate says
 */
char *
pj_tls_dup_certificate (PjTls *self)
{
  X509 *certificate;

  g_return_val_if_fail (self != NULL, NULL);

  certificate = SSL_get0_peer_certificate (self->ssl);
  return certificate != NULL ? pj_certificate_dup_summary (certificate) : g_strdup ("none");
}

/* RFC 9266 section 2. */
#define EXPORTER_LABEL "EXPORTER-Channel-Binding"
#define EXPORTER_BYTES 32

/* Before TLS 1.3 it would hold only with an extended master secret and
 * without renegotiation (RFC 9266 section 4). */
static GBytes *
export_binding (SSL *ssl)
{
  guchar exported[EXPORTER_BYTES];

  if (SSL_version (ssl) < TLS1_3_VERSION ||
      SSL_export_keying_material (ssl, exported, sizeof exported, EXPORTER_LABEL,
                                  strlen (EXPORTER_LABEL), NULL, 0, 0) != 1)
    return NULL;

  return g_bytes_new (exported, sizeof exported);
}

/* RFC 5929 section 4.1: the certificate's hash by its own signature's hash
 * function, SHA-256 in place of MD5 and SHA-1; undefined for a signature
 * without one, such as Ed25519's. */
static GBytes *
hash_certificate (X509 *certificate)
{
  guchar digest[EVP_MAX_MD_SIZE];
  const EVP_MD *function;
  unsigned len = 0;
  int nid = NID_undef;

  if (certificate == NULL || X509_get_signature_info (certificate, &nid, NULL, NULL, NULL) != 1 ||
      nid == NID_undef)
    return NULL;

  function = nid == NID_md5 || nid == NID_sha1 ? EVP_sha256 () : EVP_get_digestbynid (nid);
  if (function == NULL || X509_digest (certificate, function, digest, &len) != 1)
    return NULL;

  return g_bytes_new (digest, len);
}

/**
 * pj_tls_dup_channel_binding:
 * @self: a client after its handshake
 * @type: "tls-exporter" or "tls-server-end-point"
 *
 * What ties a login to this connection and no other.
 *
 * Reference: RFC 9266, RFC 5929 section 4.
 *
 * Returns: (transfer full) (nullable): the data; %NULL when this connection
 *   has none of that type
 */
GBytes *
pj_tls_dup_channel_binding (PjTls *self, const char *type)
{
  GBytes *binding = NULL;

  g_return_val_if_fail (self != NULL && type != NULL, NULL);

  if (g_str_equal (type, "tls-exporter"))
    binding = export_binding (self->ssl);
  else if (g_str_equal (type, "tls-server-end-point"))
    binding = hash_certificate (SSL_get0_peer_certificate (self->ssl));
  ERR_clear_error ();

  return binding;
}
