/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-document-feed.h"

#include <string.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-document-tags.h"
#include "ui/pj-text-feed.h"

#define RULE "――――――――――"

/* To insert and mark a piece takes as long as this much of its text. */
#define MIN_PIECE_COST 256

/**
 * PjDocumentFeed:
 *
 * Puts the document of a mail into a text buffer, the first part at once and
 * the rest in small parts while nothing else is to do, so that a long mail never
 * holds up the window. Freeing it stops it. Main thread.
 */
struct _PjDocumentFeed
{
  /* Owned */
  GtkTextBuffer *buffer;
  PjMailDocument *document;
  GArray *links; /* PjDocumentFeedLink, in the order of the text */

  /* Plain */
  guint block;  /* the next, or the one that is under way */
  guint span;   /* the next, or the one that is under way */
  gsize offset; /* of the first byte not yet in the buffer */
  gboolean is_in_block;
  gsize written; /* bytes in the buffer */
  guint column;
  guint source;
};

/* Where to cut so that no character is cut in two. */
static gsize
cut_at_char (const char *text, gsize bytes, gsize max)
{
  if (bytes <= max)
    return bytes;

  while (max > 0 && (text[max] & 0xc0) == 0x80)
    max--;

  return max;
}

static void
add_link (PjDocumentFeed *self, int start, int end, guint link)
{
  PjDocumentFeedLink added = { .start = start, .end = end, .link = link };
  PjDocumentFeedLink *last =
      self->links->len > 0 ? &g_array_index (self->links, PjDocumentFeedLink, self->links->len - 1)
                           : NULL;

  if (last != NULL && last->link == link)
    last->end = end;
  else
    g_array_append_val (self->links, added);
}

static void
append_to (PjDocumentFeed *self,
           const PjMailBlock *block,
           const char *text,
           gsize bytes,
           const PjMailSpan *span)
{
  g_autofree char *folded = pj_text_feed_fold (text, bytes, &self->column);
  int start_offset = gtk_text_buffer_get_char_count (self->buffer);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, folded, -1);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, start_offset);
  pj_document_tags_apply (self->buffer, block, span, &start, &end);
  if (span != NULL && span->link >= 0)
    add_link (self, start_offset, gtk_text_iter_get_offset (&end), (guint) span->link);
  self->written += bytes;
}

static void
append (PjDocumentFeed *self, const char *text, gsize bytes, const PjMailSpan *span)
{
  append_to (self, pj_mail_document_get_block (self->document, self->block), text, bytes, span);
}

/* The space between two blocks is quoted as often as the one that is less so. */
static void
append_space (PjDocumentFeed *self, gboolean is_tight)
{
  const PjMailBlock *block = pj_mail_document_get_block (self->document, self->block);
  const PjMailBlock *before = pj_mail_document_get_block (self->document, self->block - 1);
  const PjMailBlock space = { .quote_depth = MIN (block->quote_depth, before->quote_depth) };

  append_to (self, &space, is_tight ? "\n" : "\n\n", is_tight ? 1 : 2, NULL);
}

static void
append_plain (PjDocumentFeed *self, const char *text)
{
  append (self, text, strlen (text), NULL);
}

static void
start_block (PjDocumentFeed *self)
{
  const PjMailBlock *block = pj_mail_document_get_block (self->document, self->block);
  g_autofree char *number = NULL;

  if (self->block > 0)
    append_space (self, block->is_tight);

  if (block->kind == PJ_MAIL_BLOCK_RULE)
    append_plain (self, RULE);
  else if (block->kind == PJ_MAIL_BLOCK_ITEM && block->number == 0)
    append_plain (self, "•\t");
  else if (block->kind == PJ_MAIL_BLOCK_ITEM)
    {
      number = g_strdup_printf ("%u.\t", block->number);
      append_plain (self, number);
    }

  self->offset = block->start;
  self->is_in_block = TRUE;
}

static void
append_mark (PjDocumentFeed *self, const PjMailSpan *span, gboolean is_start)
{
  PjMailSpan mark = *span;
  g_autofree char *label = NULL;

  mark.link = -1;
  if ((span->style & PJ_MAIL_SPAN_HIDDEN) != 0 && is_start)
    /* TRANSLATORS: stands before text of a mail that its sender made invisible */
    label = g_strdup_printf ("[%s: ", _ ("hidden text"));
  else if ((span->style & (PJ_MAIL_SPAN_HIDDEN | PJ_MAIL_SPAN_IMAGE)) != 0)
    label = g_strdup (is_start ? "[" : "]");

  if (label != NULL)
    append (self, label, strlen (label), &mark);
}

