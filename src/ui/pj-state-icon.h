/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PJ_TYPE_STATE_ICON (pj_state_icon_get_type ())
G_DECLARE_FINAL_TYPE (PjStateIcon, pj_state_icon, PJ, STATE_ICON, GtkWidget)

G_END_DECLS
