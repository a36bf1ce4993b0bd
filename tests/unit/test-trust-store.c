/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-trust-store.h"

#include <utime.h>

#include "net/pj-net-error.h"
#include "test-dir.h"
#include "tls-peer.h"

#define HOUR_US (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)

/* A system that trusts whom a file and a folder say. */
typedef struct
{
  TestDir *dir;
  Identity *authority;
  char *file;
} System;

static void
write_authorities (System *self, guint count)
{
  BIO *bio = BIO_new_file (self->file, "w");

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (Identity) other = identity_new_authority ();

      PEM_write_bio_X509 (bio, i == 0 ? self->authority->certificate : other->certificate);
    }
  BIO_free (bio);
}

static void
system_set_up (System *self, gconstpointer data)
{
  self->dir = test_dir_new ();
  self->authority = identity_new_authority ();
  self->file = identity_save (self->authority, PEM_CERTIFICATE, NULL);
  g_setenv (X509_get_default_cert_file_env (), self->file, TRUE);
  g_setenv (X509_get_default_cert_dir_env (), self->dir, TRUE);
}

static void
system_tear_down (System *self, gconstpointer data)
{
  identity_free (self->authority);
  pem_remove (self->file);
  test_dir_remove (self->dir);
}

static int
count_authorities (X509_STORE *store)
{
  return sk_X509_OBJECT_num (X509_STORE_get0_objects (store));
}

/* Asserts whether what @store holds is given out again at @now. */
static void
assert_kept (X509_STORE *store, gint64 now, gboolean is_kept)
{
  X509_STORE *again = pj_trust_store_dup_system (now);

  g_assert_cmpint (again == store, ==, is_kept);
  X509_STORE_free (again);
}

static void
test_kept (System *system, gconstpointer data)
{
  X509_STORE *store = pj_trust_store_dup_system (0);

  g_assert_cmpint (count_authorities (store), ==, 1);
  assert_kept (store, 0, TRUE);
  assert_kept (store, HOUR_US - 1, TRUE);
  assert_kept (store, HOUR_US, FALSE);
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
  X509_STORE_free (store);
}

static void
test_file_changed (System *system, gconstpointer data)
{
  X509_STORE *store = pj_trust_store_dup_system (0);
  X509_STORE *later;

  write_authorities (system, 2);
  later = pj_trust_store_dup_system (1);
  g_assert_cmpint (count_authorities (later), ==, 2);
  /* Who has the old one keeps it. */
  g_assert_cmpint (count_authorities (store), ==, 1);
  assert_kept (later, 2, TRUE);
  X509_STORE_free (later);
  X509_STORE_free (store);
}

static void
test_folder_changed (System *system, gconstpointer data)
{
  g_autofree char *path = g_build_filename (system->dir, "0123abcd.0", NULL);
  struct utimbuf long_ago = { 1, 1 };
  X509_STORE *store;

  /* A change is not to fall within one tick of the clock. */
  g_assert_cmpint (g_utime (system->dir, &long_ago), ==, 0);
  store = pj_trust_store_dup_system (0);
  assert_kept (store, 1, TRUE);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_kept (store, 2, FALSE);
  X509_STORE_free (store);
}

static void
test_file_missing (System *system, gconstpointer data)
{
  X509_STORE *store;

  g_setenv (X509_get_default_cert_file_env (), "/nonexistent/ca.pem", TRUE);
  store = pj_trust_store_dup_system (0);
  g_assert_cmpint (count_authorities (store), ==, 0);
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
  X509_STORE_free (store);
}

static gpointer
take_and_leave (gpointer data)
{
  for (int i = 0; i < 50; i++)
    X509_STORE_free (pj_trust_store_dup_system (i * HOUR_US / 2));

  return NULL;
}

static void
test_threads (System *system, gconstpointer data)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("trust", take_and_leave, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static gboolean
visit (Identity *server, GError **error)
{
  SSL_CTX *context = peer_context_new (server, NULL, 0);
  g_autoptr (Peer) peer = peer_new (pj_tls_new ("pop.example.org", NULL, error), context);

  SSL_CTX_free (context);
  return peer_shake_hands (peer, error);
}

/* An authority that the system trusts no longer is not trusted from then on. */
static void
test_withdrawn (System *system, gconstpointer data)
{
  g_autoptr (Identity) server = identity_new_server ("DNS:pop.example.org", system->authority);
  g_autoptr (GError) error = NULL;

  g_assert_true (visit (server, &error));
  g_assert_no_error (error);
  g_assert_true (visit (server, &error));
  write_authorities (system, 0);
  g_assert_false (visit (server, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
}

static void
add (const char *path, void (*test) (System *, gconstpointer))
{
  g_test_add (path, System, NULL, system_set_up, test, system_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/net/trust-store/kept-for-an-hour", test_kept);
  add ("/net/trust-store/read-again-when-the-file-has-changed", test_file_changed);
  add ("/net/trust-store/read-again-when-the-folder-has-changed", test_folder_changed);
  add ("/net/trust-store/missing-file-holds-nobody", test_file_missing);
  add ("/net/trust-store/withdrawn-authority-is-refused", test_withdrawn);
  add ("/net/trust-store/many-threads", test_threads);

  return g_test_run ();
}
