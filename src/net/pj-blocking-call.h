/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"

G_BEGIN_DECLS

/* Starts an asynchronous function of GIO that takes these three last. */
typedef void (*PjBlockingStart) (gpointer            data,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);

GAsyncResult *pj_blocking_call_run (PjBlockingStart start,
                                    gpointer        data,
                                    PjDeadline      deadline,
                                    GCancellable   *cancellable,
                                    GError        **error);

G_END_DECLS
