/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls.h"

#include <openssl/err.h>

#include "net/pj-net-error.h"

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
  return g_test_run ();
}
