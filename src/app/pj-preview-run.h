/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* For @max_lines: the whole mail, by RETR. */
#define PJ_PREVIEW_WHOLE G_MAXUINT

void        pj_preview_run_async (PjService          *service,
                                  PjAccount          *account,
                                  const char         *uid,
                                  guint               max_lines,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
PjMailText *pj_preview_run_finish (GAsyncResult *result, GBytes **source, GError **error);

G_END_DECLS
