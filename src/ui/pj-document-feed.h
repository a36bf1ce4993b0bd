/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

/* A longer text is not read in a preview, and costs GTK ten times its size. */
#define PJ_DOCUMENT_FEED_MAX_BYTES (2 * 1024 * 1024)

/**
 * PjDocumentFeedLink:
 * @start: where its text begins in the buffer, in characters
 * @end: where it ends
 * @link: its index in the document
 */
typedef struct
{
  int   start;
  int   end;
  guint link;
} PjDocumentFeedLink;

typedef struct _PjDocumentFeed PjDocumentFeed;

PjDocumentFeed           *pj_document_feed_new (GtkTextBuffer *buffer, PjMailDocument *document);
void                      pj_document_feed_free (PjDocumentFeed *self);
guint                     pj_document_feed_count_links (const PjDocumentFeed *self);
const PjDocumentFeedLink *pj_document_feed_get_link (const PjDocumentFeed *self, guint i);
int                       pj_document_feed_find_link (const PjDocumentFeed *self, int offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDocumentFeed, pj_document_feed_free)

G_END_DECLS
