/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-settings.h"

#include "pj-config.h"

#define DEFAULT_PREVIEW_LINES 100

/**
 * PjSettings:
 *
 * The settings with their types, so that no key is spelled out elsewhere. A
 * program whose schema is not installed runs on the defaults. Main thread.
 */
struct _PjSettings
{
  GObject parent_instance;

  GSettings *gsettings; /* (owned) NULL: defaults */
};

G_DEFINE_FINAL_TYPE (PjSettings, pj_settings, G_TYPE_OBJECT)

static void
pj_settings_dispose (GObject *object)
{
  PjSettings *self = PJ_SETTINGS (object);

  g_clear_object (&self->gsettings);

  G_OBJECT_CLASS (pj_settings_parent_class)->dispose (object);
}

static void
pj_settings_class_init (PjSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_settings_dispose;
}

static void
pj_settings_init (PjSettings *self)
{
}

/**
 * pj_settings_new:
 * @profile: whose settings
 *
 * Returns: (transfer full): the settings
 */
PjSettings *
pj_settings_new (PjProfile *profile)
{
  PjSettings *self;

  g_return_val_if_fail (PJ_IS_PROFILE (profile), NULL);

  self = g_object_new (PJ_TYPE_SETTINGS, NULL);
  self->gsettings = pj_profile_new_settings (profile, PJ_APP_ID);
  if (self->gsettings == NULL)
    g_message ("The settings schema " PJ_APP_ID " is not installed: using the defaults");

  return self;
}

/**
 * pj_settings_get_gsettings:
 * @self: the settings
 *
 * Returns: (transfer none) (nullable): what to bind widgets to; %NULL when
 *   the schema is not installed
 */
GSettings *
pj_settings_get_gsettings (PjSettings *self)
{
  g_return_val_if_fail (PJ_IS_SETTINGS (self), NULL);

  return self->gsettings;
}

/**
 * pj_settings_get_notify:
 * @self: the settings
 *
 * Returns: whether new mail is announced
 */
gboolean
pj_settings_get_notify (PjSettings *self)
{
  g_return_val_if_fail (PJ_IS_SETTINGS (self), TRUE);

  return self->gsettings != NULL ? g_settings_get_boolean (self->gsettings, "notify") : TRUE;
}

/**
 * pj_settings_get_preview_lines:
 * @self: the settings
 *
 * Returns: how many body lines the preview asks for
 */
guint
pj_settings_get_preview_lines (PjSettings *self)
{
  g_return_val_if_fail (PJ_IS_SETTINGS (self), DEFAULT_PREVIEW_LINES);

  return self->gsettings != NULL ? g_settings_get_uint (self->gsettings, "preview-lines")
                                 : DEFAULT_PREVIEW_LINES;
}
