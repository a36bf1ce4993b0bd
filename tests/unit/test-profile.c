/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-profile.h"

#include <glib/gstdio.h>

#include "model/pj-problem.h"

static void
assert_below (const char *path, const char *dir)
{
  g_assert_true (g_str_has_prefix (path, dir));
  g_assert_cmpint (path[strlen (dir)], ==, G_DIR_SEPARATOR);
}

static void
assert_private (const char *path)
{
  GStatBuf about;

  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
}

static void
test_throw_away (void)
{
  g_autoptr (GError) error = NULL;
  PjProfile *profile = pj_profile_new_throw_away (&error);
  g_autofree char *dir = NULL;
  g_autofree char *lock = NULL;
  g_autofree char *parent = NULL;

  g_assert_no_error (error);
  g_assert_true (pj_profile_is_throw_away (profile));
  dir = g_strdup (pj_profile_get_dir (profile));
  assert_private (dir);
  assert_below (pj_profile_get_account_file (profile), dir);
  assert_below (pj_profile_get_database (profile), dir);

  /* Files of every depth go with it. */
  lock = pj_profile_dup_lock_path (profile, "home");
  assert_below (lock, dir);
  parent = g_path_get_dirname (lock);
  assert_private (parent);
  g_assert_true (g_file_set_contents (lock, "x", 1, NULL));
  g_assert_true (g_file_set_contents (pj_profile_get_database (profile), "x", 1, NULL));
  g_assert_true (g_file_set_contents (pj_profile_get_account_file (profile), "x", 1, NULL));

  g_assert_finalize_object (profile);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

static void
test_links_are_not_followed (void)
{
  g_autoptr (PjProfile) other = pj_profile_new_throw_away (NULL);
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  g_autoptr (GFile) link = g_file_new_build_filename (pj_profile_get_dir (profile), "link", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (pj_profile_get_account_file (other), "x", 1, NULL));
  g_file_make_symbolic_link (link, pj_profile_get_dir (other), NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&profile);

  g_assert_true (g_file_test (pj_profile_get_account_file (other), G_FILE_TEST_EXISTS));
}

static void
test_dir (void)
{
  g_autoptr (PjProfile) parent = pj_profile_new_throw_away (NULL);
  g_autofree char *dir = g_build_filename (pj_profile_get_dir (parent), "a", "b", NULL);
  g_autofree char *crooked =
      g_build_filename (pj_profile_get_dir (parent), "a", "..", "a", "b", "", NULL);
  g_autoptr (GError) error = NULL;
  PjProfile *profile = pj_profile_new (dir, &error);
  g_autoptr (PjProfile) again = NULL;

  g_assert_no_error (error);
  g_assert_false (pj_profile_is_throw_away (profile));
  g_assert_cmpstr (pj_profile_get_dir (profile), ==, dir);
  assert_below (pj_profile_get_account_file (profile), dir);
  assert_below (pj_profile_get_database (profile), dir);
  g_assert_finalize_object (profile);
  g_assert_true (g_file_test (dir, G_FILE_TEST_IS_DIR));

  again = pj_profile_new (crooked, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pj_profile_get_dir (again), ==, dir);
}

static void
test_xdg (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProfile) profile = pj_profile_new (NULL, &error);
  g_autofree char *lock = NULL;

  g_assert_no_error (error);
  g_assert_false (pj_profile_is_throw_away (profile));
  g_assert_null (pj_profile_get_dir (profile));
  assert_below (pj_profile_get_account_file (profile), g_get_user_config_dir ());
  assert_below (pj_profile_get_database (profile), g_get_user_state_dir ());
  lock = pj_profile_dup_lock_path (profile, "home");
  assert_below (lock, g_get_user_state_dir ());
}

static void
test_lock_path (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  g_autofree char *home = pj_profile_dup_lock_path (profile, "home");
  g_autofree char *again = pj_profile_dup_lock_path (profile, "home");
  g_autofree char *work = pj_profile_dup_lock_path (profile, "work");
  g_autofree char *evil = pj_profile_dup_lock_path (profile, "../../evil/../x");
  g_autofree char *folder = g_path_get_dirname (home);
  g_autofree char *evil_folder = g_path_get_dirname (evil);

  g_assert_cmpstr (home, ==, again);
  g_assert_cmpstr (home, !=, work);
  /* An id is no way out of the folder. */
  g_assert_cmpstr (evil_folder, ==, folder);
}

static void
test_no_folder (void)
{
  g_autoptr (PjProfile) parent = pj_profile_new_throw_away (NULL);
  g_autofree char *below_file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (pj_profile_get_account_file (parent), "x", 1, NULL));
  below_file = g_build_filename (pj_profile_get_account_file (parent), "dir", NULL);
  g_assert_null (pj_profile_new (below_file, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

static void
test_unknown_schema (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);

  g_assert_null (pj_profile_new_settings (profile, "io.github.popinjay.Nothing"));
}

int
main (int argc, char *argv[])
{
  g_autofree char *config = NULL;
  g_autofree char *state = NULL;
  g_autoptr (PjProfile) xdg = NULL;

  g_test_init (&argc, &argv, NULL);

  /* The XDG folders of this test are its own. */
  xdg = pj_profile_new_throw_away (NULL);
  config = g_build_filename (pj_profile_get_dir (xdg), "xdg-config", NULL);
  state = g_build_filename (pj_profile_get_dir (xdg), "xdg-state", NULL);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_STATE_HOME", state, TRUE);

  g_test_add_func ("/app/profile/throw-away-leaves-nothing", test_throw_away);
  g_test_add_func ("/app/profile/links-are-not-followed", test_links_are_not_followed);
  g_test_add_func ("/app/profile/below-a-folder", test_dir);
  g_test_add_func ("/app/profile/xdg-folders", test_xdg);
  g_test_add_func ("/app/profile/lock-path", test_lock_path);
  g_test_add_func ("/app/profile/folder-cannot-be-made", test_no_folder);
  g_test_add_func ("/app/profile/unknown-schema", test_unknown_schema);

  return g_test_run ();
}
