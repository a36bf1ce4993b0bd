/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "model/pj-doctor-step.h"

G_BEGIN_DECLS

void       pj_smtp_run_async (PjService          *service,
                              const char         *host,
                              guint16             port,
                              const char         *ca_file,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
GPtrArray *pj_smtp_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
