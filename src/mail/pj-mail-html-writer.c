/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-text.h"
#include "mail/pj-mail-link-reader.h"

#define MAX_DEPTH PJ_MAIL_DOCUMENT_MAX_DEPTH

#define MAX_ALT_CHARS 200

/* A reader of links takes much less; a target that is longer is not cut here
 * where it could still be opened. */
#define MAX_TARGET_BYTES 16384

/* What begins a block, or two lines of it, at the greatest depth */
#define MAX_MARGIN_BYTES (2 * (4 * MAX_DEPTH + 2))

/* Enough to find the name of a host in. */
#define MAX_LINK_TEXT_BYTES 1000

/* Of text that is not seen: the preview line of an honest newsletter; words
 * to fool a filter run to pages, and may be strewn over the mail. */
#define MAX_HIDDEN_CHARS 300
#define MAX_ALL_HIDDEN_CHARS 3000

/**
 * pj_mail_html_writer_new:
 * @max_bytes: text after which it is full
 *
 * Returns: (transfer full): an empty one; to be freed by
 *   pj_mail_html_writer_finish()
 */
PjMailHtmlWriter *
pj_mail_html_writer_new (gsize max_bytes)
{
  PjMailHtmlWriter *self = g_new0 (PjMailHtmlWriter, 1);

  self->document = pj_mail_document_new ();
  self->link_text = g_string_new (NULL);
  self->max_bytes = max_bytes;
  self->is_block = TRUE;
  self->link = -1;

  return self;
}

/**
 * pj_mail_html_writer_finish:
 * @self: (transfer full): the writer
 *
 * Returns: (transfer full): the document
 */
PjMailDocument *
pj_mail_html_writer_finish (PjMailHtmlWriter *self)
{
  PjMailDocument *document;

  g_return_val_if_fail (self != NULL, NULL);

  pj_mail_html_writer_end_link (self);
  document = self->document;
  g_string_free (self->link_text, TRUE);
  g_free (self);

  return document;
}

/**
 * pj_mail_html_writer_is_full:
 * @self: the writer
 *
 * Returns: whether it takes no more
 */
gboolean
pj_mail_html_writer_is_full (const PjMailHtmlWriter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->laid_out >= self->max_bytes;
}

/**
 * pj_mail_html_writer_is_cut:
 * @self: the writer
 *
 * Returns: whether it was given what the document has no room for: text, or
 *   links that became plain text
 */
gboolean
pj_mail_html_writer_is_cut (const PjMailHtmlWriter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_cut || pj_mail_html_writer_is_full (self);
}

/**
 * pj_mail_html_writer_get_list_level:
 * @self: the writer
 *
 * Returns: how deep within lists it is, as far as that is drawn
 */
guint
pj_mail_html_writer_get_list_level (const PjMailHtmlWriter *self)
{
  return MIN (self->list_depth, MAX_DEPTH);
}

/**
 * pj_mail_html_writer_get_last_block:
 * @self: the writer
 *
 * Returns: (transfer none) (nullable): what text goes on in; %NULL when nothing
 *   was written yet
 */
PjMailBlock *
pj_mail_html_writer_get_last_block (const PjMailHtmlWriter *self)
{
  GArray *blocks = self->document->blocks;

  return blocks->len > 0 ? &g_array_index (blocks, PjMailBlock, blocks->len - 1) : NULL;
}

/* What begins each line of the last block, and its end */
static gsize
count_margin (const PjMailHtmlWriter *self)
{
  const PjMailBlock *block = pj_mail_html_writer_get_last_block (self);

  return 2 * ((gsize) block->quote_depth + block->level) + 2;
}

static void
make_item (PjMailHtmlWriter *self, PjMailBlock *block)
{
  guint *number = &self->numbers[MAX (block->level, 1) - 1];

  block->kind = PJ_MAIL_BLOCK_ITEM;
  block->level = MAX (block->level, 1);
  block->number = *number;
  if (*number > 0)
    ++*number;
}

