/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-login-try.h"

#include "check/pj-mailbox-lock.h"
#include "pop3/pj-pop3-survey.h"

/**
 * pj_login_trial_free: (skip)
 * @trial: (transfer full) (nullable): what was found
 */
void
pj_login_trial_free (PjLoginTrial *trial)
{
  if (trial == NULL)
    return;

  g_free (trial->certificate);
  g_free (trial);
}

/**
 * pj_login_try_run:
 * @mailbox: settings and password to try
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net`, `pop3` and
 *   pj_mailbox_lock_acquire()
 *
 * Logs in, counts and leaves. Blocks; check thread.
 *
 * Returns: (transfer full): what is there
 */
PjLoginTrial *
pj_login_try_run (const PjMailbox *mailbox, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (PjPop3Survey) survey = NULL;
  g_autoptr (PjLoginTrial) trial = NULL;

  g_return_val_if_fail (mailbox != NULL, NULL);

  lock = pj_mailbox_lock_acquire (mailbox->lock_path, mailbox->limits.total_ms, cancellable, error);
  if (lock == NULL)
    return NULL;

  session = pj_mailbox_log_in (mailbox, cancellable, error);
  if (session == NULL)
    return NULL;

  survey = pj_pop3_survey_take_uids (session, cancellable, error);
  if (survey == NULL)
    return NULL;

  trial = g_new0 (PjLoginTrial, 1);
  trial->certificate = pj_connection_dup_certificate (pj_pop3_session_get_connection (session));
  trial->messages = survey->count;
  trial->has_uids = survey->has_uids;

  pj_pop3_session_leave (session);

  return g_steal_pointer (&trial);
}
