/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/pj-service.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

#define PJ_TYPE_ATTACHMENT_LIST (pj_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (PjAttachmentList, pj_attachment_list, PJ, ATTACHMENT_LIST, GtkWidget)

void pj_attachment_list_show (PjAttachmentList *self,
                              PjService        *service,
                              PjMessage        *message,
                              PjMailText       *mail);
void pj_attachment_list_clear (PjAttachmentList *self);

G_END_DECLS
