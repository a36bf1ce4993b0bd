/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls.h"

#include "net/pj-net-error.h"
#include "tls-scene.h"

/* What a server shows, and what the user asked for. */
typedef struct
{
  const char *name;
  IdentityRecipe recipe;
  const char *host;
  const char *says; /* NULL: accepted */
} Case;

#define HOST "pop.example.org"
#define NAMED                                                                                      \
  {                                                                                                \
    .alt_names = "DNS:" HOST                                                                       \
  }
#define FOR(names)                                                                                 \
  {                                                                                                \
    .alt_names = names                                                                             \
  }

/* Names: RFC 7817 and RFC 6125 section 6.4.3. */
static const Case cases[] = {
  { "same-name", NAMED, HOST, NULL },
  { "case-does-not-count", NAMED, "POP.Example.ORG", NULL },
  { "one-of-many", FOR ("DNS:a.example,DNS:" HOST ",DNS:b.example"), HOST, NULL },
  { "international", FOR ("DNS:poczta.xn--rdo-gna01bwk.example"),
    "poczta.\305\272r\303\263d\305\202o.example", NULL },
  { "other-name", FOR ("DNS:mail.example.org"), HOST,
    "is for mail.example.org; you asked for pop.example.org" },
  { "name-of-the-domain", FOR ("DNS:example.org"), HOST, "you asked for" },
  { "name-below", NAMED, "a." HOST, "you asked for" },
  { "wildcard", FOR ("DNS:*.example.org"), HOST, NULL },
  { "wildcard-is-one-label", FOR ("DNS:*.example.org"), "a." HOST, "you asked for" },
  { "wildcard-is-not-none", FOR ("DNS:*.example.org"), "example.org", "you asked for" },
  { "wildcard-inside-a-label", FOR ("DNS:p*.example.org"), HOST, "you asked for" },
  { "wildcard-not-left", FOR ("DNS:pop.*.org"), HOST, "you asked for" },
  { "wildcard-second", FOR ("DNS:*.*.org"), HOST, "you asked for" },
  { "wildcard-alone", FOR ("DNS:*"), "localhost", "you asked for" },
  { "wildcard-is-not-an-address", FOR ("DNS:*.0.2.1"), "192.0.2.1", "you asked for" },
  { "address", FOR ("IP:192.0.2.1"), "192.0.2.1", NULL },
  { "address-6", FOR ("IP:2001:db8::1"), "2001:DB8:0::1", NULL },
  { "other-address", FOR ("IP:192.0.2.2"), "192.0.2.1", "is for 192.0.2.2" },
  { "address-as-name", FOR ("DNS:192.0.2.1"), "192.0.2.1", "you asked for" },
  { "common-name-does-not-count",
    { .alt_names = "", .common_name = HOST },
    HOST,
    "names no host; you asked for pop.example.org" },
  { "mail-address-is-no-name",
    { .alt_names = "email:a@" HOST, .common_name = HOST },
    HOST,
    "names no host" },
  { "expired",
    { .alt_names = "DNS:" HOST,
      .not_before_s = -9 * PEER_DAY_S,
      .not_after_s = -3 * PEER_DAY_S - 60 },
    HOST,
    "expired 3 days ago" },
  { "not-yet-valid",
    { .alt_names = "DNS:" HOST, .not_before_s = 2 * PEER_DAY_S + 600 },
    HOST,
    "valid only in 2 days" },
  { "weak-key",
    { .alt_names = "DNS:" HOST, .rsa_bits = 1024 },
    HOST,
    "key is too weak: RSA of 1024 bits" },
  { "weak-signature",
    { .alt_names = "DNS:" HOST, .is_sha1 = TRUE },
    HOST,
    "signature is too weak: SHA1" },
};

static const IdentityRecipe good = NAMED;

static gboolean
visit (Scene *self, const char *host, GError **error)
{
  g_autoptr (Peer) peer = scene_connect (self, host, error);

  return peer_shake_hands (peer, error);
}

/* @says: (nullable): NULL when it shall go well */
static void
assert_visit (Scene *self, const char *host, const char *says)
{
  g_autofree char *fingerprint = pj_certificate_dup_fingerprint (self->server->certificate);
  g_autoptr (GError) error = NULL;
  gboolean is_good = visit (self, host, &error);

  if (says == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (is_good);
      return;
    }

  g_assert_false (is_good);
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
  if (strstr (error->message, says) == NULL)
    g_assert_cmpstr (error->message, ==, says);
  g_assert_cmpstr (pj_net_error_get_fingerprint (error), ==, fingerprint);
  g_assert_nonnull (strstr (error->message, fingerprint));
}

