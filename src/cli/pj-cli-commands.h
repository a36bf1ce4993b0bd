/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/pj-cli-context.h"

G_BEGIN_DECLS

PjCliStatus pj_cli_accounts (PjCliContext *context);
PjCliStatus pj_cli_accounts_add (PjCliContext *context);
PjCliStatus pj_cli_accounts_edit (PjCliContext *context);
PjCliStatus pj_cli_accounts_remove (PjCliContext *context);
PjCliStatus pj_cli_check (PjCliContext *context);
PjCliStatus pj_cli_delete (PjCliContext *context);
PjCliStatus pj_cli_doctor (PjCliContext *context);
PjCliStatus pj_cli_list (PjCliContext *context);
PjCliStatus pj_cli_show (PjCliContext *context);
PjCliStatus pj_cli_status (PjCliContext *context);

G_END_DECLS
