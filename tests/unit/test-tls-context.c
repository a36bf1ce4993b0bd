/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-context.h"

#include "net/pj-net-error.h"
#include "tls-peer.h"

/* With a pin nothing is read of the system's trust store, which takes a
 * sanitizer seconds. */
#define ANY_PIN ((char *) "AB:CD")

static void
test_rules (void)
{
  const PjTlsDemand demand = { .pin = ANY_PIN };
  SSL_CTX *context = pj_tls_context_new (&demand, NULL);

  g_assert_cmpint (SSL_CTX_get_min_proto_version (context), ==, TLS1_2_VERSION);
  g_assert_cmpint (SSL_CTX_get_security_level (context), >=, 2);
  g_assert_cmpuint (SSL_CTX_get_options (context) & SSL_OP_NO_RENEGOTIATION, !=, 0);
  g_assert_cmpuint (SSL_CTX_get_options (context) & SSL_OP_NO_COMPRESSION, !=, 0);
  SSL_CTX_free (context);
}

/* Returns: what is wrong with @demand; NULL when nothing is */
static char *
dup_fault (const PjTlsDemand *demand)
{
  g_autoptr (GError) error = NULL;
  SSL_CTX *context = pj_tls_context_new (demand, &error);

  SSL_CTX_free (context);
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
  if (context != NULL)
    {
      g_assert_no_error (error);
      return NULL;
    }

  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING);
  return g_strdup (error->message);
}

static void
test_ca_file (gconstpointer path)
{
  PjTlsDemand demand = { .ca_file = (char *) path };
  g_autofree char *fault = dup_fault (&demand);

  g_assert_true (g_str_has_prefix (fault, path));
  g_assert_nonnull (strstr (fault, "CA file cannot be read"));
}

typedef struct
{
  const char *name;
  PemParts parts;
  const char *curve;
  gboolean has_other_key;
  const char *says; /* NULL: accepted */
} Case;

static const Case cases[] = {
  { "good", PEM_CERTIFICATE | PEM_KEY, NULL, FALSE, NULL },
  { "locked-key", PEM_CERTIFICATE | PEM_LOCKED_KEY, NULL, FALSE, "protected by a passphrase" },
  { "no-key", PEM_CERTIFICATE, NULL, FALSE, "no key that belongs" },
  { "other-key", PEM_CERTIFICATE | PEM_KEY, NULL, TRUE, "no key that belongs" },
  { "no-certificate", PEM_KEY, NULL, FALSE, "cannot be read" },
  { "weak", PEM_CERTIFICATE | PEM_KEY, "P-192", FALSE, "too weak" },
};

static void
test_client_certificate (gconstpointer data)
{
  const Case *c = data;
  const IdentityRecipe recipe = { .alt_names = "", .curve = c->curve };
  g_autoptr (Identity) identity = identity_new (&recipe, NULL);
  g_autoptr (Identity) other = identity_new (&recipe, NULL);
  PjTlsDemand demand = { .pin = ANY_PIN };
  g_autofree char *fault = NULL;

  if (c->has_other_key)
    {
      EVP_PKEY *key = identity->key;

      identity->key = other->key;
      other->key = key;
    }
  demand.client_certificate = identity_save (identity, c->parts, NULL);
  fault = dup_fault (&demand);

  if (c->says == NULL)
    g_assert_null (fault);
  else
    g_assert_nonnull (strstr (fault, c->says));
  pem_remove (demand.client_certificate);
}

static void
test_no_client_certificate (void)
{
  PjTlsDemand demand = {
    .pin = ANY_PIN,
    .client_certificate = (char *) "/nonexistent/me.pem",
  };
  g_autofree char *fault = dup_fault (&demand);

  g_assert_cmpstr (fault, ==,
                   "/nonexistent/me.pem: The client certificate cannot be read: "
                   "No such file or directory");
}

static void
test_system_trust (void)
{
  g_autoptr (PjTlsDemand) demand = pj_tls_demand_new ();
  g_autoptr (GError) error = NULL;
  SSL_CTX *context = pj_tls_context_new (demand, &error);
  SSL_CTX *other = pj_tls_context_new (demand, &error);

  g_assert_no_error (error);
  g_assert_true (SSL_CTX_get_cert_store (context) == SSL_CTX_get_cert_store (other));
  SSL_CTX_free (context);
  SSL_CTX_free (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/tls-context/client/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_client_certificate);
    }
  g_test_add_func ("/net/tls-context/client/missing-file", test_no_client_certificate);
  g_test_add_data_func ("/net/tls-context/ca-file/missing", "/nonexistent/ca.pem", test_ca_file);
  g_test_add_data_func ("/net/tls-context/ca-file/no-certificate", "/dev/null", test_ca_file);
  g_test_add_func ("/net/tls-context/rules", test_rules);
  g_test_add_func ("/net/tls-context/system-trust-is-shared", test_system_trust);

  return g_test_run ();
}
