/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"

G_BEGIN_DECLS

/* Works on @data alone, on a thread of its own, for as long as it takes. */
typedef void (*PjThreadWork) (gpointer data);

gboolean pj_thread_call_run (PjThreadWork   work,
                             gpointer       data,
                             GDestroyNotify free_data,
                             PjDeadline     deadline,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS
