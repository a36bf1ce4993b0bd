/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-trust-store.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "base/pj-tsan.h"

/*
 * Reading the system's authorities takes 20 ms of processor time, which is
 * more than the rest of a check that finds nothing new: all connections of a
 * process share what was read. The program runs for weeks, and authorities come
 * and go, so it is read again when file or folder have changed, and after an
 * hour whatever they look like: a file that a link in the folder leads to may
 * have other contents by then.
 */
#define MAX_AGE_US (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)

/* Whose thread holds this may use what follows. */
static GMutex mutex;
static X509_STORE *kept;  /* (owned) (nullable) */
static char *kept_stamp;  /* (owned): of the files at that time */
static gint64 kept_since; /* monotonic microseconds */

/* What is told of one file or folder without opening it. */
static void
add_stamp (GString *stamp, const char *path)
{
  GStatBuf status;

  g_string_append_printf (stamp, "%s ", path);
  if (g_stat (path, &status) == 0)
    g_string_append_printf (
        stamp,
        "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%ld",
        (guint64) status.st_dev, (guint64) status.st_ino, (gint64) status.st_size,
        (gint64) status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  g_string_append_c (stamp, '\n');
}

/* Where OpenSSL looks; the environment goes first, and may name several folders. */
static char *
dup_stamp (void)
{
  const char *file = g_getenv (X509_get_default_cert_file_env ());
  const char *dirs = g_getenv (X509_get_default_cert_dir_env ());
  GString *stamp = g_string_new (NULL);
  g_auto (GStrv) paths =
      g_strsplit (dirs != NULL ? dirs : X509_get_default_cert_dir (), G_SEARCHPATH_SEPARATOR_S, -1);

  add_stamp (stamp, file != NULL ? file : X509_get_default_cert_file ());
  for (gsize i = 0; paths[i] != NULL; i++)
    add_stamp (stamp, paths[i]);

  return g_string_free (stamp, FALSE);
}

/* A file that is missing or damaged holds nobody to trust: that is no error
 * here, but each server's certificate will then be refused. */
static X509_STORE *
read_store (void)
{
  X509_STORE *store = X509_STORE_new ();

  if (store != NULL)
    X509_STORE_set_default_paths (store);
  ERR_clear_error ();

  return store;
}

/**
 * pj_trust_store_dup_system: (skip)
 * @now: monotonic microseconds
 *
 * The authorities that the system trusts, as its administrator or the user's
 * environment says. Reads files where it must. Any thread: OpenSSL locks the
 * store where it adds to it.
 *
 * Returns: (transfer full) (nullable): to be freed with X509_STORE_free(), and
 *   not to be changed; %NULL when memory is short
 */
X509_STORE *
pj_trust_store_dup_system (gint64 now)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autofree char *stamp = dup_stamp ();
  X509_STORE *store;

  PJ_TAKE_OVER (&mutex);
  if (kept == NULL || now - kept_since >= MAX_AGE_US || !g_str_equal (stamp, kept_stamp))
    {
      g_clear_pointer (&kept, X509_STORE_free);
      g_free (kept_stamp);
      /* The stamp is of before: what changes while it is read shows the next time. */
      kept_stamp = g_steal_pointer (&stamp);
      kept = read_store ();
      kept_since = now;
    }

  store = kept;
  if (store != NULL)
    X509_STORE_up_ref (store);
  PJ_HAND_OVER (&mutex);

  return store;
}
