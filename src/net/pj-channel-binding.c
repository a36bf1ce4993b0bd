/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-channel-binding.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

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
 * pj_channel_binding_dup: (skip)
 * @ssl: a client after its handshake
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
pj_channel_binding_dup (SSL *ssl, const char *type)
{
  GBytes *binding = NULL;

  g_return_val_if_fail (ssl != NULL && type != NULL, NULL);

  if (g_str_equal (type, "tls-exporter"))
    binding = export_binding (ssl);
  else if (g_str_equal (type, "tls-server-end-point"))
    binding = hash_certificate (SSL_get0_peer_certificate (ssl));
  ERR_clear_error ();

  return binding;
}
