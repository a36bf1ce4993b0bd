/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/pj-cli-context.h"

G_BEGIN_DECLS

gboolean    pj_cli_save_is_choice (const char *choice);
PjCliStatus pj_cli_save_attachment (PjCliContext *context,
                                    PjService    *service,
                                    PjAccount    *account,
                                    const char   *choice);

G_END_DECLS
