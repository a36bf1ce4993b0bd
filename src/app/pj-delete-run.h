/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "model/pj-delete-receipt.h"

G_BEGIN_DECLS

void       pj_delete_run_async (PjService          *service,
                                PjAccount          *account,
                                const char *const  *uids,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
GPtrArray *pj_delete_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
