/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-check-result.h"
#include "model/pj-problem.h"
#include "store/pj-db.h"

G_BEGIN_DECLS

GPtrArray *pj_account_table_list (PjDb *db, GError **error);
gboolean   pj_account_table_look_up (PjDb       *db,
                                     const char *account_id,
                                     gboolean   *was_checked,
                                     gboolean   *has_baseline,
                                     GError    **error);
gboolean   pj_account_table_save_success (
      PjDb *db, const char *account_id, const PjCheckResult *result, gint64 now, GError **error);
gboolean pj_account_table_save_problem (PjDb            *db,
                                        const char      *account_id,
                                        const PjProblem *problem,
                                        GError         **error);
gboolean pj_account_table_learn_authserv (
    PjDb *db, const char *account_id, GPtrArray *ids, char **learned, GError **error);
gboolean pj_account_table_delete (PjDb *db, const char *account_id, GError **error);

G_END_DECLS
