/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-survey.h"

G_BEGIN_DECLS

GArray *pj_uid_diff_list_fresh (const PjPop3Survey *survey, GHashTable *known);

G_END_DECLS