static PjMailBlock
make_block (PjMailHtmlWriter *self)
{
  PjMailBlock block = {
    .kind = PJ_MAIL_BLOCK_PARAGRAPH,
    .level = (guint8) pj_mail_html_writer_get_list_level (self),
    .quote_depth = (guint8) MIN (self->quote_depth, MAX_DEPTH),
    .is_tight = self->newlines < 2 && self->document->blocks->len > 0,
  };

  if (self->is_item)
    make_item (self, &block);
  else if (self->pre_depth > 0)
    block.kind = PJ_MAIL_BLOCK_PREFORMATTED;
  else if (self->heading > 0)
    {
      block.kind = PJ_MAIL_BLOCK_HEADING;
      block.level = self->heading;
    }

  return block;
}

static void
start_block (PjMailHtmlWriter *self)
{
  PjMailBlock block = make_block (self);

  pj_mail_document_add_block (self->document, &block);
  self->laid_out += count_margin (self);

  /* Only one plain paragraph may become the first cell of a row. */
  if (block.kind != PJ_MAIL_BLOCK_PARAGRAPH || self->has_cell)
    self->is_in_row = FALSE;
  self->has_cell = self->is_in_row;
}

/* Returns: (nullable): the span that ends where text goes on in the last block */
static const PjMailSpan *
get_touching_span (const PjMailHtmlWriter *self)
{
  GArray *spans = self->document->spans;
  const PjMailBlock *block = pj_mail_html_writer_get_last_block (self);
  const PjMailSpan *last;

  if (spans->len == 0 || block == NULL)
    return NULL;

  last = &g_array_index (spans, PjMailSpan, spans->len - 1);
  return last->start + last->len == block->start + block->len ? last : NULL;
}

/* What separates two words belongs to what both are in. */
static void
write_separator (PjMailHtmlWriter *self, const char *separator)
{
  const PjMailSpan *last = get_touching_span (self);
  PjMailSpanStyle style = last != NULL ? last->style & self->style & ~PJ_MAIL_SPAN_IMAGE : 0;
  gboolean is_in_link = last != NULL && last->link == self->link;

  pj_mail_document_add_text (self->document, separator, 1, style, is_in_link ? self->link : -1);
  self->laid_out += *separator == '\n' ? count_margin (self) : 1;
}

static void
write_newlines (PjMailHtmlWriter *self)
{
  for (guint i = 0; i < self->newlines; i++)
    write_separator (self, "\n");
}

/* What a row has on one line it has there as a whole. */
static void
write_newline_in_row (PjMailHtmlWriter *self)
{
  if (pj_mail_html_writer_get_last_block (self)->kind == PJ_MAIL_BLOCK_ROW)
    write_separator (self, " ");
  else
    {
      self->is_in_row = FALSE;
      write_newlines (self);
    }
}

/**
 * pj_mail_html_writer_begin:
 * @self: the writer
 *
 * Writes what is owed: text may follow.
 */
void
pj_mail_html_writer_begin (PjMailHtmlWriter *self)
{
  if (self->is_block || pj_mail_html_writer_get_last_block (self) == NULL)
    start_block (self);
  else if (self->newlines > 0)
    write_newline_in_row (self);
  else if (self->is_cell)
    {
      pj_mail_html_writer_get_last_block (self)->kind = PJ_MAIL_BLOCK_ROW;
      write_separator (self, "\t");
    }
  else if (self->is_blank)
    write_separator (self, " ");

  self->newlines = 0;
  self->is_block = FALSE;
  self->is_cell = FALSE;
  self->is_blank = FALSE;
  self->is_item = FALSE;
}

/* Its host is found when all of its text is known. */
static void
begin_link (PjMailHtmlWriter *self)
{
  g_autoptr (PjMailLink) link = NULL;

  if (self->target == NULL || self->link >= 0)
    return;

  link = pj_mail_link_new ("", NULL, NULL, PJ_MAIL_LINK_SOUND, FALSE);
  self->link = pj_mail_document_add_link (self->document, link);
  self->is_cut |= self->link < 0;
}

