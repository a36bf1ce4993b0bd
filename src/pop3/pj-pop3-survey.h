/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

/**
 * PjPop3Entry:
 * @uid: (nullable): unique id; %NULL when the server gave none that is usable
 * @octets: size for display; 0 until asked for
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
 * @entries: (element-type PjPop3Entry): @count of them; number n at n - 1
 *
 * What is in the mailbox, valid for this session only.
 */
typedef struct
{
  guint    count;
  guint64  octets;
  gboolean has_uids;
  GArray  *entries;
} PjPop3Survey;

PjPop3Survey          *
pj_pop3_survey_take (PjPop3Session *session, GCancellable *cancellable, GError **error);
gboolean pj_pop3_survey_ask_sizes (PjPop3Survey  *self,
                                   PjPop3Session *session,
                                   GCancellable  *cancellable,
                                   GError       **error);
guint    pj_pop3_survey_find (const PjPop3Survey *self, const char *uid);
void     pj_pop3_survey_free (PjPop3Survey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Survey, pj_pop3_survey_free)

G_END_DECLS
