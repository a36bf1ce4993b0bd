/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PjFileLock PjFileLock;

PjFileLock *pj_file_lock_acquire (const char   *path,
                                  guint         timeout_ms,
                                  GCancellable *cancellable,
                                  GError      **error);
void        pj_file_lock_release (PjFileLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjFileLock, pj_file_lock_release)

G_END_DECLS
