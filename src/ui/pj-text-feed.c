/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-text-feed.h"

/**
 * PjTextFeed:
 *
 * Puts a text into a text buffer, the first part at once and the rest in small
 * parts while nothing else is to do, so that a long one never holds up the
 * window. Freeing it stops it. Main thread.
 */
struct _PjTextFeed
{
  /* Owned */
  GtkTextBuffer *buffer;
  GQueue texts; /* of GBytes: what is not, or not all, in the buffer */

  /* Plain */
  gsize offset; /* in the first of @texts, of what is not yet in the buffer */
  guint column;
  guint source;
};

/* Where to cut so that no character is cut in two. */
static gsize
next_chunk_bytes (const char *text, gsize bytes)
{
  const char *cut;

  if (bytes <= PJ_TEXT_FEED_CHUNK_BYTES)
    return bytes;

  cut = text + PJ_TEXT_FEED_CHUNK_BYTES;
  while (cut > text && (*cut & 0xc0) == 0x80)
    cut--;

  return (gsize) (cut - text);
}

static void
drop_first (PjTextFeed *self)
{
  g_bytes_unref (g_queue_pop_head (&self->texts));
  self->offset = 0;
}

/* Returns: whether there is more to come */
static gboolean
feed (PjTextFeed *self)
{
  gsize len;
  const char *text = g_bytes_get_data (g_queue_peek_head (&self->texts), &len);
  const gsize bytes = next_chunk_bytes (text + self->offset, len - self->offset);
  g_autofree char *folded = pj_text_feed_fold (text + self->offset, bytes, &self->column);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, folded, -1);
  self->offset += bytes;
  if (self->offset == len)
    drop_first (self);

  return pj_text_feed_is_busy (self);
}

static gboolean
on_idle (gpointer user_data)
{
  PjTextFeed *self = user_data;

  if (feed (self))
    return G_SOURCE_CONTINUE;

  self->source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * pj_text_feed_new:
 * @buffer: what to fill; what was in it is taken out
 *
 * Returns: (transfer full): a feed that has nothing to do
 */
PjTextFeed *
pj_text_feed_new (GtkTextBuffer *buffer)
{
  PjTextFeed *self;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  self = g_new0 (PjTextFeed, 1);
  self->buffer = g_object_ref (buffer);
  g_queue_init (&self->texts);
  gtk_text_buffer_set_text (buffer, "", 0);

  return self;
}

/**
 * pj_text_feed_add:
 * @self: the feed
 * @text: valid UTF-8
 *
 * Puts @text behind what is in the buffer, or is about to be.
 */
void
pj_text_feed_add (PjTextFeed *self, GBytes *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  if (g_bytes_get_size (text) == 0)
    return;

  g_queue_push_tail (&self->texts, g_bytes_ref (text));
  if (self->source == 0 && feed (self))
    self->source = g_idle_add (on_idle, self);
}

/**
 * pj_text_feed_is_busy:
 * @self: the feed
 *
 * Returns: whether a part of what it was given is not in the buffer yet
 */
gboolean
pj_text_feed_is_busy (PjTextFeed *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !g_queue_is_empty (&self->texts);
}

/**
 * pj_text_feed_free:
 * @self: (transfer full): the feed
 */
void
pj_text_feed_free (PjTextFeed *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->texts, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->buffer);
  g_free (self);
}

/**
 * pj_text_feed_fold:
 * @text: valid UTF-8
 * @bytes: how much of it
 * @column: (inout): characters since the last line end, 0 at the start
 *
 * Returns: (transfer full): the text with a line end after every
 *   %PJ_TEXT_FEED_MAX_LINE_CHARS characters that have none
 */
char *
pj_text_feed_fold (const char *text, gsize bytes, guint *column)
{
  g_autoptr (GString) folded = NULL;
  const char *end;

  g_return_val_if_fail (text != NULL && column != NULL, NULL);

  folded = g_string_sized_new (bytes);
  end = text + bytes;
  while (text < end)
    {
      const char *next = g_utf8_next_char (text);

      if (*text == '\n')
        *column = 0;
      else if (++*column > PJ_TEXT_FEED_MAX_LINE_CHARS)
        {
          g_string_append_c (folded, '\n');
          *column = 1;
        }
      g_string_append_len (folded, text, next - text);
      text = next;
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}
