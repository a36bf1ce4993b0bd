/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PjMailboxLock PjMailboxLock;

PjMailboxLock *pj_mailbox_lock_acquire (const char   *path,
                                        guint         timeout_ms,
                                        GCancellable *cancellable,
                                        GError      **error);
void           pj_mailbox_lock_release (PjMailboxLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailboxLock, pj_mailbox_lock_release)

G_END_DECLS
