/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"

G_BEGIN_DECLS

GSocketConnection *pj_tcp_connect (
    const char *host, guint16 port, PjDeadline deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
