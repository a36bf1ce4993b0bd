/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a chunk, a tag that is longer aside */
#define PJ_MAIL_HTML_CHUNK_BYTES 1024

/**
 * PjMailHtmlChunk:
 * @text: not terminated; holds until the next one is asked for
 * @len: bytes of it
 * @n_end_tags: end tags that begin in it
 * @n_words: words of the tag that has the most of them, its attributes about
 */
typedef struct
{
  const char *text;
  gsize       len;
  guint       n_end_tags;
  guint       n_words;
} PjMailHtmlChunk;

typedef struct _PjMailHtmlChunks PjMailHtmlChunks;

PjMailHtmlChunks *pj_mail_html_chunks_new (const char *html, gsize len);
void              pj_mail_html_chunks_free (PjMailHtmlChunks *self);
gboolean          pj_mail_html_chunks_next (PjMailHtmlChunks *self, PjMailHtmlChunk *chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailHtmlChunks, pj_mail_html_chunks_free)

G_END_DECLS