static void
remember_link_text (PjMailHtmlWriter *self, const char *text, gsize len)
{
  if (self->target != NULL && self->link_text->len + len <= MAX_LINK_TEXT_BYTES)
    g_string_append_len (self->link_text, text, (gssize) len);
}

static gsize
cut_at_char (const char *text, gsize len, gsize max)
{
  if (len <= max)
    return len;

  while (max > 0 && ((guchar) text[max] & 0xC0) == 0x80)
    max--;

  return max;
}

/* Whether there is room for what is owed, and a letter. */
static gboolean
has_room (const PjMailHtmlWriter *self)
{
  gsize owed = self->is_block || self->newlines > 0 ? MAX_MARGIN_BYTES : 1;

  return self->laid_out + owed < self->max_bytes;
}

static void
write_text (PjMailHtmlWriter *self, const char *text, gsize len, PjMailSpanStyle style)
{
  gboolean is_hidden = (style & PJ_MAIL_SPAN_HIDDEN) != 0;

  if (!has_room (self))
    {
      self->laid_out = self->max_bytes;
      return;
    }

  if (!is_hidden)
    begin_link (self);
  if (self->is_block || self->is_cell || self->is_blank || self->newlines > 0)
    remember_link_text (self, " ", 1);
  pj_mail_html_writer_begin (self);

  len = cut_at_char (text, len, self->max_bytes - MIN (self->laid_out, self->max_bytes));
  pj_mail_document_add_text (self->document, text, len, style, is_hidden ? -1 : self->link);
  self->laid_out += len;
  if (!is_hidden)
    remember_link_text (self, text, len);
}

static void
write_hidden (PjMailHtmlWriter *self, const char *text, gsize len)
{
  guint n_chars = (guint) g_utf8_strlen (text, (gssize) len);
  guint n_room;

  if (self->hidden_chars >= MAX_HIDDEN_CHARS || self->all_hidden_chars >= MAX_ALL_HIDDEN_CHARS)
    return;

  n_room =
      MIN (MAX_HIDDEN_CHARS - self->hidden_chars, MAX_ALL_HIDDEN_CHARS - self->all_hidden_chars);
  if (n_chars > n_room)
    len = (gsize) (g_utf8_offset_to_pointer (text, n_room) - text);
  write_text (self, text, len, self->style);
  if (n_chars >= n_room)
    write_text (self, "…", strlen ("…"), self->style);

  self->hidden_chars += n_chars;
  self->all_hidden_chars += n_chars;
}

static void
write_word (PjMailHtmlWriter *self, const char *text, gsize len)
{
  if ((self->style & PJ_MAIL_SPAN_HIDDEN) != 0)
    {
      write_hidden (self, text, len);
      return;
    }

  self->hidden_chars = 0;
  write_text (self, text, len, self->style);
}

static void
add_preformatted (PjMailHtmlWriter *self, const char *text, gsize len)
{
  const char *end = text + len;

  while (text < end && !pj_mail_html_writer_is_full (self))
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));
      gsize n = (gsize) ((line_end != NULL ? line_end : end) - text);

      if (n > 0)
        write_word (self, text, n);
      if (line_end == NULL)
        return;
      self->newlines = MIN (self->newlines + 1, PJ_MAIL_HTML_WRITER_MAX_NEWLINES);
      text = line_end + 1;
    }
}

/* Length in bytes of the white space at @text, 0 when there is none. A
 * no-break space (C2 A0) lays out tables of newsletters: a blank like others. */
static gsize
measure_space (const char *text, gsize len)
{
  if (g_ascii_isspace (*text))
    return 1;

  return len >= 2 && text[0] == '\xC2' && text[1] == '\xA0' ? 2 : 0;
}

static void
add_words (PjMailHtmlWriter *self, const char *text, gsize len)
{
  for (gsize i = 0; i < len && !pj_mail_html_writer_is_full (self);)
    {
      gsize start = i;
      gsize blank = measure_space (text + i, len - i);

      if (blank > 0)
        {
          self->is_blank = TRUE;
          i += blank;
          continue;
        }

      while (i < len && measure_space (text + i, len - i) == 0)
        i++;
      write_word (self, text + start, i - start);
    }
}

