/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "base/pj-secret.h"
#include "check/pj-check-pool.h"
#include "check/pj-mailbox.h"

G_BEGIN_DECLS

/* Makes the job out of the mailbox, which it takes over, and of what it was
 * given. Main thread. */
typedef void (*PjMailboxJobFunc) (PjMailbox *mailbox, gpointer data, PjCheckJob *job);

void     pj_mailbox_run_async (PjService          *service,
                               PjAccount          *account,
                               PjSecret           *secret,
                               PjMailboxJobFunc    make_job,
                               gpointer            data,
                               GDestroyNotify      free_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gpointer pj_mailbox_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