static void
test_certificate (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Scene) scene = scene_new (&c->recipe, 0);

  assert_visit (scene, c->host, c->says);
}

/* Whatever is wrong with it: the pinned certificate is accepted. */
static void
test_pinned (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Scene) scene = scene_new (&c->recipe, 0);

  scene_pin (scene, scene->server);
  assert_visit (scene, c->host, NULL);
}

static void
test_pinned_to_another (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autoptr (Identity) old = identity_new_server ("DNS:" HOST, NULL);
  g_autofree char *says = NULL;

  /* Good for everybody else, and not what the user has pinned. */
  assert_visit (scene, HOST, NULL);
  scene_pin (scene, old);
  scene->demand->pin_summary = pj_certificate_dup_summary (old->certificate);
  says = g_strdup_printf ("Pinned: SHA-256 %s. Shown: SHA-256 ", scene->demand->pin);
  assert_visit (scene, HOST, says);
  assert_visit (scene, HOST, "The pinned one was for " HOST ", by CN = Test");
}

/* What is behind a pinned certificate does not make another one good. */
static void
test_pinned_authority (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);

  scene_pin (scene, scene->authority);
  assert_visit (scene, HOST, "not the pinned one");
}

/* The pin holds where OpenSSL was made to verify nothing, as in a resumed session. */
static void
test_pin_without_verification (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autoptr (Peer) peer = NULL;
  g_autoptr (GError) error = NULL;

  scene_pin (scene, scene->authority);
  peer = scene_connect_carelessly (scene, HOST);
  g_assert_false (peer_shake_hands (peer, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
  g_assert_nonnull (strstr (error->message, "not the pinned one"));
}

static void
test_pin_spelling (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autofree char *pin = pj_certificate_dup_fingerprint (scene->server->certificate);
  g_autoptr (GError) error = NULL;

  scene->demand->pin = g_ascii_strdown (pin, -1);
  assert_visit (scene, HOST, NULL);
  g_free (scene->demand->pin);
  scene->demand->pin = g_strdup ("AB:CD");
  g_assert_null (pj_tls_new (HOST, scene->demand, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_SETTING);
}

static void
test_self_signed (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);

  scene_set_server (scene, identity_new (&good, NULL), 0);
  assert_visit (scene, HOST, "signed by itself");
}

static void
test_unknown_issuer (gconstpointer data)
{
  gboolean is_shown = GPOINTER_TO_INT (data);
  g_autoptr (Scene) scene = scene_new (&good, 0);
  const IdentityRecipe recipe = { .common_name = "Another authority" };
  g_autoptr (Identity) other = identity_new (&recipe, NULL);

  if (is_shown)
    SSL_CTX_add1_chain_cert (scene->context, scene->authority->certificate);
  scene_trust (scene, other, NULL);
  assert_visit (scene, HOST, "issuer of the certificate is not known here: CN = Test authority");
}

/* The name of the authority can be copied, its key cannot. */
static void
test_forged (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autoptr (Identity) other = identity_new_authority ();

  scene_trust (scene, other, NULL);
  assert_visit (scene, HOST, "signature is not that of its issuer: CN = Test authority");
}

/* A list in the CA file counts, an old one too; a certificate that is on none is good. */
static void
test_revoked (gconstpointer data)
{
  int age_days = GPOINTER_TO_INT (data);
  g_autoptr (Scene) scene = scene_new (&good, 0);
  X509_CRL *crl = identity_revoke (scene->authority, scene->server, age_days);

  scene_trust (scene, scene->authority, crl);
  X509_CRL_free (crl);
  assert_visit (scene, HOST, "was revoked by its issuer");

  scene_set_server (scene, identity_new_server ("DNS:" HOST, scene->authority), 0);
  assert_visit (scene, HOST, NULL);
}

static void
assert_fails (Scene *scene, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (visit (scene, HOST, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
  g_assert_cmpstr (error->message, ==, says);
  g_assert_null (pj_net_error_get_fingerprint (error));
}

static void
test_too_old (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);

  SSL_CTX_set_min_proto_version (scene->context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version (scene->context, TLS1_1_VERSION);
  assert_fails (scene, "The server's encryption is too old: it has no TLS 1.2");
}

static void
test_client_certificate (gconstpointer data)
{
  int max_version = GPOINTER_TO_INT (data);
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autoptr (Identity) user = identity_new_server ("DNS:me", scene->authority);
  g_autoptr (Identity) stranger = identity_new_server ("DNS:me", NULL);

  SSL_CTX_set_max_proto_version (scene->context, max_version);
  SSL_CTX_set_verify (scene->context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_load_verify_file (scene->context, scene->demand->ca_file);
  /* The older version has no word of its own for it. */
  assert_fails (scene, max_version == TLS1_3_VERSION
                           ? "The server asks for a client certificate"
                           : "The server broke off the TLS handshake: it has no encryption in "
                             "common with this computer, or asks for a client certificate");

  scene->demand->client_certificate = identity_save (user, PEM_CERTIFICATE | PEM_KEY, NULL);
  assert_visit (scene, HOST, NULL);
  pem_remove (scene->demand->client_certificate);

  scene->demand->client_certificate = identity_save (stranger, PEM_CERTIFICATE | PEM_KEY, NULL);
  assert_fails (scene, "The server refuses the client certificate: it does not know the issuer");
  g_remove (scene->demand->client_certificate);
}

/* Spares the sanitizers the seconds that reading the system's store takes. */
static const PjTlsDemand lean = {
  .pin = (char *) "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
};

static void
test_old_versions_are_off (void)
{
  g_autoptr (PjTls) tls = pj_tls_new ("pop.example.org", &lean, NULL);

  g_assert_nonnull (tls);
  g_assert_cmpint (SSL_get_min_proto_version (pj_tls_get_ssl (tls)), ==, TLS1_2_VERSION);
  g_assert_cmpint (SSL_get_verify_mode (pj_tls_get_ssl (tls)), ==, SSL_VERIFY_PEER);
}

static void
test_name_is_asked_for (void)
{
  g_autoptr (PjTls) named = pj_tls_new ("poczta.\305\272r\303\263d\305\202o.example", &lean, NULL);
  g_autoptr (PjTls) numbered = pj_tls_new ("192.0.2.1", &lean, NULL);

  /* RFC 6066: a name in its ASCII form, never an address. */
  g_assert_cmpstr (SSL_get_servername (pj_tls_get_ssl (named), TLSEXT_NAMETYPE_host_name), ==,
                   "poczta.xn--rdo-gna01bwk.example");
  g_assert_null (SSL_get_servername (pj_tls_get_ssl (numbered), TLSEXT_NAMETYPE_host_name));
}

static void
test_empty_name_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_tls_new ("", &lean, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS);
}

static void
test_error_is_cleared (void)
{
  g_autoptr (PjTls) tls = pj_tls_new ("pop.example.org", &lean, NULL);
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

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/tls/certificate/%s", cases[i].name);
      g_autofree char *pinned = g_strdup_printf ("/net/tls/pinned/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_certificate);
      g_test_add_data_func (pinned, &cases[i], test_pinned);
    }
  g_test_add_func ("/net/tls/pinned-to-another", test_pinned_to_another);
  g_test_add_func ("/net/tls/pinned-authority", test_pinned_authority);
  g_test_add_func ("/net/tls/pin-without-verification", test_pin_without_verification);
  g_test_add_func ("/net/tls/pin-spelling", test_pin_spelling);
  g_test_add_func ("/net/tls/self-signed", test_self_signed);
  g_test_add_data_func ("/net/tls/unknown-issuer", GINT_TO_POINTER (FALSE), test_unknown_issuer);
  g_test_add_data_func ("/net/tls/unknown-issuer-shown", GINT_TO_POINTER (TRUE),
                        test_unknown_issuer);
  g_test_add_func ("/net/tls/forged", test_forged);
  g_test_add_data_func ("/net/tls/revoked", GINT_TO_POINTER (0), test_revoked);
  g_test_add_data_func ("/net/tls/revoked-in-an-old-list", GINT_TO_POINTER (100), test_revoked);
  g_test_add_func ("/net/tls/too-old", test_too_old);
  g_test_add_data_func ("/net/tls/client-certificate/1.2", GINT_TO_POINTER (TLS1_2_VERSION),
                        test_client_certificate);
  g_test_add_data_func ("/net/tls/client-certificate/1.3", GINT_TO_POINTER (TLS1_3_VERSION),
                        test_client_certificate);
  g_test_add_func ("/net/tls/old-versions-are-off", test_old_versions_are_off);
  g_test_add_func ("/net/tls/name-is-asked-for", test_name_is_asked_for);
  g_test_add_func ("/net/tls/empty-name-is-refused", test_empty_name_is_refused);
  g_test_add_func ("/net/tls/error-is-cleared", test_error_is_cleared);
  return g_test_run ();
}