/**
 * pj_mail_html_writer_set_style:
 * @self: the writer
 * @style: how text looks from here on
 */
void
pj_mail_html_writer_set_style (PjMailHtmlWriter *self, PjMailSpanStyle style)
{
  g_return_if_fail (self != NULL);

  self->style = style;
}

/**
 * pj_mail_html_writer_add_text:
 * @self: the writer
 * @text: UTF-8, not cleaned
 * @len: bytes
 *
 * Writes text; white space in it counts as HTML has it, outside of pre.
 */
void
pj_mail_html_writer_add_text (PjMailHtmlWriter *self, const char *text, gsize len)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  clean = pj_text_clean_block (text, (gssize) len, len);
  if (self->pre_depth > 0)
    add_preformatted (self, clean, strlen (clean));
  else
    add_words (self, clean, strlen (clean));
}

/**
 * pj_mail_html_writer_add_image:
 * @self: the writer
 * @alt: text that stands for the image
 *
 * Writes the text, which can be seen whatever the style is; nothing when it
 * is empty, unless the image is all that there is of a link.
 */
void
pj_mail_html_writer_add_image (PjMailHtmlWriter *self, const char *alt)
{
  g_autofree char *clean = NULL;
  const PjMailSpan *before;
  PjMailSpanStyle around;

  g_return_if_fail (self != NULL && alt != NULL);

  clean = pj_text_clean_line (alt, -1, MAX_ALT_CHARS);
  self->has_link_image = TRUE;
  if (*clean == '\0' || pj_mail_html_writer_is_full (self))
    return;

  /* Two in a row are two. */
  before = get_touching_span (self);
  if (before != NULL && (before->style & PJ_MAIL_SPAN_IMAGE) != 0)
    self->is_blank = TRUE;

  around = self->style;
  self->style = PJ_MAIL_SPAN_IMAGE;
  write_word (self, clean, strlen (clean));
  self->style = around;
}

/**
 * pj_mail_html_writer_add_blank:
 * @self: the writer
 *
 * The next text is set apart from the one before it.
 */
void
pj_mail_html_writer_add_blank (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  self->is_blank = TRUE;
}

/**
 * pj_mail_html_writer_start_link:
 * @self: the writer
 * @target: (nullable): where it leads; %NULL or a place in the same mail
 *   makes it ordinary text
 */
void
pj_mail_html_writer_start_link (PjMailHtmlWriter *self, const char *target)
{
  g_return_if_fail (self != NULL);

  pj_mail_html_writer_end_link (self);

  if (target == NULL || *target == '#' || *target == '\0')
    return;

  self->target = g_strndup (target, cut_at_char (target, strlen (target), MAX_TARGET_BYTES));
  self->has_link_image = FALSE;
}

static void
tell_target (PjMailHtmlWriter *self, const char *target)
{
  g_autoptr (PjMailLink) link = pj_mail_link_read (target, g_strstrip (self->link_text->str));

  pj_mail_document_replace_link (self->document, self->link, link);
  self->laid_out += strlen (link->target) + strlen (" <>");
}

/**
 * pj_mail_html_writer_end_link:
 * @self: the writer
 *
 * Finds out where the link leads and whether its text says so. One without
 * text, which nobody can click, leaves nothing.
 */
void
pj_mail_html_writer_end_link (PjMailHtmlWriter *self)
{
  g_autofree char *target = NULL;

  g_return_if_fail (self != NULL);

  if (self->target != NULL && self->link < 0 && self->has_link_image)
    {
      /* TRANSLATORS: stands for an image of a mail that has no text of its own */
      pj_mail_html_writer_add_image (self, _ ("image"));
      g_string_truncate (self->link_text, 0);
    }

  target = g_steal_pointer (&self->target);
  if (self->link >= 0)
    tell_target (self, target);

  self->link = -1;
  self->has_link_image = FALSE;
  g_string_truncate (self->link_text, 0);
}
