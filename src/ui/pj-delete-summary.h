/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-delete-receipt.h"

G_BEGIN_DECLS

char *pj_delete_summary_dup_words (GPtrArray *receipts);

G_END_DECLS
