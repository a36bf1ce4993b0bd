/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/pj-clock.h"

G_BEGIN_DECLS

#define PJ_TYPE_TODAY (pj_today_get_type ())
G_DECLARE_FINAL_TYPE (PjToday, pj_today, PJ, TODAY, GObject)

PjToday *pj_today_new (PjClock *clock);
void     pj_today_look (PjToday *self);
guint32  pj_today_number_day (GDateTime *time);
guint    pj_today_until_midnight_s (gint64 now, GTimeZone *zone);

G_END_DECLS
