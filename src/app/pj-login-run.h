/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "base/pj-secret.h"
#include "model/pj-doctor-step.h"

G_BEGIN_DECLS

void pj_login_run_async (PjService          *service,
                         PjAccount          *draft,
                         PjSecret           *secret,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data);
gboolean
pj_login_run_finish (GAsyncResult *result, guint *messages, char **certificate, GError **error);
void       pj_doctor_run_async (PjService          *service,
                                PjAccount          *draft,
                                PjSecret           *secret,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
GPtrArray *pj_doctor_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
