/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-context.h"

#include <openssl/err.h>

#include "net/pj-net-error.h"
#include "net/pj-trust-store.h"

/* 112 bits: RSA of 2048, no SHA-1 (RFC 9325 section 4; what Debian's OpenSSL
 * asks as well). An administrator may have asked for more. */
#define SECURITY_LEVEL 2

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)

static gboolean
refuse_file (const char *path, const char *fault, GError **error)
{
  ERR_clear_error ();
  g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING, "%s: %s", path, fault);

  return FALSE;
}

/* As refuse_file(), where the file may be missing or locked away as well.
 * Returns: FALSE, to be returned */
static gboolean
refuse_unreadable (const char *path, const char *what, const char *fault, GError **error)
{
  unsigned long code = ERR_peek_error ();
  g_autofree char *words = NULL;

  if (ERR_SYSTEM_ERROR (code))
    words = g_strdup_printf ("%s cannot be read: %s", what, g_strerror (ERR_GET_REASON (code)));
  else
    words = g_strdup_printf ("%s %s", what, fault);

  return refuse_file (path, words, error);
}

static gboolean
fail (GError **error)
{
  ERR_clear_error ();
  g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS, "TLS cannot be set up");

  return FALSE;
}

static gboolean
trust_system (SSL_CTX *context, GError **error)
{
  X509_STORE *store = pj_trust_store_dup_system (g_get_monotonic_time ());

  if (store == NULL)
    return fail (error);

  SSL_CTX_set_cert_store (context, store);
  return TRUE;
}

static gboolean
load_trust (SSL_CTX *context, const char *ca_file, GError **error)
{
  if (ca_file == NULL)
    return trust_system (context, error);

  if (SSL_CTX_load_verify_file (context, ca_file) == 1)
    return TRUE;

  return refuse_unreadable (ca_file, "The CA file", "cannot be read as PEM certificates", error);
}

/* OpenSSL would ask on the terminal. */
static int
on_passphrase_wanted (char *buffer, int size, int is_for_writing, void *user_data)
{
  gboolean *is_locked = user_data;

  *is_locked = TRUE;
  return -1;
}

static gboolean
load_client_certificate (SSL_CTX *context, const char *path, GError **error)
{
  gboolean is_locked = FALSE;
  gboolean is_loaded;

  SSL_CTX_set_default_passwd_cb (context, on_passphrase_wanted);
  SSL_CTX_set_default_passwd_cb_userdata (context, &is_locked);
  if (SSL_CTX_use_certificate_chain_file (context, path) != 1)
    return refuse_unreadable (path, "The client certificate",
                              "cannot be read as PEM, or is too weak", error);

  is_loaded = SSL_CTX_use_PrivateKey_file (context, path, SSL_FILETYPE_PEM) == 1;
  SSL_CTX_set_default_passwd_cb_userdata (context, NULL);
  if (is_locked)
    return refuse_file (path, "The key is protected by a passphrase, which is not supported",
                        error);

  if (!is_loaded)
    return refuse_file (path, "The file holds no key that belongs to the client certificate",
                        error);

  return TRUE;
}

static void
set_rules (SSL_CTX *context)
{
  if (SSL_CTX_get_security_level (context) < SECURITY_LEVEL)
    SSL_CTX_set_security_level (context, SECURITY_LEVEL);
  SSL_CTX_set_options (context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode (context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  /* Sessions outlive the context: they are the caller's to keep. */
  SSL_CTX_set_session_cache_mode (context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
}

/**
 * pj_tls_context_new: (skip)
 * @demand: what is asked of the server
 * @error: return location; %PJ_NET_ERROR_SETTING when a file of the demand
 *   cannot be used, %PJ_NET_ERROR_TLS
 *
 * Sets up what does not depend on the host: TLS 1.2 or later (RFC 8997), no
 * renegotiation and no compression (RFC 9325 section 3), whom to trust, and
 * the user's own certificate. Reads files; the system's trust store is shared.
 *
 * Returns: (transfer full): to be freed with SSL_CTX_free()
 */
SSL_CTX *
pj_tls_context_new (const PjTlsDemand *demand, GError **error)
{
  g_autoptr (SSL_CTX) context = SSL_CTX_new (TLS_client_method ());

  g_return_val_if_fail (demand != NULL, NULL);

  if (context == NULL || SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) != 1)
    {
      fail (error);
      return NULL;
    }

  set_rules (context);
  if (demand->pin == NULL && !load_trust (context, demand->ca_file, error))
    return NULL;

  if (demand->client_certificate != NULL &&
      !load_client_certificate (context, demand->client_certificate, error))
    return NULL;

  return g_steal_pointer (&context);
}
