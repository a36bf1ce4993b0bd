/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/pj-cli-table.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

char *pj_cli_text_format_date (gint64 date);
char *pj_cli_text_format_sender (PjMessage *message);
void  pj_cli_text_print_table (const PjCliTable *table);

G_END_DECLS
