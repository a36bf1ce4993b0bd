/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-account.h"
#include "ui/pj-overview.h"

G_BEGIN_DECLS

#define PJ_TYPE_MAILBOX_ROW (pj_mailbox_row_get_type ())
G_DECLARE_FINAL_TYPE (PjMailboxRow, pj_mailbox_row, PJ, MAILBOX_ROW, GtkListBoxRow)

GtkWidget *pj_mailbox_row_new (PjAccount *account);
GtkWidget *pj_mailbox_row_new_for_all (PjOverview *overview);
PjAccount *pj_mailbox_row_get_account (PjMailboxRow *self);
GMenu     *pj_mailbox_row_new_menu (PjAccount *account);

G_END_DECLS
