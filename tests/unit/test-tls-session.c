/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-session.h"

#include "tls-scene.h"

#define HOST "pop.example.org"
#define NAMES "DNS:pop.example.org,DNS:other.example.org"

static const IdentityRecipe good = { .alt_names = NAMES };

/* Connects; @session: (out) (optional): what the server gave.
 * Returns: whether the session of @demand was resumed */
static gboolean
visit (Scene *self, const char *host, const PjTlsDemand *demand, GBytes **session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (pj_tls_new (host, demand, &error), self->context);

  g_assert_no_error (error);
  peer_shake_hands (peer, &error);
  g_assert_no_error (error);
  if (session != NULL)
    *session = pj_tls_dup_session (peer->tls);

  return pj_tls_is_resumed (peer->tls);
}

static const int versions[] = { TLS1_2_VERSION, TLS1_3_VERSION };

static void
test_resumed (gconstpointer data)
{
  g_autoptr (Scene) scene = scene_new (&good, *(const int *) data);
  g_autoptr (GBytes) again = NULL;

  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  g_assert_nonnull (scene->demand->session);
  g_assert_true (visit (scene, HOST, scene->demand, &again));
  /* And on and on. */
  g_assert_nonnull (again);
  g_bytes_unref (scene->demand->session);
  scene->demand->session = g_bytes_ref (again);
  g_assert_true (visit (scene, HOST, scene->demand, NULL));
}

static void
test_server_without_tickets (gconstpointer data)
{
  g_autoptr (Scene) scene = scene_new (&good, *(const int *) data);

  SSL_CTX_set_options (scene->context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets (scene->context, 0);
  SSL_CTX_set_session_cache_mode (scene->context, SSL_SESS_CACHE_OFF);
  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  g_assert_null (scene->demand->session);
  g_assert_false (visit (scene, HOST, scene->demand, NULL));
}

/* The server has another key by now: a full handshake, and no error. */
static void
test_forgotten (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);

  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  SSL_CTX_free (scene->context);
  scene->context = peer_context_new (scene->server, NULL, 0);
  g_assert_false (visit (scene, HOST, scene->demand, NULL));
}

typedef struct
{
  const char *name;
  void (*change) (Scene *scene, PjTlsDemand *later);
  const char *host; /* NULL: the same */
  gboolean is_resumed;
} Case;

static void
change_nothing (Scene *scene, PjTlsDemand *later)
{
}

static void
change_ca_file (Scene *scene, PjTlsDemand *later)
{
  g_free (later->ca_file);
  later->ca_file = identity_save (scene->authority, PEM_CERTIFICATE, NULL);
}

static void
set_pin (Scene *scene, PjTlsDemand *later)
{
  later->pin = pj_certificate_dup_fingerprint (scene->server->certificate);
}

static void
cut_session (Scene *scene, PjTlsDemand *later)
{
  g_autoptr (GBytes) whole = g_steal_pointer (&later->session);

  later->session = g_bytes_new (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole) / 2);
}

static void
lengthen_session (Scene *scene, PjTlsDemand *later)
{
  g_autoptr (GBytes) whole = g_steal_pointer (&later->session);
  g_autoptr (GByteArray) longer = g_byte_array_new ();

  g_byte_array_append (longer, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  g_byte_array_append (longer, (const guint8 *) "x", 1);
  later->session = g_bytes_new (longer->data, longer->len);
}

static void
empty_session (Scene *scene, PjTlsDemand *later)
{
  g_bytes_unref (later->session);
  later->session = g_bytes_new (NULL, 0);
}

static void
write_nonsense (Scene *scene, PjTlsDemand *later)
{
  g_bytes_unref (later->session);
  later->session = g_bytes_new ("nonsense", 8);
}

static const Case cases[] = {
  { "same-demand", change_nothing, NULL, TRUE },
  { "other-host", change_nothing, "other.example.org", FALSE },
  { "other-ca-file", change_ca_file, NULL, FALSE },
  { "pin-set-since", set_pin, NULL, FALSE },
  { "cut-short", cut_session, NULL, FALSE },
  { "too-long", lengthen_session, NULL, FALSE },
  { "empty", empty_session, NULL, FALSE },
  { "nonsense", write_nonsense, NULL, FALSE },
};

/* A session that does not fit is no reason to fail. */
static void
test_offer (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Scene) scene = scene_new (&good, 0);
  g_autoptr (PjTlsDemand) later = NULL;

  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  later = pj_tls_demand_copy (scene->demand);
  c->change (scene, later);
  g_assert_cmpint (visit (scene, c->host != NULL ? c->host : HOST, later, NULL), ==, c->is_resumed);
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
  if (!g_str_equal (later->ca_file, scene->demand->ca_file))
    g_remove (later->ca_file);
}

/* Each session shows it anew. */
static void
test_with_a_client_certificate (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);
  char *path = identity_save (scene->server, PEM_CERTIFICATE | PEM_KEY, NULL);

  scene->demand->client_certificate = path;
  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  g_assert_nonnull (scene->demand->session);
  g_assert_false (visit (scene, HOST, scene->demand, NULL));
  g_remove (path);
}

static void
test_pinned_is_resumed (void)
{
  g_autoptr (Scene) scene = scene_new (&good, 0);

  scene_pin (scene, scene->server);
  g_assert_false (visit (scene, HOST, scene->demand, &scene->demand->session));
  g_assert_true (visit (scene, HOST, scene->demand, NULL));
}

/* A session under the right demand whose certificate would not do today. */
static void
test_bad_certificate (gconstpointer data)
{
  gboolean is_pinned = GPOINTER_TO_INT (data);
  const IdentityRecipe old = { .alt_names = NAMES, .not_after_s = -PEER_DAY_S / 2 };
  g_autoptr (Scene) scene = scene_new (&good, TLS1_2_VERSION);
  g_autoptr (Peer) careless = NULL;
  g_autoptr (Peer) peer = NULL;
  g_autoptr (GError) error = NULL;

  if (is_pinned)
    scene_pin (scene, scene->server);
  scene_set_server (scene, identity_new (&old, scene->authority), TLS1_2_VERSION);

  careless = scene_connect_carelessly (scene, HOST);
  peer_shake_hands (careless, NULL);
  scene->demand->session = pj_tls_dup_session (careless->tls);
  g_assert_nonnull (scene->demand->session);

  peer = scene_connect (scene, HOST, &error);
  g_assert_false (peer_shake_hands (peer, &error));
  g_assert_false (pj_tls_is_resumed (peer->tls));
  g_assert_nonnull (strstr (error->message, is_pinned ? "not the pinned one" : "expired"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *resumed = g_strdup_printf ("/net/tls-session/resumed/%#x", versions[i]);
      g_autofree char *none = g_strdup_printf ("/net/tls-session/no-tickets/%#x", versions[i]);

      g_test_add_data_func (resumed, &versions[i], test_resumed);
      g_test_add_data_func (none, &versions[i], test_server_without_tickets);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/tls-session/offer/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_offer);
    }
  g_test_add_func ("/net/tls-session/forgotten-by-the-server", test_forgotten);
  g_test_add_func ("/net/tls-session/with-a-client-certificate", test_with_a_client_certificate);
  g_test_add_func ("/net/tls-session/pinned-is-resumed", test_pinned_is_resumed);
  g_test_add_data_func ("/net/tls-session/expired-since", GINT_TO_POINTER (FALSE),
                        test_bad_certificate);
  g_test_add_data_func ("/net/tls-session/pinned-to-another", GINT_TO_POINTER (TRUE),
                        test_bad_certificate);

  return g_test_run ();
}
