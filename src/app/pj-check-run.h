/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "model/pj-check-result.h"

G_BEGIN_DECLS

/* One finished check: what the server told, and which of it is really new. */
typedef struct
{
  PjCheckResult *result;
  GPtrArray     *added;       /* of PjMessage: saved by this check and no other */
  gboolean       is_baseline; /* first check of the account: nothing in @added is new */
} PjCheckReport;

void pj_check_report_free (PjCheckReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjCheckReport, pj_check_report_free)

void           pj_check_run_async (PjService          *service,
                                   PjAccount          *account,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
PjCheckReport *pj_check_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
