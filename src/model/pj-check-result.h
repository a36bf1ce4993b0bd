/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/pj-message.h"

G_BEGIN_DECLS

/**
 * PjCheckResult:
 * @messages: how many lie on the server (STAT, RFC 1939 section 5)
 * @octets: and how large they are together
 * @has_uids: whether the server tells UIDs; without them there is only a count
 * @is_partial: whether the messages of the last result are all still there
 *   in their order, and @uids has only those behind them
 * @uids: (element-type utf8): UIDs on the server, in its order
 * @fresh: (element-type PjMessage): those that were not known, in its order
 * @authserv_ids: (element-type utf8): who claims, topmost, to have verified each
 *   of those whose header was read; "" for nobody
 * @round_trips: how often the server had to be waited for, connecting included
 * @bytes_in: bytes received, TLS included
 * @bytes_out: bytes sent, TLS included
 * @seconds: from connecting to the end of the session
 *
 * What one look into one mailbox found. Filled by its maker, read-only
 * afterwards; then any thread.
 */
typedef struct
{
  guint      messages;
  guint64    octets;
  gboolean   has_uids;
  gboolean   is_partial;
  GPtrArray *uids;
  GPtrArray *fresh;
  GPtrArray *authserv_ids;
  guint      round_trips;
  guint64    bytes_in;
  guint64    bytes_out;
  double     seconds;

  /*< private >*/
  gatomicrefcount references;
} PjCheckResult;

#define PJ_TYPE_CHECK_RESULT (pj_check_result_get_type ())
GType pj_check_result_get_type (void);

PjCheckResult *pj_check_result_new (void);
PjCheckResult *pj_check_result_ref (PjCheckResult *self);
void           pj_check_result_unref (PjCheckResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjCheckResult, pj_check_result_unref)

G_END_DECLS
