/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/pj-profile.h"

G_BEGIN_DECLS

#define PJ_TYPE_SETTINGS (pj_settings_get_type ())
G_DECLARE_FINAL_TYPE (PjSettings, pj_settings, PJ, SETTINGS, GObject)

PjSettings *pj_settings_new (PjProfile *profile);
GSettings  *pj_settings_get_gsettings (PjSettings *self);
gboolean    pj_settings_get_notify (PjSettings *self);
guint       pj_settings_get_preview_lines (PjSettings *self);

G_END_DECLS
