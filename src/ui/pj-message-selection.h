/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-message.h"

G_BEGIN_DECLS

#define PJ_TYPE_MESSAGE_SELECTION (pj_message_selection_get_type ())
G_DECLARE_FINAL_TYPE (PjMessageSelection, pj_message_selection, PJ, MESSAGE_SELECTION, GObject)

PjMessageSelection *pj_message_selection_new (GListModel *messages);
GtkSelectionModel  *pj_message_selection_get_model (PjMessageSelection *self);
PjMessage          *pj_message_selection_get_current (PjMessageSelection *self);
guint               pj_message_selection_get_size (PjMessageSelection *self);
GPtrArray          *pj_message_selection_dup_selected (PjMessageSelection *self);
gboolean pj_message_selection_find (PjMessageSelection *self, const char *uid, guint *position);

G_END_DECLS
