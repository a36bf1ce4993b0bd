/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-channel-binding.h"

#include "net/pj-certificate.h"
#include "tls-peer.h"

#define HOST "pop.example.org"

/* A client and a server that have shaken hands. */
static Peer *
meet (const Identity *server, int version)
{
  g_autofree char *pin = pj_certificate_dup_fingerprint (server->certificate);
  const PjTlsDemand demand = { .pin = pin };
  SSL_CTX *context = peer_context_new (server, NULL, version);
  Peer *peer = peer_new (pj_tls_new (HOST, &demand, NULL), context);
  g_autoptr (GError) error = NULL;

  SSL_CTX_free (context);
  g_assert_true (peer_shake_hands (peer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (SSL_version (peer->client), ==, version);

  return peer;
}

/* The server gets the same by its own means; before TLS 1.3 nobody gets it. */
static void
test_exporter (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  g_autoptr (Identity) server = identity_new_server ("DNS:" HOST, NULL);
  g_autoptr (Peer) peer = meet (server, version);
  g_autoptr (GBytes) ours = pj_channel_binding_dup (peer->client, "tls-exporter");
  guint8 theirs[32];

  if (version < TLS1_3_VERSION)
    {
      g_assert_null (ours);
      return;
    }

  SSL_export_keying_material (peer->server, theirs, sizeof theirs, "EXPORTER-Channel-Binding", 24,
                              NULL, 0, 0);
  g_assert_cmpmem (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours), theirs, sizeof theirs);
}

typedef struct
{
  const char *name;
  IdentityRecipe recipe;
  const EVP_MD *(*hash) (void);
} EndPoint;

static const EndPoint end_points[] = {
  { "sha-256", { .alt_names = "DNS:" HOST }, EVP_sha256 },
  { "sha-1-counts-as-sha-256", { .alt_names = "DNS:" HOST, .is_sha1 = TRUE }, EVP_sha256 },
};

static void
test_end_point (gconstpointer data)
{
  const EndPoint *c = data;
  g_autoptr (Identity) server = identity_new (&c->recipe, NULL);
  g_autoptr (Peer) peer = meet (server, TLS1_2_VERSION);
  g_autoptr (GBytes) ours = pj_channel_binding_dup (peer->client, "tls-server-end-point");
  guint8 theirs[EVP_MAX_MD_SIZE];
  unsigned len = 0;

  X509_digest (server->certificate, c->hash (), theirs, &len);
  g_assert_cmpmem (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours), theirs, len);
}

static void
test_unknown_type (void)
{
  g_autoptr (Identity) server = identity_new_server ("DNS:" HOST, NULL);
  g_autoptr (Peer) peer = meet (server, TLS1_3_VERSION);

  g_assert_null (pj_channel_binding_dup (peer->client, "tls-unique"));
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/net/channel-binding/exporter/tls-1.3", GINT_TO_POINTER (TLS1_3_VERSION),
                        test_exporter);
  g_test_add_data_func ("/net/channel-binding/exporter/tls-1.2", GINT_TO_POINTER (TLS1_2_VERSION),
                        test_exporter);
  for (gsize i = 0; i < G_N_ELEMENTS (end_points); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/net/channel-binding/end-point/%s", end_points[i].name);

      g_test_add_data_func (path, &end_points[i], test_end_point);
    }
  g_test_add_func ("/net/channel-binding/unknown-type", test_unknown_type);

  return g_test_run ();
}
