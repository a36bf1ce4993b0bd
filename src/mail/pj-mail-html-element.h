/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

/**
 * PjMailHtmlElementKind:
 * @PJ_MAIL_HTML_INLINE: goes on with the line
 * @PJ_MAIL_HTML_BLOCK: has lines of its own
 * @PJ_MAIL_HTML_PARAGRAPH: likewise, and a blank line around it
 * @PJ_MAIL_HTML_BREAK: ends a line
 * @PJ_MAIL_HTML_RULE: a line across
 * @PJ_MAIL_HTML_IMAGE: an image, of which its text counts
 * @PJ_MAIL_HTML_LINK: leads somewhere
 * @PJ_MAIL_HTML_HEADING: h1 to h6: its level is the digit of its name
 * @PJ_MAIL_HTML_BULLETS: a list without numbers
 * @PJ_MAIL_HTML_NUMBERS: a list with numbers
 * @PJ_MAIL_HTML_ITEM: of a list
 * @PJ_MAIL_HTML_ROW: of a table
 * @PJ_MAIL_HTML_CELL: of a row
 * @PJ_MAIL_HTML_QUOTE: somebody else's words
 * @PJ_MAIL_HTML_PRE: white space in it counts
 * @PJ_MAIL_HTML_SKIP: not text, with all that is in it
 */
typedef enum
{
  PJ_MAIL_HTML_INLINE,
  PJ_MAIL_HTML_BLOCK,
  PJ_MAIL_HTML_PARAGRAPH,
  PJ_MAIL_HTML_BREAK,
  PJ_MAIL_HTML_RULE,
  PJ_MAIL_HTML_IMAGE,
  PJ_MAIL_HTML_LINK,
  PJ_MAIL_HTML_HEADING,
  PJ_MAIL_HTML_BULLETS,
  PJ_MAIL_HTML_NUMBERS,
  PJ_MAIL_HTML_ITEM,
  PJ_MAIL_HTML_ROW,
  PJ_MAIL_HTML_CELL,
  PJ_MAIL_HTML_QUOTE,
  PJ_MAIL_HTML_PRE,
  PJ_MAIL_HTML_SKIP,
} PjMailHtmlElementKind;

/**
 * PjMailHtmlElement:
 * @name: lower case
 * @kind: what form it gives to text
 * @style: how text in it looks
 *
 * What an element of HTML means to the layout of a mail, whatever its own
 * style says. A constant.
 */
typedef struct
{
  const char           *name;
  PjMailHtmlElementKind kind;
  PjMailSpanStyle       style;
} PjMailHtmlElement;

const PjMailHtmlElement *pj_mail_html_element_find (const char *name);

G_END_DECLS
