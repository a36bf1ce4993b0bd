/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PJ_TYPE_OVERVIEW (pj_overview_get_type ())
G_DECLARE_FINAL_TYPE (PjOverview, pj_overview, PJ, OVERVIEW, GObject)

PjOverview *pj_overview_new (GListModel *accounts);
guint       pj_overview_get_new_count (PjOverview *self);
gboolean    pj_overview_is_checking (PjOverview *self);
gint64      pj_overview_get_next_due (PjOverview *self);
guint       pj_overview_get_problems (PjOverview *self);

G_END_DECLS
