/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocket *pj_demo_listen_new (guint16 *port, GError **error);
GSocket *pj_demo_listen_accept (GSocket *const *listeners,
                                guint           n_listeners,
                                guint          *which,
                                guint           timeout_ms,
                                GCancellable   *cancellable,
                                GError        **error);

/* Waits for ever. */
#define PJ_DEMO_LISTEN_NO_TIMEOUT G_MAXUINT

/* Listeners that one thread can wait for. */
#define PJ_DEMO_LISTEN_MAX 4

G_END_DECLS
