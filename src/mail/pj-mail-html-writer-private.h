/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-html-writer.h"

G_BEGIN_DECLS

/* Blank lines in a row: one says as much as ten. */
#define PJ_MAIL_HTML_WRITER_MAX_NEWLINES 2

/**
 * PjMailHtmlWriter:
 *
 * Lays out as a document what comes out of an HTML mail. White space is
 * owed, not written: it goes out with the next text, so that nothing ends in
 * blanks and no number of empty elements makes empty blocks. A row of a table
 * is a paragraph until its second cell has text. One thread.
 */
struct _PjMailHtmlWriter
{
  /* Owned */
  PjMailDocument *document;
  char           *target;    /* NULL: outside of links */
  GString        *link_text; /* what can be seen of its text */

  /* Plain */
  gsize           max_bytes;
  gsize           laid_out; /* bytes that the document takes as plain text, about */
  gboolean        is_cut;
  PjMailSpanStyle style;
  guint           hidden_chars; /* since the last text that can be seen */
  guint           all_hidden_chars;

  int      link; /* of the document; -1: none yet */
  gboolean has_link_image;

  guint    newlines; /* owed before the next text */
  gboolean is_block; /* likewise, a block of its own */
  gboolean is_cell;  /* likewise, a tab */
  gboolean is_blank; /* likewise, a blank */
  gboolean is_item;  /* likewise, the mark of a list item */

  guint8 heading; /* 0: not within one */
  guint  pre_depth;
  guint  quote_depth;
  guint  list_depth;
  guint  numbers[PJ_MAIL_DOCUMENT_MAX_DEPTH]; /* next number of each list; 0: bullets */

  gboolean is_in_row; /* whose cells so far are in one block */
  gboolean has_cell;  /* there is such a block */
};

PjMailBlock      *pj_mail_html_writer_get_last_block (const PjMailHtmlWriter *self);
const PjMailSpan *pj_mail_html_writer_get_touching_span (const PjMailHtmlWriter *self);
guint             pj_mail_html_writer_get_list_level (const PjMailHtmlWriter *self);
void              pj_mail_html_writer_begin (PjMailHtmlWriter *self);
void              pj_mail_html_writer_begin_link (PjMailHtmlWriter *self);
void pj_mail_html_writer_remember_link_text (PjMailHtmlWriter *self, const char *text, gsize len);

G_END_DECLS
