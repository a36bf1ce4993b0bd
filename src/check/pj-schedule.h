/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-problem.h"

G_BEGIN_DECLS

/* A server that fails is asked at least once an hour. */
#define PJ_SCHEDULE_MAX_BACK_OFF_S 3600

/* So many wrong passwords in a row, and the provider may lock the account. */
#define PJ_SCHEDULE_MAX_AUTH_FAILURES 5

/* No check until the user acts. */
#define PJ_SCHEDULE_NEVER G_MAXUINT

guint pj_schedule_next_s (guint interval_s, guint failures, PjProblem *problem);

G_END_DECLS
