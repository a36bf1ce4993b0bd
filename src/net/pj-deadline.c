/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-deadline.h"

#include "net/pj-net-error.h"

/*
 * Dovecot and Courier hold a wrong login back for up to 12 s, a locked
 * mailbox for as long, and large mailboxes take their time for the first
 * UIDL: 60 s without a byte is silence, and as much is allowed for a login
 * altogether. A whole check ends after 2 minutes
 * and what its data needs.
 */
const PjNetLimits pj_net_limits_default = {
  .connect_ms = 30 * 1000,
  .handshake_ms = 30 * 1000,
  .login_ms = 60 * 1000,
  .idle_ms = 60 * 1000,
  .total_ms = 120 * 1000,
};

/**
 * pj_deadline_in:
 * @ms: milliseconds from here
 * @reason: (transfer none): a literal
 *
 * Returns: the deadline
 */
PjDeadline
pj_deadline_in (guint ms, const char *reason)
{
  return (PjDeadline){
    .at = g_get_monotonic_time () + (gint64) ms * 1000,
    .limit_ms = ms,
    .reason = reason,
  };
}

/**
 * pj_deadline_never:
 *
 * Returns: a deadline that no other is later than
 */
PjDeadline
pj_deadline_never (void)
{
  return (PjDeadline){ .at = G_MAXINT64, .reason = "" };
}

/**
 * pj_deadline_earlier:
 * @a: a deadline
 * @b: another
 *
 * Returns: the one that passes first
 */
PjDeadline
pj_deadline_earlier (PjDeadline a, PjDeadline b)
{
  return b.at < a.at ? b : a;
}

/**
 * pj_deadline_left_ms:
 * @deadline: a deadline
 *
 * Returns: milliseconds until it passes, rounded up; 0 when it has passed
 */
gint64
pj_deadline_left_ms (PjDeadline deadline)
{
  gint64 left = deadline.at - g_get_monotonic_time ();

  return left > 0 ? (left + 999) / 1000 : 0;
}

/**
 * pj_deadline_set_error:
 * @deadline: one that has passed
 * @error: return location
 *
 * Sets %PJ_NET_ERROR_TIMEOUT with the reason and how long was allowed.
 */
void
pj_deadline_set_error (PjDeadline deadline, GError **error)
{
  if (deadline.limit_ms % 1000 != 0)
    g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT, "%s (limit: %" G_GUINT64_FORMAT " ms)",
                 deadline.reason, deadline.limit_ms);
  else
    g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT, "%s (limit: %" G_GUINT64_FORMAT " s)",
                 deadline.reason, deadline.limit_ms / 1000);
}

/**
 * pj_deadline_check:
 * @deadline: a deadline
 * @error: return location; %PJ_NET_ERROR_TIMEOUT
 *
 * Returns: %FALSE with @error set when it has passed
 */
gboolean
pj_deadline_check (PjDeadline deadline, GError **error)
{
  if (pj_deadline_left_ms (deadline) > 0)
    return TRUE;

  pj_deadline_set_error (deadline, error);
  return FALSE;
}
