/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-account.h"
#include "ui/pj-overview.h"

G_BEGIN_DECLS

#define PJ_TYPE_MAILBOX_SIDEBAR (pj_mailbox_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PjMailboxSidebar, pj_mailbox_sidebar, PJ, MAILBOX_SIDEBAR, GtkWidget)

void       pj_mailbox_sidebar_set_accounts (PjMailboxSidebar *self,
                                            GListModel       *accounts,
                                            PjOverview       *overview);
PjAccount *pj_mailbox_sidebar_get_selected (PjMailboxSidebar *self);
void       pj_mailbox_sidebar_select (PjMailboxSidebar *self, PjAccount *account);

G_END_DECLS
