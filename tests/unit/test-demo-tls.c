/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-tls.h"

#include "demo-wire.h"
#include "test-dir.h"

/* A server's context and the authority that its clients may trust. */
typedef struct
{
  TestDir *dir;
  char *ca_file;
  SSL_CTX *context;
} Identity;

static Identity *
identity_new (PjDemoCertificate kind)
{
  g_autoptr (GError) error = NULL;
  Identity *identity = g_new0 (Identity, 1);

  identity->dir = test_dir_new ();
  identity->ca_file = g_build_filename (identity->dir, "ca.pem", NULL);
  identity->context = pj_demo_tls_context_new (kind, identity->ca_file, &error);
  g_assert_no_error (error);

  return identity;
}

static void
identity_free (Identity *identity)
{
  SSL_CTX_free (identity->context);
  g_free (identity->ca_file);
  test_dir_remove (identity->dir);
  g_free (identity);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Identity, identity_free)

typedef struct
{
  const char *name;
  PjDemoCertificate kind;
  const char *host; /* that the client wants */
  long verdict;     /* of OpenSSL on the client's side */
} Case;

static const Case cases[] = {
  { "good-for-localhost", PJ_DEMO_CERTIFICATE_GOOD, "localhost", X509_V_OK },
  { "good-for-the-address", PJ_DEMO_CERTIFICATE_GOOD, "127.0.0.1", X509_V_OK },
  { "good-for-no-other-name", PJ_DEMO_CERTIFICATE_GOOD, "mail.example.org",
    X509_V_ERR_HOSTNAME_MISMATCH },
  { "good-for-no-other-address", PJ_DEMO_CERTIFICATE_GOOD, "127.0.0.2",
    X509_V_ERR_IP_ADDRESS_MISMATCH },
  { "other-host-is-not-localhost", PJ_DEMO_CERTIFICATE_OTHER_HOST, "localhost",
    X509_V_ERR_HOSTNAME_MISMATCH },
  { "other-host-is-not-the-address", PJ_DEMO_CERTIFICATE_OTHER_HOST, "127.0.0.1",
    X509_V_ERR_IP_ADDRESS_MISMATCH },
  { "other-host-is-sound-but-for-its-name", PJ_DEMO_CERTIFICATE_OTHER_HOST, "mail.example.org",
    X509_V_OK },
  { "expired", PJ_DEMO_CERTIFICATE_EXPIRED, "localhost", X509_V_ERR_CERT_HAS_EXPIRED },
  { "self-signed", PJ_DEMO_CERTIFICATE_SELF_SIGNED, "localhost",
    X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT },
};

static void
test_certificate (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Identity) identity = identity_new (c->kind);
  g_autoptr (Wire) wire = wire_new (WIRE_TIMEOUT_S);

  g_assert_cmpint (wire_start_tls (wire, identity->context, identity->ca_file, c->host), ==,
                   c->verdict);
}

/* The authorities have one name and many keys. */
static void
test_another_authority (void)
{
  g_autoptr (Identity) identity = identity_new (PJ_DEMO_CERTIFICATE_GOOD);
  g_autoptr (Identity) other = identity_new (PJ_DEMO_CERTIFICATE_GOOD);
  g_autoptr (Wire) wire = wire_new (WIRE_TIMEOUT_S);

  g_assert_cmpint (wire_start_tls (wire, identity->context, other->ca_file, "localhost"), ==,
                   X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

static void
test_no_old_protocol (void)
{
  g_autoptr (Identity) identity = identity_new (PJ_DEMO_CERTIFICATE_GOOD);
  g_autoptr (Wire) wire = wire_new (WIRE_TIMEOUT_S);

  g_assert_cmpint (SSL_CTX_get_min_proto_version (identity->context), ==, TLS1_2_VERSION);
  g_assert_cmpint (wire_start_tls (wire, identity->context, identity->ca_file, "localhost"), ==,
                   X509_V_OK);
  g_assert_cmpint (SSL_version (wire->client->ssl), >=, TLS1_2_VERSION);
}

static void
test_no_key_on_disk (void)
{
  g_autoptr (Identity) identity = identity_new (PJ_DEMO_CERTIFICATE_GOOD);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;

  g_file_get_contents (identity->ca_file, &pem, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----\n"));
  g_assert_true (g_str_has_suffix (pem, "-----END CERTIFICATE-----\n"));
  g_assert_null (strstr (pem, "PRIVATE KEY"));

  dir = g_dir_open (identity->dir, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "ca.pem");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_no_place_for_the_authority (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *ca_file = g_build_filename (dir, "none", "ca.pem", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_demo_tls_context_new (PJ_DEMO_CERTIFICATE_GOOD, ca_file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* The reason goes into one error and does not stay for the next. */
static void
test_set_error (void)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  ERR_clear_error ();
  ERR_raise (ERR_LIB_SSL, SSL_R_NO_SHARED_CIPHER);
  pj_demo_tls_set_error (&first, "The handshake");
  g_assert_error (first, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (first->message, ==, "The handshake: no shared cipher");

  pj_demo_tls_set_error (&second, "Reading");
  g_assert_error (second, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (second->message, ==, "Reading: no reason given");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/tls/certificate/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_certificate);
    }
  g_test_add_func ("/demo/tls/each-run-has-its-own-authority", test_another_authority);
  g_test_add_func ("/demo/tls/tls-1.2-or-later", test_no_old_protocol);
  g_test_add_func ("/demo/tls/no-key-is-written", test_no_key_on_disk);
  g_test_add_func ("/demo/tls/no-place-for-the-authority", test_no_place_for_the_authority);
  g_test_add_func ("/demo/tls/an-error-takes-its-reason-with-it", test_set_error);
  return g_test_run ();
}
