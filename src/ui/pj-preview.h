/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_PREVIEW (pj_preview_get_type ())
G_DECLARE_FINAL_TYPE (PjPreview, pj_preview, PJ, PREVIEW, GtkWidget)

void pj_preview_set_service (PjPreview *self, PjService *service);
void pj_preview_show_message (PjPreview *self, PjMessage *message);
void pj_preview_show_several (PjPreview *self, guint n_selected);

G_END_DECLS
