/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

/* Of the text in its view */
#define PJ_DOCUMENT_TAGS_MARGIN_PX 12

/* How far a quote is moved to the right; its bar stands there. */
#define PJ_DOCUMENT_TAGS_QUOTE_PX 14

#define PJ_DOCUMENT_TAGS_FOCUS "focus"

GtkTextTag *pj_document_tags_get_block (GtkTextBuffer *buffer, const PjMailBlock *block);
void        pj_document_tags_apply (GtkTextBuffer     *buffer,
                                    const PjMailBlock *block,
                                    const PjMailSpan  *span,
                                    const GtkTextIter *start,
                                    const GtkTextIter *end);
guint       pj_document_tags_get_quote_depth (const GtkTextIter *iter);
void        pj_document_tags_set_colors (GtkTextBuffer *buffer, GtkWidget *widget);

G_END_DECLS
