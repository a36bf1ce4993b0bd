/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "base/pj-secret.h"

G_BEGIN_DECLS

void     pj_account_edit_add_async (PjService          *service,
                                    PjAccount          *draft,
                                    PjSecret           *secret,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
void     pj_account_edit_update_async (PjService          *service,
                                       PjAccount          *account,
                                       PjAccount          *draft,
                                       PjSecret           *secret,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
void     pj_account_edit_remove_async (PjService          *service,
                                       PjAccount          *account,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean pj_account_edit_finish (GAsyncResult *result, GError **error);

G_END_DECLS
