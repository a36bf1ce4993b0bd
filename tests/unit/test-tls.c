/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls.h"

#include <openssl/err.h>
#include <string.h>

#include "demo/pj-demo-tls.h"
#include "net/pj-net-error.h"
#include "test-dir.h"

static void
test_missing_ca_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_tls_new ("pop.example.org", "/nonexistent/ca.pem", &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING);
}

static void
test_ca_file_without_certificate (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_tls_new ("pop.example.org", "/dev/null", &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING);
}

static void
test_old_versions_are_off (void)
{
  g_autoptr (PjTls) tls = pj_tls_new ("pop.example.org", NULL, NULL);

  g_assert_nonnull (tls);
  g_assert_cmpint (SSL_get_min_proto_version (pj_tls_get_ssl (tls)), ==, TLS1_2_VERSION);
  g_assert_cmpint (SSL_get_verify_mode (pj_tls_get_ssl (tls)), ==, SSL_VERIFY_PEER);
}

static void
test_name_is_asked_for (void)
{
  g_autoptr (PjTls) named = pj_tls_new ("poczta.\305\272r\303\263d\305\202o.example", NULL, NULL);
  g_autoptr (PjTls) numbered = pj_tls_new ("192.0.2.1", NULL, NULL);

  /* RFC 6066: a name in its ASCII form, never an address. */
  g_assert_cmpstr (SSL_get_servername (pj_tls_get_ssl (named), TLSEXT_NAMETYPE_host_name), ==,
                   "poczta.xn--rdo-gna01bwk.example");
  g_assert_null (SSL_get_servername (pj_tls_get_ssl (numbered), TLSEXT_NAMETYPE_host_name));
}

static void
test_empty_name_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_tls_new ("", NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
}

static void
test_error_is_cleared (void)
{
  g_autoptr (PjTls) tls = pj_tls_new ("pop.example.org", NULL, NULL);
  g_autoptr (GError) error = NULL;

  ERR_raise (ERR_LIB_SSL, SSL_R_WRONG_VERSION_NUMBER);
  g_assert_false (pj_tls_set_error (tls, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
  g_assert_cmpstr (error->message, ==, "The server does not speak TLS on this port");
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

/* Both ends in memory. Returns: the server's */
static SSL *
shake_hands (PjTls *tls, SSL_CTX *context, int max_version)
{
  SSL *client = pj_tls_get_ssl (tls);
  SSL *server = SSL_new (context);
  BIO *ours = NULL;
  BIO *theirs = NULL;

  g_assert_cmpint (BIO_new_bio_pair (&ours, 0, &theirs, 0), ==, 1);
  SSL_set_bio (client, ours, ours);
  SSL_set_bio (server, theirs, theirs);
  SSL_set_accept_state (server);
  SSL_set_max_proto_version (server, max_version);
  for (guint round = 0; round < 10; round++)
    {
      SSL_do_handshake (client);
      SSL_do_handshake (server);
    }
  g_assert_cmpint (SSL_version (client), ==, max_version);
  g_assert_true (SSL_is_init_finished (client) && SSL_is_init_finished (server));

  return server;
}

static void
test_channel_binding (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  TestDir *dir = test_dir_new ();
  g_autofree char *ca_file = g_build_filename (dir, "ca.pem", NULL);
  SSL_CTX *context = pj_demo_tls_context_new (PJ_DEMO_CERTIFICATE_GOOD, ca_file, NULL);
  PjTls *tls = pj_tls_new ("localhost", ca_file, NULL);
  SSL *server = shake_hands (tls, context, version);
  g_autoptr (GBytes) exported = pj_tls_dup_channel_binding (tls, "tls-exporter");
  g_autoptr (GBytes) hash = pj_tls_dup_channel_binding (tls, "tls-server-end-point");
  guint8 theirs[32];
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned len;

  g_assert_cmpint (exported != NULL, ==, version == TLS1_3_VERSION);
  if (exported != NULL)
    {
      SSL_export_keying_material (server, theirs, 32, "EXPORTER-Channel-Binding", 24, NULL, 0, 0);
      g_assert_cmpmem (g_bytes_get_data (exported, NULL), g_bytes_get_size (exported), theirs, 32);
    }

  X509_digest (SSL_get_certificate (server), EVP_sha256 (), digest, &len);
  g_assert_cmpmem (g_bytes_get_data (hash, NULL), g_bytes_get_size (hash), digest, len);
  g_assert_null (pj_tls_dup_channel_binding (tls, "tls-unique"));

  SSL_free (server);
  pj_tls_free (tls);
  SSL_CTX_free (context);
  test_dir_remove (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/tls/missing-ca-file", test_missing_ca_file);
  g_test_add_func ("/net/tls/ca-file-without-certificate", test_ca_file_without_certificate);
  g_test_add_func ("/net/tls/old-versions-are-off", test_old_versions_are_off);
  g_test_add_func ("/net/tls/name-is-asked-for", test_name_is_asked_for);
  g_test_add_func ("/net/tls/empty-name-is-refused", test_empty_name_is_refused);
  g_test_add_func ("/net/tls/error-is-cleared", test_error_is_cleared);
  g_test_add_data_func ("/net/tls/channel-binding/tls-1.3", GINT_TO_POINTER (TLS1_3_VERSION),
                        test_channel_binding);
  g_test_add_data_func ("/net/tls/channel-binding/tls-1.2", GINT_TO_POINTER (TLS1_2_VERSION),
                        test_channel_binding);
  return g_test_run ();
}
