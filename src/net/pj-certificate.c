/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-certificate.h"

#include <gio/gio.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

#include "base/pj-text.h"

/* A certificate may carry hundreds of names; a sentence holds a few. */
#define MAX_NAMES 4
#define MAX_NAME_CHARS 100

#define SECONDS_PER_DAY (24 * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GENERAL_NAMES, GENERAL_NAMES_free)

/**
 * pj_certificate_dup_fingerprint:
 * @certificate: a certificate
 *
 * Returns: (transfer full): its SHA-256 as "AB:CD:…"
 */
char *
pj_certificate_dup_fingerprint (X509 *certificate)
{
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int len = 0;
  GString *text = g_string_new (NULL);

  if (X509_digest (certificate, EVP_sha256 (), digest, &len) != 1)
    len = 0;

  for (unsigned int i = 0; i < len; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);

  return g_string_free (text, FALSE);
}

/**
 * pj_certificate_has_fingerprint:
 * @certificate: a certificate
 * @fingerprint: as of pj_certificate_dup_fingerprint()
 *
 * Returns: whether it is the certificate with that fingerprint
 */
gboolean
pj_certificate_has_fingerprint (X509 *certificate, const char *fingerprint)
{
  g_autofree char *own = pj_certificate_dup_fingerprint (certificate);

  g_return_val_if_fail (fingerprint != NULL, FALSE);

  /* Without a digest there is no certificate to agree on. */
  return *own != '\0' && g_str_equal (own, fingerprint);
}

static char *
dup_ip (const ASN1_OCTET_STRING *ip)
{
  const unsigned char *bytes = ASN1_STRING_get0_data (ip);
  int len = ASN1_STRING_length (ip);
  GSocketFamily family = len == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) address = NULL;

  if (len != 4 && len != 16)
    return g_strdup ("?");

  address = g_inet_address_new_from_bytes (bytes, family);
  return g_inet_address_to_string (address);
}

static char *
dup_name (const GENERAL_NAME *name)
{
  const ASN1_STRING *text;

  if (name->type == GEN_IPADD)
    return dup_ip (name->d.iPAddress);

  if (name->type != GEN_DNS)
    return NULL;

  /* The length counts: a NUL inside must not end the name (CVE-2009-2666). */
  text = name->d.dNSName;
  return pj_text_clean_line ((const char *) ASN1_STRING_get0_data (text), ASN1_STRING_length (text),
                             MAX_NAME_CHARS);
}

/**
 * pj_certificate_dup_names:
 * @certificate: a certificate
 *
 * Returns: (transfer full): the hosts it was made out to (subjectAltName,
 *   RFC 6125), comma-separated, the first few of them; "" for none
 */
