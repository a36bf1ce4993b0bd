/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-capabilities.h"
#include "pop3/pj-pop3-survey.h"

G_BEGIN_DECLS

/**
 * PjMailboxMemory:
 * @greeting: (owned) (nullable): shape of the server's greeting, see
 *   pj_mailbox_memory_shape_greeting(); %NULL: the server must tell all anew
 * @before_login: (owned): what CAPA told before the login
 * @after_login: (owned): and after it
 * @mechanism: (nullable): how the login went; a static string
 * @tls_session: (owned) (nullable): to be resumed
 * @breaks_resumption: whether the server broke off when one was offered to it
 * @learned_at: monotonic microseconds; when the server told the above
 * @is_sequential: whether answers did not match when commands went together
 * @can_fly: whether commands that went together have been answered well
 * @survey: (owned) (nullable): what was in the mailbox
 * @n_vouched: surveys since all messages were last asked for
 *
 * What one session with a mailbox leaves to the next one. It holds nothing
 * that the server could not tell again, so forgetting it is always safe. For
 * one account with its settings as they are. Filled by its maker, read-only
 * afterwards; then any thread.
 */
typedef struct
{
  char               *greeting;
  PjPop3Capabilities *before_login;
  PjPop3Capabilities *after_login;
  const char         *mechanism;
  GBytes             *tls_session;
  gboolean            breaks_resumption;
  gint64              learned_at;
  gboolean            is_sequential;
  gboolean            can_fly;
  PjPop3Survey       *survey;
  guint               n_vouched;

  /*< private >*/
  gatomicrefcount references;
} PjMailboxMemory;

PjMailboxMemory *pj_mailbox_memory_new (void);
PjMailboxMemory *pj_mailbox_memory_new_cautious (const PjMailboxMemory *self);
PjMailboxMemory *pj_mailbox_memory_ref (PjMailboxMemory *self);
void             pj_mailbox_memory_unref (PjMailboxMemory *self);
gboolean pj_mailbox_memory_fits (const PjMailboxMemory *self, const char *greeting, gint64 now);
char    *pj_mailbox_memory_shape_greeting (const char *greeting);
PjPop3Survey *pj_mailbox_memory_get_voucher (const PjMailboxMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailboxMemory, pj_mailbox_memory_unref)

G_END_DECLS
