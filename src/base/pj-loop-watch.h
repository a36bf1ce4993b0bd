/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-clock.h"

G_BEGIN_DECLS

/**
 * PjLoopWatchFunc:
 * @start: when the iteration began to work, microseconds of the clock
 * @took_ms: how long it worked, milliseconds
 * @queued_ms: for how much of that the thread waited for a processor,
 *   milliseconds; 0 where the system does not tell
 * @user_data: as given
 *
 * One iteration of the main loop took longer than it may.
 */
typedef void (*PjLoopWatchFunc) (gint64 start, guint took_ms, guint queued_ms, gpointer user_data);

GSource *
pj_loop_watch_new (PjClock *clock, guint limit_ms, PjLoopWatchFunc func, gpointer user_data);

G_END_DECLS
