/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/pj-cli-context.h"

G_BEGIN_DECLS

void       pj_cli_listing_prepare (PjCliContext *context, PjService *service, PjAccount *account);
GPtrArray *pj_cli_listing_collect (PjService *service, PjAccount *account);

G_END_DECLS
