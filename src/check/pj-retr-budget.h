/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-survey.h"

G_BEGIN_DECLS

/* A message that a check fetches whole for its header alone. Mail without
 * attachments is below it. */
#define PJ_RETR_BUDGET_MAX_HEAD_OCTETS (256 * 1024)

/* All of them together in one check, so that the first look into a mailbox of
 * gigabytes does not download it: a minute at 2 Mbit/s. */
#define PJ_RETR_BUDGET_MAX_CHECK_OCTETS (16 * 1024 * 1024)

/* What each costs at least, so that a server that tells too small sizes is not
 * asked for all it has. */
#define PJ_RETR_BUDGET_MIN_OCTETS (8 * 1024)

/* A message that the user asked to see the beginning of. Mail servers refuse
 * larger mail; who wants one all the same asks for it whole. */
#define PJ_RETR_BUDGET_MAX_SHOW_OCTETS (32 * 1024 * 1024)

GArray *pj_retr_budget_choose (const PjPop3Survey *survey, const GArray *numbers);

G_END_DECLS