char *
pj_certificate_dup_names (X509 *certificate)
{
  g_autoptr (GENERAL_NAMES) names =
      X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);
  GString *text = g_string_new (NULL);
  guint shown = 0;

  for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num (names); i++)
    {
      g_autofree char *name = dup_name (sk_GENERAL_NAME_value (names, i));

      if (name == NULL)
        continue;

      if (shown++ == MAX_NAMES)
        {
          g_string_append (text, ", …");
          break;
        }
      g_string_append_printf (text, "%s%s", shown > 1 ? ", " : "", name);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_issuer (X509 *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data = NULL;
  long len;

  X509_NAME_print_ex (bio, X509_get_issuer_name (certificate), 0,
                      XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (bio, &data);

  return pj_text_clean_line (len > 0 ? data : "", len > 0 ? len : 0, MAX_NAME_CHARS);
}

static char *
dup_date (const ASN1_TIME *when)
{
  struct tm parts;

  if (ASN1_TIME_to_tm (when, &parts) != 1)
    return g_strdup ("?");

  return g_strdup_printf ("%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

/* For whom, by whom and how long. */
static char *
dup_claims (X509 *certificate)
{
  g_autofree char *names = pj_certificate_dup_names (certificate);
  g_autofree char *issuer = dup_issuer (certificate);
  g_autofree char *end = dup_date (X509_get0_notAfter (certificate));

  return g_strdup_printf ("for %s, by %s, until %s", *names != '\0' ? names : "no host", issuer,
                          end);
}

static gint64
seconds_since (const ASN1_TIME *when, gint64 now)
{
  struct tm parts;

  return ASN1_TIME_to_tm (when, &parts) == 1 ? now - (gint64) timegm (&parts) : 0;
}

static char *
dup_span (gint64 seconds)
{
  gint64 days = seconds / SECONDS_PER_DAY;

  if (days == 0)
    return g_strdup ("less than a day");

  return g_strdup_printf ("%" G_GINT64_FORMAT " day%s", days, days == 1 ? "" : "s");
}

static char *
explain_date (const ASN1_TIME *when, gboolean is_past, gint64 now)
{
  gint64 seconds = seconds_since (when, now);
  g_autofree char *date = dup_date (when);
  g_autofree char *span = dup_span (is_past ? seconds : -seconds);

  if (is_past)
    return g_strdup_printf ("The certificate expired %s ago, on %s", span, date);

  return g_strdup_printf ("The certificate is valid only in %s, from %s", span, date);
}

static char *
explain_name (X509 *certificate, const char *host)
{
  g_autofree char *names = pj_certificate_dup_names (certificate);

  if (*names == '\0')
    return g_strdup_printf ("The certificate names no host; you asked for %s", host);

  return g_strdup_printf ("The certificate is for %s; you asked for %s", names, host);
}

static char *
explain_weak_key (X509 *certificate)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate);

  if (key == NULL)
    return g_strdup ("The certificate's key is too weak");

  return g_strdup_printf ("The certificate's key is too weak: %s of %d bits",
                          EVP_PKEY_get0_type_name (key), EVP_PKEY_get_bits (key));
}

static char *
explain_weak_signature (X509 *certificate)
{
  int digest = NID_undef;

  /* Which certificate of the chain it is, OpenSSL does not say here. */
  if (X509_get_signature_info (certificate, &digest, NULL, NULL, NULL) == 1 &&
      (digest == NID_sha1 || digest == NID_md5))
    return g_strdup_printf ("The certificate's signature is too weak: %s", OBJ_nid2sn (digest));

  return g_strdup ("The signature of the certificate's issuer is too weak");
}

static char *
explain_chain (X509 *certificate, int verify_error)
{
  g_autofree char *issuer = dup_issuer (certificate);

  switch (verify_error)
    {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return g_strdup ("The certificate is signed by itself, by nobody you trust");
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return g_strdup_printf ("The issuer of the certificate is not known here: %s", issuer);
    case X509_V_ERR_EE_KEY_TOO_SMALL:
      return explain_weak_key (certificate);
    case X509_V_ERR_CA_KEY_TOO_SMALL:
      return g_strdup_printf ("The key of the certificate's issuer is too weak: %s", issuer);
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return explain_weak_signature (certificate);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return g_strdup_printf ("The certificate's signature is not that of its issuer: %s", issuer);
    case X509_V_ERR_CERT_REVOKED:
      return g_strdup ("The certificate was revoked by its issuer");
    default:
      return g_strdup_printf ("The certificate cannot be trusted: %s",
                              X509_verify_cert_error_string (verify_error));
    }
}

/**
 * pj_certificate_explain_fault:
 * @certificate: the one that failed
 * @verify_error: an `X509_V_ERR_…` of OpenSSL
 * @host: the server that was asked for
 * @now: seconds since 1970-01-01 UTC
 *
 * Says in English what is wrong and ends with the fingerprint, by which a
 * person can tell the certificate from another.
 *
 * Returns: (transfer full): the sentence
 */
char *
pj_certificate_explain_fault (X509 *certificate, int verify_error, const char *host, gint64 now)
{
  g_autofree char *fault = NULL;
  g_autofree char *fingerprint = NULL;

  g_return_val_if_fail (certificate != NULL && host != NULL, NULL);

  switch (verify_error)
    {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      fault = explain_date (X509_get0_notAfter (certificate), TRUE, now);
      break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      fault = explain_date (X509_get0_notBefore (certificate), FALSE, now);
      break;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      fault = explain_name (certificate, host);
      break;
    default:
      fault = explain_chain (certificate, verify_error);
    }

  fingerprint = pj_certificate_dup_fingerprint (certificate);
  return g_strdup_printf ("%s (SHA-256 %s)", fault, fingerprint);
}

/**
 * pj_certificate_explain_change:
 * @certificate: what the server shows
 * @pin: fingerprint of the one that the account is pinned to
 * @pin_summary: (nullable): what that one said of itself
 *
 * Says in English that @certificate is another than the pinned one, with all
 * that is known of both. The fingerprints come first: what follows may be cut
 * where it is shown.
 *
 * Returns: (transfer full): the sentences
 */
char *
pj_certificate_explain_change (X509 *certificate, const char *pin, const char *pin_summary)
{
  g_autofree char *shown = pj_certificate_dup_fingerprint (certificate);
  g_autofree char *said = dup_claims (certificate);
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (certificate != NULL && pin != NULL, NULL);

  g_string_append_printf (text,
                          "The server's certificate is not the pinned one. Pinned: SHA-256 %s. "
                          "Shown: SHA-256 %s, %s.",
                          pin, shown, said);
  if (pin_summary != NULL)
    g_string_append_printf (text, " The pinned one was %s.", pin_summary);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * pj_certificate_dup_summary:
 * @certificate: a certificate
 *
 * Returns: (transfer full): for whom, by whom and how long, in English
 */
char *
pj_certificate_dup_summary (X509 *certificate)
{
  g_autofree char *claims = dup_claims (certificate);
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (certificate);

  return g_strdup_printf ("%s, SHA-256 %s", claims, fingerprint);
}
