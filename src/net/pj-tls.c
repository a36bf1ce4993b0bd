/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls.h"

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/pj-fingerprint.h"
#include "net/pj-certificate.h"
#include "net/pj-channel-binding.h"
#include "net/pj-net-error.h"
#include "net/pj-tls-context.h"
#include "net/pj-tls-failure.h"
#include "net/pj-tls-session.h"

/**
 * PjTls:
 *
 * The client's side of one TLS connection: what is demanded of the server,
 * and in words what it failed at. It moves no bytes.
 *
 * Without a pin the chain must lead to the system's trust store or to the
 * account's CA file, and the certificate must name the host that the user
 * typed in its subjectAltName (RFC 7817); the common name is not looked at.
 * With a pin exactly that certificate is accepted. One session on one thread
 * owns it.
 */
struct _PjTls
{
  /* Owned */
  SSL_CTX *context;
  SSL *ssl;
  char *host;
  PjTlsDemand *demand;
  X509 *rejected;      /* the server's certificate when it was not accepted */
  SSL_SESSION *ticket; /* the last one that the server gave */

  /* Plain */
  int verify_error;
};

static PjTls *
tls_of_store (X509_STORE_CTX *store)
{
  SSL *ssl = X509_STORE_CTX_get_ex_data (store, SSL_get_ex_data_X509_STORE_CTX_idx ());

  return SSL_get_app_data (ssl);
}

/* OpenSSL forgets the certificate of a handshake that failed; the user wants
 * to know what was wrong with it. */
static void
reject (PjTls *self, X509 *leaf, int verify_error)
{
  if (self->rejected == NULL && leaf != NULL && X509_up_ref (leaf) == 1)
    {
      self->rejected = leaf;
      self->verify_error = verify_error;
    }
}

/* The first fault is the one to tell. */
static int
on_verify (int is_good, X509_STORE_CTX *store)
{
  int fault = X509_STORE_CTX_get_error (store);

  /* Lists of revoked certificates come with the CA file or not at all, and
   * an old list is right in what it holds. */
  if (!is_good && (fault == X509_V_ERR_UNABLE_TO_GET_CRL || fault == X509_V_ERR_CRL_HAS_EXPIRED))
    {
      X509_STORE_CTX_set_error (store, X509_V_OK);
      return 1;
    }

  if (!is_good)
    reject (tls_of_store (store), X509_STORE_CTX_get0_cert (store), fault);

  return is_good;
}

/* In place of all other verification. */
static int
on_verify_pin (X509_STORE_CTX *store, void *data)
{
  PjTls *self = tls_of_store (store);
  X509 *leaf = X509_STORE_CTX_get0_cert (store);

  if (leaf != NULL && pj_certificate_has_fingerprint (leaf, self->demand->pin))
    return 1;

  reject (self, leaf, X509_V_ERR_APPLICATION_VERIFICATION);
  X509_STORE_CTX_set_error (store, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

/* Returns: whether the reference to @session is kept */
static int
on_session_given (SSL *ssl, SSL_SESSION *session)
{
  PjTls *self = SSL_get_app_data (ssl);

  g_clear_pointer (&self->ticket, SSL_SESSION_free);
  self->ticket = session;

  return 1;
}

static gboolean
take_pin (PjTls *self, GError **error)
{
  g_autofree char *given = g_steal_pointer (&self->demand->pin);

  if (given == NULL)
    return TRUE;

  self->demand->pin = pj_fingerprint_parse (given);
  if (self->demand->pin != NULL)
    return TRUE;

  g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING,
                       "The fingerprint that the account is pinned to is not a SHA-256");
  return FALSE;
}

static gboolean
demand_host (PjTls *self)
{
  X509_VERIFY_PARAM *param = SSL_get0_param (self->ssl);

  X509_VERIFY_PARAM_set_hostflags (param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                              X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_CRL_CHECK);
  if (g_hostname_is_ip_address (self->host))
    return X509_VERIFY_PARAM_set1_ip_asc (param, self->host) == 1;

  /* The length: a host name with NUL inside cannot get here, but 0 would
   * mean "measure it", and an empty name would switch the check off. */
  return *self->host != '\0' && SSL_set1_host (self->ssl, self->host) == 1 &&
         SSL_set_tlsext_host_name (self->ssl, self->host) == 1;
}

static gboolean
begin (PjTls *self, GError **error)
{
  SSL_CTX_set_verify (self->context, SSL_VERIFY_PEER, on_verify);
  if (self->demand->pin != NULL)
    SSL_CTX_set_cert_verify_callback (self->context, on_verify_pin, NULL);
  SSL_CTX_sess_set_new_cb (self->context, on_session_given);

  self->ssl = SSL_new (self->context);
  if (self->ssl != NULL)
    {
      SSL_set_app_data (self->ssl, self);
      SSL_set_connect_state (self->ssl);
    }
  if (self->ssl == NULL || !demand_host (self))
    {
      ERR_clear_error ();
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                           "The server's name cannot be checked in a certificate");
      return FALSE;
    }

  pj_tls_session_offer (self->ssl, self->host, self->demand);
  return TRUE;
}

