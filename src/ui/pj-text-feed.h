/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK lays out a paragraph as one piece: a line of a megabyte takes seconds. */
#define PJ_TEXT_FEED_MAX_LINE_CHARS 2000

/* What is put into the window between two frames. */
#define PJ_TEXT_FEED_CHUNK_BYTES (16 * 1024)

typedef struct _PjTextFeed PjTextFeed;

PjTextFeed *pj_text_feed_new (GtkTextBuffer *buffer);
void        pj_text_feed_add (PjTextFeed *self, GBytes *text);
gboolean    pj_text_feed_is_busy (PjTextFeed *self);
void        pj_text_feed_free (PjTextFeed *self);
char       *pj_text_feed_fold (const char *text, gsize bytes, guint *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjTextFeed, pj_text_feed_free)

G_END_DECLS
