/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjLineReader PjLineReader;

/**
 * PjLine:
 * @bytes: what stands before the line end; not NUL-ended, valid until the
 *   next call of the reader
 * @len: bytes in @bytes
 * @end_len: 2 after CRLF, 1 after a bare LF, 0 for a piece of a line that is
 *   longer than the limit: the rest follows
 */
typedef struct
{
  const char *bytes;
  gsize       len;
  guint       end_len;
} PjLine;

PjLineReader *pj_line_reader_new (gsize max_line_bytes);
void          pj_line_reader_free (PjLineReader *self);
void          pj_line_reader_push (PjLineReader *self, gconstpointer bytes, gsize len);
gboolean      pj_line_reader_take (PjLineReader *self, PjLine *line);
gboolean      pj_line_reader_is_empty (const PjLineReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjLineReader, pj_line_reader_free)

G_END_DECLS
