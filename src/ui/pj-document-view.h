/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

#define PJ_TYPE_DOCUMENT_VIEW (pj_document_view_get_type ())
G_DECLARE_FINAL_TYPE (PjDocumentView, pj_document_view, PJ, DOCUMENT_VIEW, GtkTextView)

void pj_document_view_show (PjDocumentView *self, PjMailDocument *document);
void pj_document_view_stop (PjDocumentView *self);

G_END_DECLS
