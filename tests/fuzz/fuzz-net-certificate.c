/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "net/pj-certificate.h"

#define PIN "00:11:22"

/* 2026-01-01. */
#define NOW G_GINT64_CONSTANT (1767225600)

/* A few names, an issuer and a fingerprint; the host is ours. */
#define MAX_SENTENCE_BYTES 4096

/* One of each kind that is told in words of its own, and one that is not. */
static const int faults[] = {
  X509_V_ERR_CERT_HAS_EXPIRED,
  X509_V_ERR_CERT_NOT_YET_VALID,
  X509_V_ERR_HOSTNAME_MISMATCH,
  X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
  X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
  X509_V_ERR_EE_KEY_TOO_SMALL,
  X509_V_ERR_CA_KEY_TOO_SMALL,
  X509_V_ERR_CA_MD_TOO_WEAK,
  X509_V_ERR_CERT_SIGNATURE_FAILURE,
  X509_V_ERR_INVALID_PURPOSE,
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

static void
assert_sentence (char *text)
{
  fuzz_assert_clean (text);
  g_assert_cmpuint (strlen (text), <=, MAX_SENTENCE_BYTES);
  g_free (text);
}

/* Whatever a certificate says of itself, it can be told in a sentence. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const unsigned char *at = data;
  g_autoptr (X509) certificate = d2i_X509 (NULL, &at, (long) size);
  g_autofree char *fingerprint = NULL;

  if (certificate == NULL)
    return 0;

  fingerprint = pj_certificate_dup_fingerprint (certificate);
  g_assert_cmpuint (strlen (fingerprint), ==, 32 * 3 - 1);
  g_assert_true (pj_certificate_has_fingerprint (certificate, fingerprint));
  g_assert_false (pj_certificate_has_fingerprint (certificate, PIN));

  assert_sentence (pj_certificate_dup_names (certificate));
  assert_sentence (pj_certificate_dup_summary (certificate));
  assert_sentence (pj_certificate_explain_change (certificate, PIN, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    assert_sentence (pj_certificate_explain_fault (certificate, faults[i], "pop.example.org", NOW));

  return 0;
}
