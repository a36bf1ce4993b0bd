/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-check-result.h"
#include "store/pj-db.h"
#include "store/pj-store-values.h"

G_BEGIN_DECLS

PjStoreChanges *pj_check_save (
    PjDb *db, const char *account_id, const PjCheckResult *result, gint64 now, GError **error);

G_END_DECLS
