/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include "app/pj-profile.h"

#include <errno.h>
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>

#include "model/pj-problem.h"

#define FOLDER "popinjay"

/**
 * PjProfile:
 *
 * Where one user's accounts, settings and state lie: in the XDG folders, all
 * below one folder of choice, or in one that goes when the profile does.
 * Main thread.
 */
struct _PjProfile
{
  GObject parent_instance;

  /* Owned */
  char *dir; /* NULL: the XDG folders */
  char *account_file;
  char *settings_file;
  char *database;
  char *lock_dir;

  /* Plain */
  gboolean is_throw_away;
};

G_DEFINE_FINAL_TYPE (PjProfile, pj_profile, G_TYPE_OBJECT)

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_remove (path);
}

static void
pj_profile_finalize (GObject *object)
{
  PjProfile *self = PJ_PROFILE (object);

  if (self->is_throw_away && self->dir != NULL)
    remove_tree (self->dir);
  g_clear_pointer (&self->dir, g_free);
  g_clear_pointer (&self->account_file, g_free);
  g_clear_pointer (&self->settings_file, g_free);
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->lock_dir, g_free);

  G_OBJECT_CLASS (pj_profile_parent_class)->finalize (object);
}

static void
pj_profile_class_init (PjProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_profile_finalize;
}

static void
pj_profile_init (PjProfile *self)
{
}

static gboolean
make_dir (const char *path, GError **error)
{
  /* Senders and subjects are nobody else's business. */
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/**
 * pj_profile_new:
 * @dir: (nullable): folder to keep everything below; %NULL for the XDG folders
 * @error: return location; %PJ_PROBLEM_INTERNAL when a folder cannot be made
 *
 * Returns: (transfer full): the profile, its folders made
 */
PjProfile *
pj_profile_new (const char *dir, GError **error)
{
  g_autoptr (PjProfile) self = g_object_new (PJ_TYPE_PROFILE, NULL);
  g_autofree char *config = NULL;
  g_autofree char *state = NULL;

  self->dir = dir != NULL ? g_canonicalize_filename (dir, NULL) : NULL;
  config = self->dir != NULL ? g_build_filename (self->dir, "config", NULL)
                             : g_build_filename (g_get_user_config_dir (), FOLDER, NULL);
  state = self->dir != NULL ? g_build_filename (self->dir, "state", NULL)
                            : g_build_filename (g_get_user_state_dir (), FOLDER, NULL);
  self->account_file = g_build_filename (config, "accounts.ini", NULL);
  self->settings_file = g_build_filename (config, "settings.ini", NULL);
  self->database = g_build_filename (state, "popinjay.db", NULL);
  self->lock_dir = g_build_filename (state, "locks", NULL);

  if (!make_dir (config, error) || !make_dir (self->lock_dir, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_profile_new_throw_away:
 * @error: return location; %PJ_PROBLEM_INTERNAL, #GFileError
 *
 * Returns: (transfer full): a profile in a fresh folder that is removed with
 *   the last reference
 */
PjProfile *
pj_profile_new_throw_away (GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("popinjay-XXXXXX", error);
  PjProfile *self;

  if (dir == NULL)
    return NULL;

  self = pj_profile_new (dir, error);
  if (self == NULL)
    remove_tree (dir);
  else
    self->is_throw_away = TRUE;

  return self;
}

/**
 * pj_profile_is_throw_away:
 * @self: the profile
 *
 * Returns: whether its files go with it
 */
gboolean
pj_profile_is_throw_away (PjProfile *self)
{
  g_return_val_if_fail (PJ_IS_PROFILE (self), FALSE);

  return self->is_throw_away;
}

/**
 * pj_profile_get_dir:
 * @self: the profile
 *
 * Returns: (transfer none) (nullable): the folder it lies below; %NULL for
 *   the XDG folders
 */
const char *
pj_profile_get_dir (PjProfile *self)
{
  g_return_val_if_fail (PJ_IS_PROFILE (self), NULL);

  return self->dir;
}

/**
 * pj_profile_get_account_file:
 * @self: the profile
 *
 * Returns: (transfer none): path of the account file, which may not exist
 */
const char *
pj_profile_get_account_file (PjProfile *self)
{
  g_return_val_if_fail (PJ_IS_PROFILE (self), NULL);

  return self->account_file;
}

/**
 * pj_profile_get_database:
 * @self: the profile
 *
 * Returns: (transfer none): path of the database, which may not exist
 */
const char *
pj_profile_get_database (PjProfile *self)
{
  g_return_val_if_fail (PJ_IS_PROFILE (self), NULL);

  return self->database;
}

/**
 * pj_profile_dup_lock_path:
 * @self: the profile
 * @account_id: id of an account
 *
 * Returns: (transfer full): path of the file that keeps the mailbox to one
 *   session among all processes on this profile
 */
char *
pj_profile_dup_lock_path (PjProfile *self, const char *account_id)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (PJ_IS_PROFILE (self), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  /* An id comes from a file that a user may edit. */
  name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account_id, -1);
  return g_build_filename (self->lock_dir, name, NULL);
}

/**
 * pj_profile_new_settings:
 * @self: the profile
 * @schema_id: a GSettings schema
 *
 * Returns: (transfer full) (nullable): its settings, the user's own or those
 *   kept below the profile's folder; %NULL when the schema is not installed
 */
GSettings *
pj_profile_new_settings (PjProfile *self, const char *schema_id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  g_return_val_if_fail (PJ_IS_PROFILE (self), NULL);
  g_return_val_if_fail (schema_id != NULL, NULL);

  schema = source != NULL ? g_settings_schema_source_lookup (source, schema_id, TRUE) : NULL;
  if (schema == NULL)
    return NULL;

  if (self->dir != NULL)
    backend = g_keyfile_settings_backend_new (self->settings_file, "/", NULL);

  return g_settings_new_full (schema, backend, NULL);
}
