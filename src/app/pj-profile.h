/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PJ_TYPE_PROFILE (pj_profile_get_type ())
G_DECLARE_FINAL_TYPE (PjProfile, pj_profile, PJ, PROFILE, GObject)

PjProfile  *pj_profile_new (const char *dir, GError **error);
PjProfile  *pj_profile_new_throw_away (GError **error);
gboolean    pj_profile_is_throw_away (PjProfile *self);
const char *pj_profile_get_dir (PjProfile *self);
const char *pj_profile_get_account_file (PjProfile *self);
const char *pj_profile_get_database (PjProfile *self);
char       *pj_profile_dup_lock_path (PjProfile *self, const char *account_id);
GSettings  *pj_profile_new_settings (PjProfile *self, const char *schema_id);

G_END_DECLS
