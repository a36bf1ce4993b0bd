/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-check-result.h"
#include "model/pj-mail-context.h"

G_BEGIN_DECLS

/**
 * PjCheckVisit:
 * @mailbox: where to look
 * @memory: (nullable): what earlier sessions have left
 * @known_uids: (nullable): set of char *; what was seen before, as far as
 *   @memory does not say it
 * @context: (nullable): what the mails are judged by
 * @learned: (out) (nullable): what this session leaves; set on success
 * @has_relied: (out): whether it relied on what the server had told it can
 *   do, or did before: a failure may come from there
 * @bytes_in: (out): what it has received, also when it failed after its login began
 *
 * One session of a check: what it needs, and what it leaves besides its
 * result.
 */
typedef struct
{
  const PjMailbox *mailbox;
  PjMailboxMemory *memory;
  GHashTable      *known_uids;
  PjMailContext   *context;
  PjMailboxMemory *learned;
  gboolean         has_relied;
  guint64          bytes_in;
} PjCheckVisit;

PjCheckResult *pj_check_visit_run (PjCheckVisit *self, GCancellable *cancellable, GError **error);

G_END_DECLS
