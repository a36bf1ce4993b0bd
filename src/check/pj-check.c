/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check.h"

#include "check/pj-check-visit.h"
#include "check/pj-mailbox-lock.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

/**
 * pj_check_request_free: (skip)
 * @self: (transfer full) (nullable): the request
 */
void
pj_check_request_free (PjCheckRequest *self)
{
  if (self == NULL)
    return;

  pj_mailbox_free (self->mailbox);
  g_clear_pointer (&self->known_uids, g_hash_table_unref);
  g_clear_pointer (&self->context, pj_mail_context_unref);
  g_free (self);
}

/* What a server says that it can do may be wrong, and what it did yesterday it
 * may not do today. A password is never tried twice, nor a server that is busy
 * or cannot be reached. */
static gboolean
may_come_of_trust (const GError *error)
{
  return g_error_matches (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL) ||
         g_error_matches (error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED) ||
         g_error_matches (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED) ||
         g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_PROTOCOL) ||
         g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK) ||
         g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
}

/* @start: monotonic microseconds; when @first, which failed, began */
static gboolean
may_look_again (const PjCheckVisit *first, gint64 start, const GError *failure)
{
  PjDeadline total = pj_net_limits_get_total (&first->mailbox->limits, start, first->bytes_in);

  return first->has_relied && may_come_of_trust (failure) && pj_deadline_left_ms (total) > 0;
}

/* Both visits have one total time together. */
static PjCheckResult *
look_again (const PjCheckVisit *first,
            gint64 start,
            PjMailboxMemory **learned,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (PjMailboxMemory) caution = pj_mailbox_memory_new_cautious (first->memory);
  PjMailbox mailbox = *first->mailbox; /* all in it is borrowed */
  PjCheckVisit second = {
    .mailbox = &mailbox,
    .memory = caution,
    .known_uids = first->known_uids,
  };
  PjCheckResult *result;

  pj_net_limits_begin_total (&mailbox.limits, start, first->bytes_in);
  result = pj_check_visit_run (&second, cancellable, error);
  *learned = second.learned;

  return result;
}

static PjCheckResult *
look (const PjCheckRequest *request,
      PjMailboxMemory **learned,
      GCancellable *cancellable,
      GError **error)
{
  PjCheckVisit first = {
    .mailbox = request->mailbox,
    .memory = request->mailbox->memory,
    .known_uids = request->known_uids,
    .context = request->context,
  };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) failure = NULL;
  PjCheckResult *result = pj_check_visit_run (&first, cancellable, &failure);

  if (result != NULL)
    {
      *learned = first.learned;
      return result;
    }

  if (!may_look_again (&first, start, failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  g_debug ("%s: once more, step by step: %s", request->mailbox->host, failure->message);
  pj_session_log_note (request->mailbox->log, failure->message);
  return look_again (&first, start, learned, cancellable, error);
}

/**
 * pj_check_run:
 * @request: where to look, and what was seen before
 * @learned: (out) (optional) (transfer full) (nullable): what the mailbox's
 *   memory should be from now on; %NULL after a failure, when it is best
 *   forgotten unless the server was not reached at all
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net`, `pop3` and
 *   pj_mailbox_lock_acquire()
 *
 * Takes one look into one mailbox. Nothing is marked as read and nothing is
 * changed on the server. Where that fails for having trusted what the server
 * said it can do, it looks once more and sends one command at a time, if the
 * mailbox's total time is not over; waiting for another session of ours with
 * the mailbox is not part of that time, but may take as long again. Blocks;
 * check thread.
 *
 * Returns: (transfer full): what is there and which of it is new
 */
PjCheckResult *
pj_check_run (const PjCheckRequest *request,
              PjMailboxMemory **learned,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (PjMailboxMemory) memory = NULL;
  g_autoptr (PjMailboxLock) lock = NULL;
  const PjMailbox *mailbox;
  PjCheckResult *result;

  g_return_val_if_fail (request != NULL && request->mailbox->account_id != NULL, NULL);

  if (learned != NULL)
    *learned = NULL;

  mailbox = request->mailbox;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, mailbox->limits.total_ms, cancellable, error);
  if (lock == NULL)
    return NULL;

  result = look (request, &memory, cancellable, error);
  if (learned != NULL)
    *learned = g_steal_pointer (&memory);

  return result;
}
