/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PJ_TYPE_CLOCK (pj_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (PjClock, pj_clock, PJ, CLOCK, GObject)

struct _PjClockClass
{
  GObjectClass parent_class;

  gint64 (*now) (PjClock *self);
  gint64 (*wall_now) (PjClock *self);
};

PjClock *pj_clock_new_system (void);
gint64   pj_clock_now (PjClock *self);
gint64   pj_clock_wall_now (PjClock *self);

#define PJ_TYPE_FAKE_CLOCK (pj_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (PjFakeClock, pj_fake_clock, PJ, FAKE_CLOCK, PjClock)

PjFakeClock *pj_fake_clock_new (gint64 start);
void         pj_fake_clock_advance (PjFakeClock *self, gint64 step);

G_END_DECLS
