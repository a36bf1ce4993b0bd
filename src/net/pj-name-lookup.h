/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"

G_BEGIN_DECLS

GPtrArray *pj_name_lookup_run (const char   *host,
                               PjDeadline    deadline,
                               GCancellable *cancellable,
                               GError      **error);

G_END_DECLS
