/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-certificate.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>

#define NOW 1767225600 /* 2026-01-01 00:00:00 UTC */
#define DAY (24 * 60 * 60)

static void
add_name (GENERAL_NAMES *names, int type, gconstpointer bytes, int len)
{
  GENERAL_NAME *name = GENERAL_NAME_new ();
  ASN1_STRING *value = type == GEN_IPADD ? (ASN1_STRING *) ASN1_OCTET_STRING_new ()
                                         : (ASN1_STRING *) ASN1_IA5STRING_new ();

  ASN1_STRING_set (value, bytes, len);
  GENERAL_NAME_set0_value (name, type, value);
  sk_GENERAL_NAME_push (names, name);
}

/* A certificate with @n names of hosts, valid from -10 to +10 days. */
static X509 *
new_certificate (guint n, gboolean has_nul)
{
  X509 *certificate = X509_new ();
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  GENERAL_NAMES *names = GENERAL_NAMES_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%u.example.org", i);

      add_name (names, GEN_DNS, host, (int) strlen (host));
    }
  if (has_nul)
    add_name (names, GEN_DNS, "bank.example\0.evil.example", 26);

  X509_set_version (certificate, 2);
  ASN1_TIME_set (X509_getm_notBefore (certificate), NOW - 10 * DAY);
  ASN1_TIME_set (X509_getm_notAfter (certificate), NOW + 10 * DAY);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (certificate), "CN", MBSTRING_ASC,
                              (const unsigned char *) "Test issuer", -1, -1, 0);
  X509_set_issuer_name (certificate, X509_get_subject_name (certificate));
  X509_set_pubkey (certificate, key);
  if (sk_GENERAL_NAME_num (names) > 0)
    X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0, 0);
  X509_sign (certificate, key, EVP_sha256 ());
  GENERAL_NAMES_free (names);
  EVP_PKEY_free (key);

  return certificate;
}

typedef struct
{
  const char *name;
  int error;
  guint hosts;
  gint64 now;
  const char *begins;
} Case;

static const Case cases[] = {
  { "expired", X509_V_ERR_CERT_HAS_EXPIRED, 1, NOW + 13 * DAY,
    "The certificate expired 3 days ago, on 2026-01-11 (SHA-256 " },
  { "expired-yesterday", X509_V_ERR_CERT_HAS_EXPIRED, 1, NOW + 11 * DAY,
    "The certificate expired 1 day ago, on 2026-01-11 (SHA-256 " },
  { "expired-just-now", X509_V_ERR_CERT_HAS_EXPIRED, 1, NOW + 10 * DAY + 60,
    "The certificate expired less than a day ago, on 2026-01-11 (SHA-256 " },
  { "not-yet", X509_V_ERR_CERT_NOT_YET_VALID, 1, NOW - 12 * DAY,
    "The certificate is valid only in 2 days, from 2025-12-22 (SHA-256 " },
  { "other-host", X509_V_ERR_HOSTNAME_MISMATCH, 1, NOW,
    "The certificate is for h0.example.org; you asked for pop.example.org (SHA-256 " },
  { "many-hosts", X509_V_ERR_HOSTNAME_MISMATCH, 200, NOW,
    "The certificate is for h0.example.org, h1.example.org, h2.example.org, h3.example.org, …; you "
    "asked for pop.example.org (SHA-256 " },
  { "no-host", X509_V_ERR_HOSTNAME_MISMATCH, 0, NOW,
    "The certificate names no host; you asked for pop.example.org (SHA-256 " },
  { "self-signed", X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, 1, NOW,
    "The certificate is signed by itself, by nobody you trust (SHA-256 " },
  { "unknown-issuer", X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 1, NOW,
    "The issuer of the certificate is not known here: CN = Test issuer (SHA-256 " },
  { "weak-key", X509_V_ERR_EE_KEY_TOO_SMALL, 1, NOW,
    "The certificate's key is too weak: EC of 256 bits (SHA-256 " },
  { "weak-issuer", X509_V_ERR_CA_KEY_TOO_SMALL, 1, NOW,
    "The key of the certificate's issuer is too weak: CN = Test issuer (SHA-256 " },
  { "weak-issuer-signature", X509_V_ERR_CA_MD_TOO_WEAK, 1, NOW,
    "The signature of the certificate's issuer is too weak (SHA-256 " },
  { "revoked", X509_V_ERR_CERT_REVOKED, 1, NOW,
    "The certificate was revoked by its issuer (SHA-256 " },
  { "something-else", X509_V_ERR_INVALID_PURPOSE, 1, NOW, "The certificate cannot be trusted: " },
};