/**
 * pj_tls_new: (skip)
 * @host: the server as the user typed it
 * @demand: (nullable): what is asked of it; copied; %NULL for the default
 * @error: return location; %PJ_NET_ERROR_SETTING or %PJ_NET_ERROR_TLS
 *
 * Returns: (transfer full): a client that has not begun
 */
PjTls *
pj_tls_new (const char *host, const PjTlsDemand *demand, GError **error)
{
  g_autoptr (PjTls) self = NULL;
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (host != NULL, NULL);

  self = g_new0 (PjTls, 1);
  /* Certificates hold the ASCII form of an international name (RFC 5890). */
  ascii = g_hostname_to_ascii (host);
  self->host = g_strdup (ascii != NULL ? ascii : host);
  self->demand = demand != NULL ? pj_tls_demand_copy (demand) : pj_tls_demand_new ();
  if (!take_pin (self, error))
    return NULL;

  self->context = pj_tls_context_new (self->demand, error);
  if (self->context == NULL || !begin (self, error))
    return NULL;

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
  SSL_SESSION_free (self->ticket);
  pj_tls_demand_free (self->demand);
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

static void
set_certificate_error (PjTls *self, GError **error)
{
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (self->rejected);
  g_autofree char *summary = pj_certificate_dup_summary (self->rejected);
  g_autofree char *words = NULL;

  if (self->demand->pin != NULL)
    words = pj_certificate_explain_change (self->rejected, self->demand->pin,
                                           self->demand->pin_summary);
  else
    words = pj_certificate_explain_fault (self->rejected, self->verify_error, self->host,
                                          g_get_real_time () / G_USEC_PER_SEC);
  pj_net_error_set_certificate (error, fingerprint, summary, words);
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
  g_autofree char *words = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  words = pj_tls_failure_explain (ERR_peek_error ());
  if (self->rejected != NULL)
    set_certificate_error (self, error);
  else
    g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS, words);
  ERR_clear_error ();

  return FALSE;
}

/**
 * pj_tls_check_peer:
 * @self: a client whose handshake has just succeeded
 * @error: return location; %PJ_NET_ERROR_CERTIFICATE
 *
 * Looks at the certificate once more: OpenSSL verifies none when it resumes a
 * session, and the pin holds there too.
 *
 * Returns: whether the server is who it must be
 */
gboolean
pj_tls_check_peer (PjTls *self, GError **error)
{
  X509 *leaf;

  g_return_val_if_fail (self != NULL, FALSE);

  leaf = SSL_get0_peer_certificate (self->ssl);
  if (leaf == NULL)
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                           "The server showed no certificate");
      return FALSE;
    }

  if (self->demand->pin == NULL || pj_certificate_has_fingerprint (leaf, self->demand->pin))
    return TRUE;

  reject (self, leaf, X509_V_ERR_APPLICATION_VERIFICATION);
  return pj_tls_set_error (self, error);
}

/**
 * pj_tls_dup_session:
 * @self: a client after its handshake; a TLS 1.3 server sends what this needs
 *   with or after its first words
 *
 * Returns: (transfer full) (nullable): for the `session` of the next
 *   connection's #PjTlsDemand; %NULL while the server has given none
 */
GBytes *
pj_tls_dup_session (PjTls *self)
{
  SSL_SESSION *session;

  g_return_val_if_fail (self != NULL, NULL);

  session = self->ticket;
  /* Before TLS 1.3 a session that was resumed may be resumed again; from then
   * on each ticket is for one use (RFC 8446 appendix C.4). */
  if (session == NULL && SSL_version (self->ssl) < TLS1_3_VERSION)
    session = SSL_get0_session (self->ssl);

  return session != NULL ? pj_tls_session_to_bytes (session) : NULL;
}

/**
 * pj_tls_is_resumed:
 * @self: a client after its handshake
 *
 * Returns: whether the server took up the session that was offered
 */
gboolean
pj_tls_is_resumed (PjTls *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return SSL_session_reused (self->ssl) == 1;
}

/**
 * pj_tls_dup_protocol:
 * @self: a client after its handshake
 *
 * Returns: (transfer full): protocol and cipher suite, and that it is resumed
 *   where the server's certificate was not verified anew
 */
char *
pj_tls_dup_protocol (PjTls *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s, %s%s", SSL_get_version (self->ssl), SSL_get_cipher_name (self->ssl),
                          pj_tls_is_resumed (self) ? ", resumed" : "");
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

/**
 * pj_tls_dup_channel_binding:
 * @self: a client after its handshake
 * @type: as for pj_channel_binding_dup()
 *
 * Returns: (transfer full) (nullable): what ties a login to this connection;
 *   %NULL when it has none of that type
 */
GBytes *
pj_tls_dup_channel_binding (PjTls *self, const char *type)
{
  g_return_val_if_fail (self != NULL && type != NULL, NULL);

  return pj_channel_binding_dup (self->ssl, type);
}
