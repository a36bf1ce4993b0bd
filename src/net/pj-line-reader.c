/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-line-reader.h"

#include <string.h>

/**
 * PjLineReader:
 *
 * Cuts a byte stream into lines. It reads nothing itself: what came is
 * pushed in and lines are taken out, so it costs no system call to test and
 * does not care how the bytes were split. A line over the limit comes out in
 * pieces, which bounds the memory that a server can make us hold to the
 * limit and what one read brings.
 *
 * One session on one thread owns it.
 */
struct _PjLineReader
{
  GByteArray *pending;
  gsize start;   /* of the next line in @pending */
  gsize scanned; /* no LF stands before this offset */
  gsize max_line_bytes;
};

/**
 * pj_line_reader_new: (skip)
 * @max_line_bytes: at least 2; longer lines come in pieces of this size
 *
 * Returns: (transfer full): an empty reader
 */
PjLineReader *
pj_line_reader_new (gsize max_line_bytes)
{
  PjLineReader *self;

  g_return_val_if_fail (max_line_bytes >= 2, NULL);

  self = g_new0 (PjLineReader, 1);
  self->pending = g_byte_array_new ();
  self->max_line_bytes = max_line_bytes;

  return self;
}

/**
 * pj_line_reader_free: (skip)
 * @self: (transfer full) (nullable): the reader
 */
void
pj_line_reader_free (PjLineReader *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->pending);
  g_free (self);
}

/**
 * pj_line_reader_push:
 * @self: the reader
 * @bytes: what the network brought
 * @len: bytes
 *
 * Adds to the end. Lines taken before are no longer valid.
 */
void
pj_line_reader_push (PjLineReader *self, gconstpointer bytes, gsize len)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || len == 0);
  g_return_if_fail (len <= G_MAXUINT);

  if (self->start > 0)
    {
      g_byte_array_remove_range (self->pending, 0, (guint) self->start);
      self->scanned -= self->start;
      self->start = 0;
    }

  g_byte_array_append (self->pending, bytes, (guint) len);
}

static gboolean
take_piece (PjLineReader *self, PjLine *line)
{
  gsize len = self->max_line_bytes;

  if (self->pending->len - self->start <= len)
    return FALSE;

  /* A CR here may belong to a CRLF: leave it to the next piece. */
  if (self->pending->data[self->start + len - 1] == '\r')
    len--;

  line->bytes = (const char *) self->pending->data + self->start;
  line->len = len;
  line->end_len = 0;
  self->start += len;
  self->scanned = MAX (self->scanned, self->start);

  return TRUE;
}

/**
 * pj_line_reader_take:
 * @self: the reader
 * @line: (out caller-allocates): set on success; may hold any byte but LF
 *
 * Returns: whether a whole line, or a piece of an over-long one, was there
 */
gboolean
pj_line_reader_take (PjLineReader *self, PjLine *line)
{
  const guint8 *data;
  const guint8 *end;
  gsize len;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  if (self->scanned >= self->pending->len)
    return take_piece (self, line);

  data = self->pending->data;
  end = memchr (data + self->scanned, '\n', self->pending->len - self->scanned);
  self->scanned = end != NULL ? (gsize) (end - data) : self->pending->len;
  len = self->scanned - self->start;
  if (end == NULL || len > self->max_line_bytes)
    return take_piece (self, line);

  line->bytes = (const char *) data + self->start;
  line->end_len = len > 0 && data[self->start + len - 1] == '\r' ? 2 : 1;
  line->len = len - (line->end_len - 1);
  self->start += len + 1;
  self->scanned = self->start;

  return TRUE;
}

/**
 * pj_line_reader_is_empty:
 * @self: the reader
 *
 * Returns: whether nothing is left, not even a part of a line
 */
gboolean
pj_line_reader_is_empty (const PjLineReader *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->start == self->pending->len;
}
