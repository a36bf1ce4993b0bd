/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-failure.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

typedef struct
{
  const char *name;
  int library;
  int reason;
  const char *words;
} Case;

static const Case cases[] = {
  { "no-tls", ERR_LIB_SSL, SSL_R_WRONG_VERSION_NUMBER,
    "The server does not speak TLS on this port" },
  { "too-old", ERR_LIB_SSL, SSL_R_UNSUPPORTED_PROTOCOL,
    "The server's encryption is too old: it has no TLS 1.2" },
  { "alert", ERR_LIB_SSL, SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED,
    "The server asks for a client certificate" },
  { "unknown-name", ERR_LIB_SSL, SSL_R_TLSV1_UNRECOGNIZED_NAME,
    "The server does not know the name it was asked by" },
  { "no-words-of-ours", ERR_LIB_SSL, SSL_R_BAD_LENGTH, "TLS failed: bad length" },
  { "same-number-of-another-library", ERR_LIB_EVP, SSL_R_WRONG_VERSION_NUMBER,
    "TLS failed: no reason given" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *words = NULL;

  /* So that OpenSSL knows the names of its reasons. */
  OPENSSL_init_ssl (OPENSSL_INIT_LOAD_SSL_STRINGS, NULL);
  words = pj_tls_failure_explain (ERR_PACK (c->library, 0, c->reason));
  g_assert_cmpstr (words, ==, c->words);
}

static void
test_none (void)
{
  g_autofree char *words = pj_tls_failure_explain (0);

  g_assert_cmpstr (words, ==, "TLS failed: no reason given");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/tls-failure/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/net/tls-failure/none", test_none);

  return g_test_run ();
}
