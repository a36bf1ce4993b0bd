/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-settings.h"

#include "pj-config.h"

/* Run as it is, this program finds no schema; with --with-schema it must. */
static gboolean has_schema;

static PjSettings *
open_settings (PjProfile *profile)
{
  PjSettings *settings;

  if (!has_schema)
    g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*not installed*");
  settings = pj_settings_new (profile);
  g_test_assert_expected_messages ();

  return settings;
}

static void
test_defaults (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  PjSettings *settings = open_settings (profile);

  g_assert_true (pj_settings_get_notify (settings));
  g_assert_cmpuint (pj_settings_get_preview_lines (settings), ==, 100);
  g_assert_true ((pj_settings_get_gsettings (settings) != NULL) == has_schema);
  g_assert_finalize_object (settings);
}

static void
test_change_is_kept (void)
{
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (NULL);
  g_autoptr (PjProfile) other = pj_profile_new_throw_away (NULL);
  g_autoptr (PjSettings) settings = open_settings (profile);
  g_autoptr (PjSettings) again = NULL;
  g_autoptr (PjSettings) stranger = NULL;
  GSettings *gsettings = pj_settings_get_gsettings (settings);

  g_assert_true (g_settings_set_boolean (gsettings, "notify", FALSE));
  g_assert_true (g_settings_set_uint (gsettings, "preview-lines", 25));
  g_settings_sync ();
  g_assert_false (pj_settings_get_notify (settings));
  g_assert_cmpuint (pj_settings_get_preview_lines (settings), ==, 25);

  again = open_settings (profile);
  g_assert_false (pj_settings_get_notify (again));
  g_assert_cmpuint (pj_settings_get_preview_lines (again), ==, 25);

  stranger = open_settings (other);
  g_assert_true (pj_settings_get_notify (stranger));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  has_schema = argc > 1 && g_str_equal (argv[1], "--with-schema");
  if (has_schema)
    {
      g_test_add_func ("/app/settings/with-schema/defaults", test_defaults);
      g_test_add_func ("/app/settings/with-schema/change-is-kept", test_change_is_kept);
    }
  else
    {
      /* One may be installed on this machine. */
      g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
      g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
      g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
      g_test_add_func ("/app/settings/without-schema/defaults", test_defaults);
    }

  return g_test_run ();
}
