/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

GPtrArray *pj_account_file_load (const char *path, GError **error);
gboolean   pj_account_file_put (const char   *path,
                                PjAccount    *account,
                                GCancellable *cancellable,
                                GError      **error);
gboolean   pj_account_file_remove (const char   *path,
                                   const char   *account_id,
                                   GCancellable *cancellable,
                                   GError      **error);

G_END_DECLS
