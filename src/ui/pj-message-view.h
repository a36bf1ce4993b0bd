/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-account.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

#define PJ_TYPE_MESSAGE_VIEW (pj_message_view_get_type ())
G_DECLARE_FINAL_TYPE (PjMessageView, pj_message_view, PJ, MESSAGE_VIEW, GtkWidget)

void pj_message_view_set_models (PjMessageView *self, GListModel *accounts, GListModel *messages);
void pj_message_view_set_account (PjMessageView *self, PjAccount *account);
PjMessage *pj_message_view_get_current (PjMessageView *self);
guint      pj_message_view_get_n_selected (PjMessageView *self);
GPtrArray *pj_message_view_dup_selected (PjMessageView *self);
gboolean   pj_message_view_select (PjMessageView *self, const char *uid);
void       pj_message_view_unselect_all (PjMessageView *self);
void       pj_message_view_say_dates (PjMessageView *self);

G_END_DECLS
