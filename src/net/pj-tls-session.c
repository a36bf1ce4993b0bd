/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-session.h"

#include <openssl/err.h>
#include <string.h>

#include "net/pj-certificate.h"

/*
 * A resumed session is not verified again: what was found of the server's
 * certificate at its first handshake stands. So it may only be offered where
 * the same would be demanded. OpenSSL's session id context says which demand
 * a session came from, and travels with it.
 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_SESSION, SSL_SESSION_free)

typedef struct
{
  unsigned char *bytes;
  gsize len;
} Secret;

/* The key of the session is in it. */
static void
secret_free (gpointer data)
{
  Secret *secret = data;

  OPENSSL_clear_free (secret->bytes, secret->len);
  g_free (secret);
}

static void
add_text (GChecksum *digest, const char *text)
{
  /* The NUL keeps "ab", "c" from "a", "bc", and no text from an empty one. */
  if (text != NULL)
    g_checksum_update (digest, (const guchar *) text, (gssize) strlen (text) + 1);
  g_checksum_update (digest, (const guchar *) "\n", 1);
}

/* @context: SSL_MAX_SID_CTX_LENGTH bytes, which is what SHA-256 has */
static void
digest_demand (const char *host, const PjTlsDemand *demand, guint8 *context)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  gsize len = SSL_MAX_SID_CTX_LENGTH;

  add_text (digest, host);
  add_text (digest, demand->ca_file);
  add_text (digest, demand->pin);
  add_text (digest, demand->client_certificate);
  g_checksum_get_digest (digest, context, &len);
  g_assert (len == SSL_MAX_SID_CTX_LENGTH);
}

static SSL_SESSION *
parse (GBytes *bytes)
{
  gsize size;
  const unsigned char *start = g_bytes_get_data (bytes, &size);
  const unsigned char *end = start;
  g_autoptr (SSL_SESSION) session = NULL;

  if (size == 0 || size > G_MAXINT)
    return NULL;

  session = d2i_SSL_SESSION (NULL, &end, (long) size);
  return end == start + size ? g_steal_pointer (&session) : NULL;
}

static gboolean
has_context (const SSL_SESSION *session, const guint8 *context)
{
  unsigned int len = 0;
  const unsigned char *own = SSL_SESSION_get0_id_context (session, &len);

  return len == SSL_MAX_SID_CTX_LENGTH && memcmp (own, context, len) == 0;
}

/* What the handshake that is saved would have to find out today. */
static gboolean
has_good_certificate (SSL_SESSION *session, const PjTlsDemand *demand)
{
  X509 *certificate = SSL_SESSION_get0_peer (session);

  if (certificate == NULL)
    return FALSE;

  if (demand->pin != NULL)
    return pj_certificate_has_fingerprint (certificate, demand->pin);

  return X509_cmp_current_time (X509_get0_notAfter (certificate)) > 0;
}

/**
 * pj_tls_session_offer: (skip)
 * @ssl: a client that has not begun
 * @host: in ASCII, as it is verified
 * @demand: what is asked; its pin, if any, as of pj_fingerprint_parse()
 *
 * Marks the sessions that @ssl will get as made under @demand, and offers
 * the one that @demand holds, if it was made under the same and its
 * certificate would still do. Any other is silently left out, and so is every
 * one where there is a client certificate to show: in a resumed session none is
 * shown, and a server may then miss it.
 *
 * Reference: RFC 8446 section 2.2, RFC 5077.
 */
void
pj_tls_session_offer (SSL *ssl, const char *host, const PjTlsDemand *demand)
{
  g_autoptr (SSL_SESSION) session = NULL;
  guint8 context[SSL_MAX_SID_CTX_LENGTH];

  g_return_if_fail (ssl != NULL && host != NULL && demand != NULL);

  digest_demand (host, demand, context);
  SSL_set_session_id_context (ssl, context, sizeof context);
  if (demand->session == NULL || demand->client_certificate != NULL)
    return;

  session = parse (demand->session);
  if (session != NULL && SSL_SESSION_is_resumable (session) && has_context (session, context) &&
      SSL_SESSION_get_protocol_version (session) >= TLS1_2_VERSION &&
      has_good_certificate (session, demand))
    SSL_set_session (ssl, session);
  ERR_clear_error ();
}

/**
 * pj_tls_session_to_bytes: (skip)
 * @session: a session
 *
 * Returns: (transfer full) (nullable): all that is needed to resume it,
 *   secrets included, wiped when freed; %NULL when that cannot be done
 */
GBytes *
pj_tls_session_to_bytes (SSL_SESSION *session)
{
  unsigned char *bytes = NULL;
  Secret *secret;
  int len;

  g_return_val_if_fail (session != NULL, NULL);

  len = SSL_SESSION_is_resumable (session) ? i2d_SSL_SESSION (session, &bytes) : 0;
  if (len <= 0)
    {
      ERR_clear_error ();
      return NULL;
    }

  secret = g_new (Secret, 1);
  secret->bytes = bytes;
  secret->len = (gsize) len;

  return g_bytes_new_with_free_func (bytes, secret->len, secret_free, secret);
}
