/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-check-pool.h"
#include "check/pj-session-log.h"

G_BEGIN_DECLS

void pj_logged_job_wrap (PjCheckJob *job, PjSessionLog *log, const char *path);

G_END_DECLS
