/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

/**
 * PjPop3Entry:
 * @uid: (nullable): unique id; %NULL when the server gave none that is usable
 * @octets: size for display; 0 when it was not told
 *
 * One message in the mailbox. Its number is its place, from 1.
 */
typedef struct
{
  char   *uid;
  guint64 octets;
} PjPop3Entry;

/**
 * PjPop3Survey:
 * @count: messages by STAT
 * @octets: their size by STAT
 * @has_uids: whether the server knows UIDL
 * @can_vouch: whether a later session can tell by a few answers that these
 *   messages are still what they were
 * @entries: (element-type PjPop3Entry): @count of them; number n at n - 1
 * @n_old: how many of them, from the first, are those of the survey that it
 *   was compared with; 0 when all were asked for anew
 *
 * What is in the mailbox. The numbers are those of one session. Filled by its
 * maker, read-only afterwards; then any thread.
 */
typedef struct
{
  guint    count;
  guint64  octets;
  gboolean has_uids;
  gboolean can_vouch;
  GArray  *entries;
  guint    n_old;

  /*< private >*/
  gatomicrefcount references;
} PjPop3Survey;

/**
 * PjPop3SurveyFlight:
 * @PJ_POP3_SURVEY_STEPS: STAT is sent; what it tells decides how to go on
 * @PJ_POP3_SURVEY_PROBES: STAT and two UIDLs are sent
 * @PJ_POP3_SURVEY_FULL: STAT, UIDL and LIST are sent
 *
 * Which commands of a survey are outstanding.
 */
typedef enum
{
  PJ_POP3_SURVEY_STEPS,
  PJ_POP3_SURVEY_PROBES,
  PJ_POP3_SURVEY_FULL,
} PjPop3SurveyFlight;

PjPop3Survey      *pj_pop3_survey_ref (PjPop3Survey *self);
void               pj_pop3_survey_unref (PjPop3Survey *self);
PjPop3SurveyFlight pj_pop3_survey_send (PjPop3Session *session, const PjPop3Survey *known);
PjPop3Survey      *pj_pop3_survey_receive (PjPop3Session     *session,
                                           PjPop3SurveyFlight flight,
                                           PjPop3Survey      *known,
                                           GCancellable      *cancellable,
                                           GError           **error);
PjPop3Survey       *
pj_pop3_survey_take_uids (PjPop3Session *session, GCancellable *cancellable, GError **error);
guint pj_pop3_survey_find (const PjPop3Survey *self, const char *uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Survey, pj_pop3_survey_unref)

G_END_DECLS
