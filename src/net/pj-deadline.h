/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjNetLimits:
 * @connect_ms: for finding the address and connecting
 * @handshake_ms: for a TLS handshake
 * @login_ms: for a login, which a server may hold back on purpose
 * @idle_ms: for the next byte
 * @total_ms: for the whole session, without the time that data needs
 * @total_from: monotonic microseconds; since when @total_ms counts, where the
 *   session is not the first of its visit; 0: since it connects
 *
 * How long a server may take. Milliseconds, each at least 1.
 */
typedef struct
{
  guint  connect_ms;
  guint  handshake_ms;
  guint  login_ms;
  guint  idle_ms;
  guint  total_ms;
  gint64 total_from;
} PjNetLimits;

extern const PjNetLimits pj_net_limits_default;

/**
 * PjDeadline:
 * @at: monotonic microseconds
 * @limit_ms: how long was allowed in all; 0 for no limit
 * @reason: (transfer none): what to say when it has passed; a literal
 *
 * The moment until which something must have happened, and its reason.
 */
typedef struct
{
  gint64      at;
  guint64     limit_ms;
  const char *reason;
} PjDeadline;

PjDeadline pj_net_limits_get_total (const PjNetLimits *self, gint64 from, guint64 bytes_in);
void       pj_net_limits_begin_total (PjNetLimits *self, gint64 from, guint64 bytes_in);
PjDeadline pj_deadline_in (guint ms, const char *reason);
PjDeadline pj_deadline_never (void);
PjDeadline pj_deadline_earlier (PjDeadline a, PjDeadline b);
gint64     pj_deadline_left_ms (PjDeadline deadline);
gboolean   pj_deadline_check (PjDeadline deadline, GError **error);
void       pj_deadline_set_error (PjDeadline deadline, GError **error);

G_END_DECLS
