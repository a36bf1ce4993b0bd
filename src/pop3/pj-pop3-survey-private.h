/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-survey.h"

/* For the two files that make a survey. */

G_BEGIN_DECLS

PjPop3Survey *pj_pop3_survey_new (guint count, guint64 octets);
void          pj_pop3_survey_set_uid (PjPop3Survey *self, guint number, const char *uid);
void          pj_pop3_survey_set_octets (PjPop3Survey *self, guint number, guint64 octets);
void          pj_pop3_survey_finish (PjPop3Survey *self);
PjPop3Survey *pj_pop3_survey_extend (const PjPop3Survey *known, guint count, guint64 octets);

G_END_DECLS
