/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-check-result.h"
#include "model/pj-mail-context.h"

G_BEGIN_DECLS

/**
 * PjCheckRequest:
 * @mailbox: (owned): where to look
 * @known_uids: (owned) (nullable): set of char *; what was seen before. Not
 *   looked at when the mailbox's memory holds a survey: that says it
 * @context: (owned) (nullable): what its mails are judged by
 */
typedef struct
{
  PjMailbox     *mailbox;
  GHashTable    *known_uids;
  PjMailContext *context;
} PjCheckRequest;

void           pj_check_request_free (PjCheckRequest *self);
PjCheckResult *pj_check_run (const PjCheckRequest *request,
                             PjMailboxMemory     **learned,
                             GCancellable         *cancellable,
                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjCheckRequest, pj_check_request_free)

G_END_DECLS
