/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-account-file"

#include "account/pj-account-file.h"

#include <errno.h>
#include <stdlib.h>

#include <glib/gstdio.h>

#include "base/pj-file-lock.h"

/*
 * The file of accounts: a key file with one group for each, named by its id.
 * It holds no secret. What it has besides, comments and keys of another
 * version, survives a write. Any thread.
 *
 * Each write changes one group of the file as it is at that moment, under a
 * lock, so that processes which read it earlier do not undo one another.
 */

/* A write holds the lock for some milliseconds, on a slow disk for a second. */
#define LOCK_TIMEOUT_MS 5000

#define KEY_NAME "Name"
#define KEY_SERVER "Server"
#define KEY_PORT "Port"
#define KEY_SECURITY "Security"
#define KEY_USER "User"
#define KEY_INTERVAL "Interval"
#define KEY_FETCH_WHOLE "FetchWhole"

/* Texts that need not be there, by the properties that hold them. */
static const struct
{
  const char *key;
  const char *property;
} texts[] = {
  { "Mechanism", "mechanism" },
  { "PasswordCommand", "password-command" },
  { "TokenCommand", "token-command" },
  { "ClientCertificate", "client-certificate" },
  { "CaFile", "ca-file" },
  { "Pin", "pin" },
  { "PinSummary", "pin-summary" },
};

/* One group that is being read. */
typedef struct
{
  const char *path;
  GKeyFile *file;
  const char *group;
} Entry;

static gboolean
fail (const Entry *entry, const char *key, const char *reason, GError **error)
{
  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "%s: group [%s], key %s: %s",
               entry->path, entry->group, key, reason);
  return FALSE;
}

/* @text: %NULL when the key is missing and need not be there */
static gboolean
read_text (const Entry *entry, const char *key, gboolean is_needed, char **text, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *text = g_key_file_get_string (entry->file, entry->group, key, &local_error);
  if (*text != NULL)
    return TRUE;
  if (!is_needed && g_error_matches (local_error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND))
    return TRUE;

  return fail (entry, key, local_error->message, error);
}

/* @number: left alone when the key is missing */
static gboolean
read_number (
    const Entry *entry, const char *key, guint min, guint max, guint *number, GError **error)
{
  g_autofree char *text = NULL;
  guint64 value = 0;

  if (!read_text (entry, key, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  g_strstrip (text);
  if (!g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    {
      g_autofree char *reason = g_strdup_printf ("It must be a number from %u to %u", min, max);

      return fail (entry, key, reason, error);
    }

  *number = (guint) value;
  return TRUE;
}

static gboolean
read_security (const Entry *entry, PjSecurity *security, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (entry, KEY_SECURITY, FALSE, &text, error))
    return FALSE;

  if (text != NULL && !pj_security_from_string (g_strstrip (text), security))
    return fail (entry, KEY_SECURITY, "It must be tls, starttls or none", error);

  return TRUE;
}

/* @flag: left alone when the key is missing */
static gboolean
read_flag (const Entry *entry, const char *key, gboolean *flag, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (entry, key, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  g_strstrip (text);
  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    return fail (entry, key, "It must be true or false", error);

  *flag = g_str_equal (text, "true");
  return TRUE;
}

static gboolean
read_texts (const Entry *entry, PjAccount *account, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      if (!read_text (entry, texts[i].key, FALSE, &text, error))
        return FALSE;
      g_object_set (account, texts[i].property, text, NULL);
    }

  return TRUE;
}

static PjAccount *
read_account (const Entry *entry, GError **error)
{
  g_autoptr (PjAccount) account = pj_account_new (entry->group);
  g_autofree char *name = NULL;
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;
  PjSecurity security = PJ_SECURITY_TLS;
  guint interval_s = PJ_ACCOUNT_DEFAULT_INTERVAL_S;
  gboolean may_fetch_whole = FALSE;
  guint port;

  if (!read_text (entry, KEY_NAME, TRUE, &name, error) ||
      !read_text (entry, KEY_SERVER, TRUE, &server, error) ||
      !read_text (entry, KEY_USER, TRUE, &user, error) || !read_texts (entry, account, error) ||
      !read_security (entry, &security, error) ||
      !read_number (entry, KEY_INTERVAL, PJ_ACCOUNT_MIN_INTERVAL_S, PJ_ACCOUNT_MAX_INTERVAL_S,
                    &interval_s, error) ||
      !read_flag (entry, KEY_FETCH_WHOLE, &may_fetch_whole, error))
    return NULL;

  port = pj_security_get_default_port (security);
  if (!read_number (entry, KEY_PORT, 1, G_MAXUINT16, &port, error))
    return NULL;

  g_object_set (account, "name", name, "server", server, "port", port, "security", security, "user",
                user, "interval-s", interval_s, "may-fetch-whole", may_fetch_whole, NULL);
  if (!pj_account_is_valid (account, error))
    {
      g_prefix_error (error, "%s: group [%s]: ", entry->path, entry->group);
      return NULL;
    }

  return g_steal_pointer (&account);
}

/* Returns: (transfer full) (nullable): the file's groups; none when there is no file */
static GKeyFile *
load_key_file (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &local_error) ||
      g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);

  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "%s: %s", path, local_error->message);
  return NULL;
}

/**
 * pj_account_file_load:
 * @path: file name
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL and a
 *   message that names the group and the key
 *
 * Reads the accounts. A file that is not there has none. One entry that
 * cannot be used fails the whole, so that no mailbox goes unwatched unnoticed.
 * Blocks for a short read; the start of a program may do that.
 *
 * Returns: (transfer full) (element-type PjAccount) (nullable): the accounts,
 *   in the order of the file
 */
