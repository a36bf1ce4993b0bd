/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-text-feed.h"

#include <string.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/**
 * PjTextFeed:
 *
 * Puts the text of a mail into a text buffer, the first part at once and the
 * rest in small parts while nothing else is to do, so that a long mail never
 * holds up the window. Freeing it stops it. Main thread.
 */
struct _PjTextFeed
{
  /* Owned */
  GtkTextBuffer *buffer;
  PjMailText *mail;

  /* Plain */
  gsize offset; /* of the first byte not yet in the buffer */
  gsize end;
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
append (PjTextFeed *self, const char *text, int bytes)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, text, bytes);
}

/* Returns: whether there is more to come */
static gboolean
feed (PjTextFeed *self)
{
  const char *text = self->mail->text + self->offset;
  const gsize bytes = next_chunk_bytes (text, self->end - self->offset);
  g_autofree char *folded = pj_text_feed_fold (text, bytes, &self->column);

  append (self, folded, -1);
  self->offset += bytes;
  if (self->offset < self->end)
    return G_SOURCE_CONTINUE;

  if (self->mail->text[self->end] != '\0')
    {
      append (self, "\n\n", -1);
      append (self, _ ("This mail is longer than what is shown here."), -1);
    }

  return G_SOURCE_REMOVE;
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
 * @mail: the mail whose text it gets
 *
 * Returns: (transfer full): the feed, at work until it is freed
 */
PjTextFeed *
pj_text_feed_new (GtkTextBuffer *buffer, PjMailText *mail)
{
  PjTextFeed *self;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);
  g_return_val_if_fail (mail != NULL, NULL);

  self = g_new0 (PjTextFeed, 1);
  self->buffer = g_object_ref (buffer);
  self->mail = pj_mail_text_ref (mail);
  self->end = strlen (mail->text);
  if (self->end > PJ_TEXT_FEED_MAX_BYTES)
    {
      self->end = PJ_TEXT_FEED_MAX_BYTES;
      while ((mail->text[self->end] & 0xc0) == 0x80)
        self->end--;
    }

  gtk_text_buffer_set_text (buffer, "", 0);
  if (feed (self))
    self->source = g_idle_add (on_idle, self);

  return self;
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
  g_object_unref (self->buffer);
  pj_mail_text_unref (self->mail);
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
