/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer-private.h"

/* What the writer owes before the next text: a block, a new line, a blank. */

/**
 * pj_mail_html_writer_get_list_level:
 * @self: the writer
 *
 * Returns: how deep within lists it is, as far as that is drawn
 */
guint
pj_mail_html_writer_get_list_level (const PjMailHtmlWriter *self)
{
  return MIN (self->list_depth, PJ_MAIL_DOCUMENT_MAX_DEPTH);
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
    .quote_depth = (guint8) MIN (self->quote_depth, PJ_MAIL_DOCUMENT_MAX_DEPTH),
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

/**
 * pj_mail_html_writer_get_touching_span:
 * @self: the writer
 *
 * Returns: (transfer none) (nullable): the span that ends where text goes on in
 *   the last block
 */
const PjMailSpan *
pj_mail_html_writer_get_touching_span (const PjMailHtmlWriter *self)
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
  const PjMailSpan *last = pj_mail_html_writer_get_touching_span (self);
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
