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

/* "2 minutes and what the data needs": at least this many bytes count as a
 * second of work. A modem did better. */
#define SLOWEST_BYTES_PER_S (4 * 1024)

static guint64
data_ms (guint64 bytes)
{
  return bytes / SLOWEST_BYTES_PER_S * 1000;
}

/**
 * pj_net_limits_get_total:
 * @self: limits
 * @from: monotonic microseconds; when the session connected
 * @bytes_in: what it has received so far
 *
 * Returns: when its whole time is over
 */
PjDeadline
pj_net_limits_get_total (const PjNetLimits *self, gint64 from, guint64 bytes_in)
{
  guint64 limit_ms = self->total_ms + data_ms (bytes_in);

  return (PjDeadline){
    .at = (self->total_from != 0 ? self->total_from : from) + (gint64) limit_ms * 1000,
    .limit_ms = limit_ms,
    .reason = "The server takes too long over all",
  };
}

/**
 * pj_net_limits_begin_total:
 * @self: limits, to be those of the next session of one visit
 * @from: monotonic microseconds; when the first one began
 * @bytes_in: what it has received
 *
 * Has one whole time hold for both.
 */
void
pj_net_limits_begin_total (PjNetLimits *self, gint64 from, guint64 bytes_in)
{
  self->total_from = from;
  self->total_ms = (guint) MIN (self->total_ms + data_ms (bytes_in), G_MAXUINT);
}

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
