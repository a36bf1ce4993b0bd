/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/pj-settings.h"

G_BEGIN_DECLS

#define PJ_TYPE_PREFERENCES (pj_preferences_get_type ())
G_DECLARE_FINAL_TYPE (PjPreferences, pj_preferences, PJ, PREFERENCES, AdwPreferencesWindow)

GtkWidget *pj_preferences_new (GtkWindow *parent, PjSettings *settings);

G_END_DECLS