static void
test_fault (gconstpointer data)
{
  const Case *c = data;
  X509 *certificate = new_certificate (c->hosts, FALSE);
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (certificate);
  g_autofree char *words =
      pj_certificate_explain_fault (certificate, c->error, "pop.example.org", c->now);

  g_assert_true (g_utf8_validate (words, -1, NULL));
  if (!g_str_has_prefix (words, c->begins))
    g_assert_cmpstr (words, ==, c->begins);
  g_assert_nonnull (strstr (words, fingerprint));
  X509_free (certificate);
}

static void
test_nul_in_name (void)
{
  X509 *certificate = new_certificate (0, TRUE);
  g_autofree char *names = pj_certificate_dup_names (certificate);

  /* The whole name is shown, not the part before the NUL. */
  g_assert_nonnull (strstr (names, "evil.example"));
  X509_free (certificate);
}

static void
test_addresses (void)
{
  X509 *certificate = new_certificate (0, FALSE);
  GENERAL_NAMES *names = GENERAL_NAMES_new ();
  g_autofree char *text = NULL;

  add_name (names, GEN_IPADD, "\x7f\0\0\1", 4);
  add_name (names, GEN_IPADD, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
  add_name (names, GEN_IPADD, "odd", 3);
  X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0, X509V3_ADD_REPLACE);
  text = pj_certificate_dup_names (certificate);

  g_assert_cmpstr (text, ==, "127.0.0.1, ::1, ?");
  GENERAL_NAMES_free (names);
  X509_free (certificate);
}

static void
test_summary (void)
{
  X509 *certificate = new_certificate (1, FALSE);
  g_autofree char *summary = pj_certificate_dup_summary (certificate);

  g_assert_true (g_str_has_prefix (summary, "for h0.example.org, by CN"));
  g_assert_nonnull (strstr (summary, "Test issuer, until 2026-01-11, SHA-256 "));
  X509_free (certificate);
}

#define OLD_PIN "AB:CD"

static void
test_change (void)
{
  X509 *certificate = new_certificate (1, FALSE);
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (certificate);
  g_autofree char *unknown = pj_certificate_explain_change (certificate, OLD_PIN, NULL);
  g_autofree char *known = pj_certificate_explain_change (certificate, OLD_PIN, "for h9.example");
  g_autofree char *expected =
      g_strdup_printf ("The server's certificate is not the pinned one. Pinned: SHA-256 " OLD_PIN
                       ". Shown: SHA-256 %s, for h0.example.org, by CN = Test issuer, until "
                       "2026-01-11.",
                       fingerprint);
  g_autofree char *more = g_strconcat (expected, " The pinned one was for h9.example.", NULL);

  g_assert_cmpstr (unknown, ==, expected);
  g_assert_cmpstr (known, ==, more);
  X509_free (certificate);
}

static void
test_has_fingerprint (void)
{
  X509 *certificate = new_certificate (1, FALSE);
  X509 *other = new_certificate (1, FALSE);
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (certificate);

  g_assert_cmpuint (strlen (fingerprint), ==, 32 * 3 - 1);
  g_assert_true (pj_certificate_has_fingerprint (certificate, fingerprint));
  g_assert_false (pj_certificate_has_fingerprint (other, fingerprint));
  g_assert_false (pj_certificate_has_fingerprint (certificate, ""));
  X509_free (certificate);
  X509_free (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/certificate/fault/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_fault);
    }
  g_test_add_func ("/net/certificate/nul-does-not-end-a-name", test_nul_in_name);
  g_test_add_func ("/net/certificate/addresses", test_addresses);
  g_test_add_func ("/net/certificate/summary", test_summary);
  g_test_add_func ("/net/certificate/change", test_change);
  g_test_add_func ("/net/certificate/has-fingerprint", test_has_fingerprint);

  return g_test_run ();
}
