/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

void     pj_account_writer_put_async (const char         *path,
                                      PjAccount          *account,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
void     pj_account_writer_remove_async (const char         *path,
                                         const char         *account_id,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean pj_account_writer_finish (GAsyncResult *result, GError **error);

G_END_DECLS
