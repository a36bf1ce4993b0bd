/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer-private.h"

/* What the writer is told of blocks: headings, rows, lists, quotes. */

/* Longer cells hold a column of a layout, not a value of a table. */
#define MAX_CELL_BYTES 200

/**
 * pj_mail_html_writer_break_line:
 * @self: the writer
 *
 * The next text begins on a further line, after two in a row in a block of
 * its own; more do not count.
 */
void
pj_mail_html_writer_break_line (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  self->newlines = MIN (self->newlines + 1, PJ_MAIL_HTML_WRITER_MAX_NEWLINES);
  self->is_blank = FALSE;
  if (self->newlines == PJ_MAIL_HTML_WRITER_MAX_NEWLINES && self->pre_depth == 0)
    {
      self->is_block = TRUE;
      self->is_cell = FALSE;
    }
}

/* Rows stand close, whatever their first cell is made of. */
static gboolean
follows_row (const PjMailHtmlWriter *self)
{
  const PjMailBlock *block = pj_mail_html_writer_get_last_block (self);

  return self->is_in_row && !self->has_cell && block != NULL && block->kind == PJ_MAIL_BLOCK_ROW;
}

/**
 * pj_mail_html_writer_need_lines:
 * @self: the writer
 * @n: 1 for a new line, 2 for a blank line as well
 *
 * The next text begins a block. At the beginning of a cell that goes on
 * with its row nothing is broken.
 */
void
pj_mail_html_writer_need_lines (PjMailHtmlWriter *self, guint n)
{
  g_return_if_fail (self != NULL);

  if (self->is_cell)
    return;

  self->newlines = MAX (self->newlines, follows_row (self) ? 1 : n);
  self->is_block = TRUE;
  self->is_blank = FALSE;
}

static void
break_out (PjMailHtmlWriter *self, guint n)
{
  self->is_cell = FALSE;
  pj_mail_html_writer_need_lines (self, n);
}

/**
 * pj_mail_html_writer_add_rule:
 * @self: the writer
 *
 * Draws a line across.
 */
void
pj_mail_html_writer_add_rule (PjMailHtmlWriter *self)
{
  PjMailBlock *block;

  g_return_if_fail (self != NULL);

  if (pj_mail_html_writer_is_full (self))
    return;

  break_out (self, 2);
  pj_mail_html_writer_begin (self);
  block = pj_mail_html_writer_get_last_block (self);
  block->kind = PJ_MAIL_BLOCK_RULE;
  block->number = 0;
  /* As long as it is drawn */
  self->laid_out += 30;
  self->is_in_row = FALSE;
  break_out (self, 2);
}

/**
 * pj_mail_html_writer_start_heading:
 * @self: the writer
 * @level: 1 to 6
 */
void
pj_mail_html_writer_start_heading (PjMailHtmlWriter *self, guint8 level)
{
  g_return_if_fail (self != NULL && level >= 1 && level <= 6);

  break_out (self, 2);
  self->heading = level;
}

/**
 * pj_mail_html_writer_end_heading:
 * @self: the writer
 *
 * What follows is ordinary text.
 */
void
pj_mail_html_writer_end_heading (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  break_out (self, 2);
  self->heading = 0;
}

/**
 * pj_mail_html_writer_start_row:
 * @self: the writer
 *
 * The cells that follow belong together.
 */
void
pj_mail_html_writer_start_row (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  break_out (self, 1);
  self->is_in_row = TRUE;
  self->has_cell = FALSE;
}

/**
 * pj_mail_html_writer_end_row:
 * @self: the writer
 *
 * Ends the row, or that of a table around it.
 */
void
pj_mail_html_writer_end_row (PjMailHtmlWriter *self)
{
  const PjMailBlock *block;

  g_return_if_fail (self != NULL);

  /* Rows stand close, whatever their last cell is made of. */
  block = pj_mail_html_writer_get_last_block (self);
  if (self->is_in_row && self->has_cell && block->kind == PJ_MAIL_BLOCK_ROW)
    self->newlines = 0;

  break_out (self, 1);
  self->is_in_row = FALSE;
  self->has_cell = FALSE;
}

/**
 * pj_mail_html_writer_start_cell:
 * @self: the writer
 *
 * The next text goes on with the row where that is one line of short
 * values; otherwise it begins a block.
 */
void
pj_mail_html_writer_start_cell (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_in_row && self->has_cell &&
      pj_mail_html_writer_get_last_block (self)->len > MAX_CELL_BYTES)
    self->is_in_row = FALSE;

  if (!self->is_in_row)
    break_out (self, 1);
  else if (self->has_cell)
    {
      self->is_cell = TRUE;
      self->newlines = 0;
      self->is_block = FALSE;
    }
}

/**
 * pj_mail_html_writer_start_list:
 * @self: the writer
 * @first_number: of its first item; 0 for bullets
 *
 * The items that follow are marked and, in a list within a list, indented.
 */
void
pj_mail_html_writer_start_list (PjMailHtmlWriter *self, guint first_number)
{
  g_return_if_fail (self != NULL);

  break_out (self, self->list_depth == 0 ? 2 : 1);

  self->list_depth++;
  self->numbers[pj_mail_html_writer_get_list_level (self) - 1] = first_number;
}

/**
 * pj_mail_html_writer_end_list:
 * @self: the writer
 *
 * Goes back to the list around it. Without a list it only breaks the line.
 */
void
pj_mail_html_writer_end_list (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->list_depth > 0)
    self->list_depth--;
  self->is_item = FALSE;
  break_out (self, self->list_depth == 0 ? 2 : 1);
}

/**
 * pj_mail_html_writer_start_item:
 * @self: the writer
 * @number: what a numbered list goes on with; 0 for the next number
 *
 * The next text begins a block with the mark of its list.
 */
void
pj_mail_html_writer_start_item (PjMailHtmlWriter *self, guint number)
{
  guint *next;

  g_return_if_fail (self != NULL);

  break_out (self, 1);
  self->is_item = TRUE;
  next = &self->numbers[MAX (pj_mail_html_writer_get_list_level (self), 1) - 1];
  if (self->list_depth == 0)
    *next = 0;
  else if (number > 0 && *next > 0)
    *next = number;
}

/**
 * pj_mail_html_writer_start_quote:
 * @self: the writer
 *
 * Blocks that begin from here are quoted once more.
 */
void
pj_mail_html_writer_start_quote (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  break_out (self, 2);
  self->quote_depth++;
}

/**
 * pj_mail_html_writer_end_quote:
 * @self: the writer
 *
 * Undoes one pj_mail_html_writer_start_quote(); without one it only breaks the line.
 */
void
pj_mail_html_writer_end_quote (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->quote_depth > 0)
    self->quote_depth--;
  break_out (self, 2);
}

/**
 * pj_mail_html_writer_start_pre:
 * @self: the writer
 *
 * White space counts from here as it stands.
 */
void
pj_mail_html_writer_start_pre (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  break_out (self, 2);
  self->pre_depth++;
}

/**
 * pj_mail_html_writer_end_pre:
 * @self: the writer
 *
 * Undoes one pj_mail_html_writer_start_pre(); without one it only breaks the line.
 */
void
pj_mail_html_writer_end_pre (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->pre_depth > 0)
    self->pre_depth--;
  break_out (self, 2);
}