/* Returns: (nullable): the span that goes on or begins at what is next */
static const PjMailSpan *
get_span (const PjDocumentFeed *self)
{
  return self->span < self->document->spans->len
             ? pj_mail_document_get_span (self->document, self->span)
             : NULL;
}

/* Writes up to the next place where the look changes. Returns: bytes */
static gsize
write_piece (PjDocumentFeed *self)
{
  const PjMailBlock *block = pj_mail_document_get_block (self->document, self->block);
  const PjMailSpan *span = get_span (self);
  const char *text = self->document->text->str + self->offset;
  gsize end = block->start + block->len;
  gboolean is_in_span = span != NULL && span->start <= self->offset && self->offset < end;
  gsize bytes;

  if (is_in_span)
    end = span->start + span->len;
  else if (span != NULL)
    end = MIN (end, span->start);
  bytes = cut_at_char (text, end - self->offset, PJ_TEXT_FEED_CHUNK_BYTES / 4);

  if (is_in_span && self->offset == span->start)
    append_mark (self, span, TRUE);
  append (self, text, bytes, is_in_span ? span : NULL);
  self->offset += bytes;
  if (is_in_span && self->offset == end)
    {
      append_mark (self, span, FALSE);
      self->span++;
    }

  return bytes;
}

/* Returns: what it cost, in bytes */
static gsize
step (PjDocumentFeed *self)
{
  const PjMailBlock *block = pj_mail_document_get_block (self->document, self->block);
  gsize bytes = 0;

  if (!self->is_in_block)
    start_block (self);
  else if (self->offset < block->start + block->len)
    bytes = write_piece (self);
  else
    {
      self->is_in_block = FALSE;
      self->block++;
    }

  return MAX (bytes, MIN_PIECE_COST);
}

static gboolean
is_done (const PjDocumentFeed *self)
{
  return self->block >= self->document->blocks->len || self->written >= PJ_DOCUMENT_FEED_MAX_BYTES;
}

/* Returns: whether there is more to come */
static gboolean
feed (PjDocumentFeed *self)
{
  gsize cost = 0;

  while (!is_done (self) && cost < PJ_TEXT_FEED_CHUNK_BYTES)
    cost += step (self);
  if (!is_done (self))
    return G_SOURCE_CONTINUE;

  if (self->block < self->document->blocks->len)
    {
      append_plain (self, "\n\n");
      append_plain (self, _ ("This mail is longer than what is shown here."));
    }

  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer user_data)
{
  PjDocumentFeed *self = user_data;

  if (feed (self))
    return G_SOURCE_CONTINUE;

  self->source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * pj_document_feed_new:
 * @buffer: what to fill; what was in it is taken out
 * @document: what it gets
 *
 * Returns: (transfer full): the feed, at work until it is freed
 */
PjDocumentFeed *
pj_document_feed_new (GtkTextBuffer *buffer, PjMailDocument *document)
{
  PjDocumentFeed *self;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);
  g_return_val_if_fail (document != NULL, NULL);

  self = g_new0 (PjDocumentFeed, 1);
  self->buffer = g_object_ref (buffer);
  self->document = pj_mail_document_ref (document);
  self->links = g_array_new (FALSE, FALSE, sizeof (PjDocumentFeedLink));

  gtk_text_buffer_set_text (buffer, "", 0);
  if (feed (self))
    self->source = g_idle_add (on_idle, self);

  return self;
}

/**
 * pj_document_feed_free:
 * @self: (transfer full): the feed
 */
void
pj_document_feed_free (PjDocumentFeed *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->buffer);
  pj_mail_document_unref (self->document);
  g_array_unref (self->links);
  g_free (self);
}

/**
 * pj_document_feed_count_links:
 * @self: the feed
 *
 * Returns: how many links are in the buffer so far
 */
guint
pj_document_feed_count_links (const PjDocumentFeed *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->links->len;
}

/**
 * pj_document_feed_get_link:
 * @self: the feed
 * @i: which, from 0; below the number of links
 *
 * Returns: (transfer none): where it is, until more is fed
 */
const PjDocumentFeedLink *
pj_document_feed_get_link (const PjDocumentFeed *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->links->len, NULL);

  return &g_array_index (self->links, PjDocumentFeedLink, i);
}

/**
 * pj_document_feed_find_link:
 * @self: the feed
 * @offset: a place in the buffer, in characters
 *
 * Returns: which link is there; -1 for none
 */
int
pj_document_feed_find_link (const PjDocumentFeed *self, int offset)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, -1);

  high = self->links->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const PjDocumentFeedLink *link = pj_document_feed_get_link (self, middle);

      if (offset < link->start)
        high = middle;
      else if (offset >= link->end)
        low = middle + 1;
      else
        return (int) middle;
    }

  return -1;
}
