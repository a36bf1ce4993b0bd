/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/pj-service.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

#define PJ_TYPE_ATTACHMENT_ROW (pj_attachment_row_get_type ())
G_DECLARE_FINAL_TYPE (PjAttachmentRow, pj_attachment_row, PJ, ATTACHMENT_ROW, GtkListBoxRow)

GtkWidget *
pj_attachment_row_new (PjService *service, PjMessage *message, PjMailText *mail, guint place);

G_END_DECLS
