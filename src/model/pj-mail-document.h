/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

/* Deeper quotes and lists look like those of this depth. */
#define PJ_MAIL_DOCUMENT_MAX_DEPTH 8

/* A newsletter has a hundred. */
#define PJ_MAIL_DOCUMENT_MAX_LINKS 5000

/**
 * PjMailBlockKind:
 * @PJ_MAIL_BLOCK_PARAGRAPH: text; may hold LF where a line was broken on purpose
 * @PJ_MAIL_BLOCK_HEADING: of the level told, 1 to 6
 * @PJ_MAIL_BLOCK_ITEM: of a list; its level is the depth of the list, from 1
 * @PJ_MAIL_BLOCK_ROW: of a table; a tab stands between the cells
 * @PJ_MAIL_BLOCK_PREFORMATTED: lines whose blanks count
 * @PJ_MAIL_BLOCK_RULE: a line across, without text
 */
typedef enum
{
  PJ_MAIL_BLOCK_PARAGRAPH,
  PJ_MAIL_BLOCK_HEADING,
  PJ_MAIL_BLOCK_ITEM,
  PJ_MAIL_BLOCK_ROW,
  PJ_MAIL_BLOCK_PREFORMATTED,
  PJ_MAIL_BLOCK_RULE,
} PjMailBlockKind;

/**
 * PjMailBlock:
 * @kind: what it is
 * @level: see @kind; 0 where that says nothing; for a paragraph within a list
 *   the depth of the list
 * @quote_depth: how often it is quoted
 * @number: of an item of a numbered list, from 1; 0 for a bullet
 * @is_tight: whether it follows the block before it without space between
 * @start: where its text begins in the document's, in bytes
 * @len: bytes of it, without a LF at the end
 */
typedef struct
{
  PjMailBlockKind kind;
  guint8          level;
  guint8          quote_depth;
  gboolean        is_tight;
  guint           number;
  gsize           start;
  gsize           len;
} PjMailBlock;

/**
 * PjMailSpanStyle:
 * @PJ_MAIL_SPAN_EMPHASIS: emphasised
 * @PJ_MAIL_SPAN_STRONG: strongly so
 * @PJ_MAIL_SPAN_CODE: of a machine
 * @PJ_MAIL_SPAN_STRUCK: struck out
 * @PJ_MAIL_SPAN_IMAGE: stands for an image, which is not shown
 * @PJ_MAIL_SPAN_HIDDEN: its sender meant it to be read by programs, not by people
 */
typedef enum
{
  PJ_MAIL_SPAN_EMPHASIS = 1 << 0,
  PJ_MAIL_SPAN_STRONG = 1 << 1,
  PJ_MAIL_SPAN_CODE = 1 << 2,
  PJ_MAIL_SPAN_STRUCK = 1 << 3,
  PJ_MAIL_SPAN_IMAGE = 1 << 4,
  PJ_MAIL_SPAN_HIDDEN = 1 << 5,
} PjMailSpanStyle;

/**
 * PjMailSpan:
 * @start: where it begins in the document's text, in bytes
 * @len: bytes of it, at least 1; it lies within one block
 * @style: how it looks
 * @link: index of its link; -1 for none
 */
typedef struct
{
  gsize           start;
  gsize           len;
  PjMailSpanStyle style;
  int             link;
} PjMailSpan;

/**
 * PjMailDocument:
 * @text: of all blocks, one LF behind each; valid UTF-8, cleaned
 * @blocks: (element-type PjMailBlock): in order
 * @spans: (element-type PjMailSpan): in order, none overlaps another; what is
 *   in none is plain
 * @links: (element-type PjMailLink): what the spans lead to
 *
 * A mail's body made safe to show: text with a little form, nothing to fetch or
 * run. Filled by its maker, read-only afterwards; then any thread.
 */
typedef struct
{
  GString   *text;
  GArray    *blocks;
  GArray    *spans;
  GPtrArray *links;

  /*< private >*/
  gatomicrefcount references;
} PjMailDocument;

#define PJ_TYPE_MAIL_DOCUMENT (pj_mail_document_get_type ())
GType pj_mail_document_get_type (void);

PjMailDocument *pj_mail_document_new (void);
PjMailDocument *pj_mail_document_ref (PjMailDocument *self);
void            pj_mail_document_unref (PjMailDocument *self);
void            pj_mail_document_add_block (PjMailDocument *self, const PjMailBlock *block);
void            pj_mail_document_add_text (
               PjMailDocument *self, const char *text, gsize len, PjMailSpanStyle style, int link);
int                pj_mail_document_add_link (PjMailDocument *self, PjMailLink *link);
void               pj_mail_document_replace_link (PjMailDocument *self, int i, PjMailLink *link);
void               pj_mail_document_append (PjMailDocument *self, const PjMailDocument *other);
const PjMailBlock *pj_mail_document_get_block (const PjMailDocument *self, guint i);
const PjMailSpan  *pj_mail_document_get_span (const PjMailDocument *self, guint i);
const PjMailLink  *pj_mail_document_get_link (const PjMailDocument *self, guint i);
char              *pj_mail_document_to_text (const PjMailDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailDocument, pj_mail_document_unref)

G_END_DECLS
