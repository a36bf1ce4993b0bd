/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* One demo run or one test; nobody keeps the authority longer. */
#define LIFE_S (30L * 24 * 60 * 60)
#define DAY_S (24L * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

typedef struct
{
  const char *common_name;
  const char *alt_names; /* (nullable): as OpenSSL writes them; NULL for an authority */
  long not_before_s;     /* from now */
  long not_after_s;
} Recipe;

static const Recipe authority_recipe = { "Popinjay demo authority", NULL, -DAY_S, LIFE_S };

#define LOCAL_NAMES "DNS:localhost,IP:127.0.0.1"

static const Recipe recipes[] = {
  [PJ_DEMO_CERTIFICATE_GOOD] = { "localhost", LOCAL_NAMES, -DAY_S, LIFE_S },
  [PJ_DEMO_CERTIFICATE_OTHER_HOST] = { "mail.example.org", "DNS:mail.example.org", -DAY_S, LIFE_S },
  [PJ_DEMO_CERTIFICATE_EXPIRED] = { "localhost", LOCAL_NAMES, -LIFE_S, -DAY_S },
  [PJ_DEMO_CERTIFICATE_SELF_SIGNED] = { "localhost", LOCAL_NAMES, -DAY_S, LIFE_S },
};

/**
 * pj_demo_tls_set_error:
 * @error: return location
 * @what: what was tried, in English, for a log
 *
 * Sets %G_IO_ERROR_FAILED with the reason that OpenSSL left for this thread.
 */
void
pj_demo_tls_set_error (GError **error, const char *what)
{
  const char *reason = ERR_reason_error_string (ERR_peek_last_error ());

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what,
               reason == NULL ? "no reason given" : reason);
  ERR_clear_error ();
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = NULL;
  X509V3_CTX context;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);

  return extension != NULL && X509_add_ext (certificate, extension, -1);
}

static gboolean
add_extensions (X509 *certificate, X509 *issuer, const char *alt_names)
{
  if (!add_extension (certificate, issuer, NID_subject_key_identifier, "hash"))
    return FALSE;
  if (!add_extension (certificate, issuer, NID_authority_key_identifier, "keyid"))
    return FALSE;

  if (alt_names == NULL)
    {
      return add_extension (certificate, issuer, NID_basic_constraints, "critical,CA:TRUE") &&
             add_extension (certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    }

  return add_extension (certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension (certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
         add_extension (certificate, issuer, NID_ext_key_usage, "serverAuth") &&
         add_extension (certificate, issuer, NID_subject_alt_name, alt_names);
}

static gboolean
fill_certificate (X509 *certificate, const Recipe *recipe, EVP_PKEY *key, X509 *issuer)
{
  X509_NAME *name = X509_get_subject_name (certificate);
  guint64 serial = ((guint64) (g_random_int () >> 1) << 32) | g_random_int ();

  /* Version 3 is written as 2 (RFC 5280 section 4.1.2.1). */
  return X509_set_version (certificate, 2) &&
         ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate), serial) &&
         X509_gmtime_adj (X509_getm_notBefore (certificate), recipe->not_before_s) != NULL &&
         X509_gmtime_adj (X509_getm_notAfter (certificate), recipe->not_after_s) != NULL &&
         X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC,
                                     (const unsigned char *) recipe->common_name, -1, -1, 0) &&
         X509_set_issuer_name (certificate, X509_get_subject_name (issuer)) &&
         X509_set_pubkey (certificate, key) &&
         add_extensions (certificate, issuer, recipe->alt_names);
}

/* @issuer and @issuer_key are NULL for a certificate that signs itself. */
static X509 *
make_certificate (
    const Recipe *recipe, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key, GError **error)
{
  g_autoptr (X509) certificate = X509_new ();

  if (certificate == NULL ||
      !fill_certificate (certificate, recipe, key, issuer == NULL ? certificate : issuer) ||
      !X509_sign (certificate, issuer_key == NULL ? key : issuer_key, EVP_sha256 ()))
    {
      pj_demo_tls_set_error (error, "Making a certificate");
      return NULL;
    }

  return g_steal_pointer (&certificate);
}

static gboolean
save_certificate (X509 *certificate, const char *path, GError **error)
{
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());
  char *pem = NULL;
  long len;

  if (memory == NULL || !PEM_write_bio_X509 (memory, certificate))
    {
      pj_demo_tls_set_error (error, "Writing a certificate");
      return FALSE;
    }
  len = BIO_get_mem_data (memory, &pem);

  return g_file_set_contents (path, pem, len, error);
}

static SSL_CTX *
make_context (X509 *certificate, EVP_PKEY *key, GError **error)
{
  g_autoptr (SSL_CTX) context = SSL_CTX_new (TLS_server_method ());

  if (context == NULL || !SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) ||
      !SSL_CTX_use_certificate (context, certificate) || !SSL_CTX_use_PrivateKey (context, key))
    {
      pj_demo_tls_set_error (error, "Preparing TLS");
      return NULL;
    }
  SSL_CTX_set_mode (context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);

  return g_steal_pointer (&context);
}

/**
 * pj_demo_tls_context_new:
 * @kind: the certificate to show
 * @ca_file: where the certificate of a new throw-away authority is written,
 *   as PEM
 * @error: return location
 *
 * Makes an authority, a server key with its certificate, and a context for
 * TLS 1.2 or later. No private key leaves the memory of the process. The
 * authority has signed every kind but %PJ_DEMO_CERTIFICATE_SELF_SIGNED.
 * Any thread; takes milliseconds.
 *
 * Errors: %G_IO_ERROR_FAILED from OpenSSL, #GFileError for @ca_file.
 *
 * Returns: (transfer full): to be freed with SSL_CTX_free()
 */
SSL_CTX *
pj_demo_tls_context_new (PjDemoCertificate kind, const char *ca_file, GError **error)
{
  g_autoptr (EVP_PKEY) authority_key = NULL;
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) authority = NULL;
  g_autoptr (X509) certificate = NULL;
  gboolean by_itself = kind == PJ_DEMO_CERTIFICATE_SELF_SIGNED;

  g_return_val_if_fail (kind < G_N_ELEMENTS (recipes), NULL);
  g_return_val_if_fail (ca_file != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  authority_key = EVP_EC_gen ("P-256");
  key = EVP_EC_gen ("P-256");
  if (authority_key == NULL || key == NULL)
    {
      pj_demo_tls_set_error (error, "Making a key");
      return NULL;
    }

  authority = make_certificate (&authority_recipe, authority_key, NULL, NULL, error);
  if (authority == NULL || !save_certificate (authority, ca_file, error))
    return NULL;

  certificate = make_certificate (&recipes[kind], key, by_itself ? NULL : authority,
                                  by_itself ? NULL : authority_key, error);
  if (certificate == NULL)
    return NULL;

  return make_context (certificate, key, error);
}