GPtrArray *
pj_account_file_load (const char *path, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = load_key_file (path, error);
  if (file == NULL)
    return NULL;

  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      Entry entry = { .path = path, .file = file, .group = *group };
      PjAccount *account = read_account (&entry, error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
    }

  return g_steal_pointer (&accounts);
}

static gboolean
set_text (GKeyFile *file, const char *group, const char *key, const char *text, GError **error)
{
  if (text == NULL)
    {
      g_key_file_remove_key (file, group, key, NULL);
      return TRUE;
    }

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                   "The account file cannot hold a %s that is not UTF-8", key);
      return FALSE;
    }

  g_key_file_set_string (file, group, key, text);
  return TRUE;
}

static gboolean
write_texts (GKeyFile *file, PjAccount *account, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      g_object_get (account, texts[i].property, &text, NULL);
      if (!set_text (file, pj_account_get_id (account), texts[i].key, text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_account (GKeyFile *file, PjAccount *account, GError **error)
{
  const char *group = pj_account_get_id (account);

  if (!set_text (file, group, KEY_NAME, pj_account_get_name (account), error) ||
      !set_text (file, group, KEY_SERVER, pj_account_get_server (account), error) ||
      !set_text (file, group, KEY_USER, pj_account_get_user (account), error) ||
      !write_texts (file, account, error))
    return FALSE;

  g_key_file_set_integer (file, group, KEY_PORT, pj_account_get_port (account));
  g_key_file_set_string (file, group, KEY_SECURITY,
                         pj_security_to_string (pj_account_get_security (account)));
  g_key_file_set_integer (file, group, KEY_INTERVAL, (int) pj_account_get_interval_s (account));
  if (pj_account_may_fetch_whole (account))
    g_key_file_set_boolean (file, group, KEY_FETCH_WHOLE, TRUE);
  else
    g_key_file_remove_key (file, group, KEY_FETCH_WHOLE, NULL);

  return TRUE;
}

/* Two mailboxes of one name could not be told apart on the command line. */
static gboolean
is_name_free (GKeyFile *file, PjAccount *account, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      g_autofree char *name = g_key_file_get_string (file, *group, KEY_NAME, NULL);

      if (g_str_equal (*group, pj_account_get_id (account)) ||
          g_strcmp0 (name, pj_account_get_name (account)) != 0)
        continue;

      g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                   "There is already a mailbox with the name “%s”", name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_file (const char *path, GKeyFile *file, GError **error)
{
  /* A link into a folder of shared settings stays a link. */
  g_autofree char *real = realpath (path, NULL);
  const char *target = real != NULL ? real : path;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *data = NULL;
  gsize len = 0;

  data = g_key_file_to_data (file, &len, NULL);
  if (!g_file_set_contents_full (target, data, (gssize) len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &local_error))
    {
      g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, local_error->message);
      return FALSE;
    }

  /* Later GLib keeps the mode of a file that was there, however open. */
  if (g_chmod (target, 0600) != 0)
    g_warning ("%s stays readable for others: %s", target, g_strerror (errno));

  return TRUE;
}

/* Returns: (transfer full) (nullable): the right to read the file and write it again */
static PjFileLock *
lock_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autoptr (GError) local_error = NULL;
  PjFileLock *lock = pj_file_lock_acquire (lock_path, LOCK_TIMEOUT_MS, cancellable, &local_error);

  if (lock != NULL)
    return lock;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, local_error->message);
  return NULL;
}

/**
 * pj_account_file_put:
 * @path: file name; its folder is there
 * @account: what to write, in place of the group with its id or behind the
 *   others
 * @cancellable: (nullable): ends the wait for another process that writes
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL when
 *   @account is not valid, its name is taken or the file cannot be used;
 *   %G_IO_ERROR_CANCELLED
 *
 * Writes one account and leaves the others as they are in the file, whoever
 * wrote them. The file is readable by its owner alone; after a power cut it
 * is the old or the new one. One that cannot be read as a key file is left
 * alone. Blocks, up to five seconds while another process writes.
 *
 * Returns: whether it is on the disk
 */
gboolean
pj_account_file_put (const char *path,
                     PjAccount *account,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (PjFileLock) lock = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (path != NULL && PJ_IS_ACCOUNT (account), FALSE);

  if (!pj_account_is_valid (account, error))
    return FALSE;

  lock = lock_file (path, cancellable, error);
  if (lock == NULL)
    return FALSE;

  file = load_key_file (path, error);
  return file != NULL && is_name_free (file, account, error) &&
         write_account (file, account, error) && write_file (path, file, error);
}

/**
 * pj_account_file_remove:
 * @path: file name; its folder is there
 * @account_id: whose group to remove; another process may have done it
 * @cancellable: (nullable): ends the wait for another process that writes
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_INTERNAL;
 *   %G_IO_ERROR_CANCELLED
 *
 * Removes one account, as pj_account_file_put() writes one. Blocks likewise.
 *
 * Returns: whether the file on the disk is without it
 */
gboolean
pj_account_file_remove (const char *path,
                        const char *account_id,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (PjFileLock) lock = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (path != NULL && account_id != NULL, FALSE);

  lock = lock_file (path, cancellable, error);
  if (lock == NULL)
    return FALSE;

  file = load_key_file (path, error);
  if (file == NULL)
    return FALSE;

  return !g_key_file_remove_group (file, account_id, NULL) || write_file (path, file, error);
}
