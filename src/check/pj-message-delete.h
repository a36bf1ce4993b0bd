/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-delete-receipt.h"

G_BEGIN_DECLS

/**
 * PjMessageDeleteRequest:
 * @mailbox: (owned): where they lie
 * @uids: (owned): which, %NULL-ended
 */
typedef struct
{
  PjMailbox *mailbox;
  char     **uids;
} PjMessageDeleteRequest;

void       pj_message_delete_request_free (PjMessageDeleteRequest *self);
GPtrArray *pj_message_delete_run (const PjMessageDeleteRequest *request,
                                  GCancellable                 *cancellable,
                                  GError                      **error);

G_END_DECLS
