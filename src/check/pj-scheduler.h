/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-clock.h"

G_BEGIN_DECLS

#define PJ_TYPE_SCHEDULER (pj_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (PjScheduler, pj_scheduler, PJ, SCHEDULER, GObject)

PjScheduler *pj_scheduler_new (PjClock *clock);
void         pj_scheduler_plan (PjScheduler *self, const char *account_id, guint delay_s);
void         pj_scheduler_forget (PjScheduler *self, const char *account_id);
void         pj_scheduler_run_due (PjScheduler *self);
gint64       pj_scheduler_get_next_delay_us (PjScheduler *self);

G_END_DECLS
