/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-element.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name. What is not here is inline and plain. */
static const PjMailHtmlElement elements[] = {
  { "a", PJ_MAIL_HTML_LINK, 0 },
  { "address", PJ_MAIL_HTML_BLOCK, 0 },
  { "applet", PJ_MAIL_HTML_SKIP, 0 },
  { "article", PJ_MAIL_HTML_BLOCK, 0 },
  { "aside", PJ_MAIL_HTML_BLOCK, 0 },
  { "audio", PJ_MAIL_HTML_SKIP, 0 },
  { "b", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRONG },
  { "blockquote", PJ_MAIL_HTML_QUOTE, 0 },
  { "br", PJ_MAIL_HTML_BREAK, 0 },
  { "canvas", PJ_MAIL_HTML_SKIP, 0 },
  { "caption", PJ_MAIL_HTML_BLOCK, 0 },
  { "center", PJ_MAIL_HTML_BLOCK, 0 },
  { "cite", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "code", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_CODE },
  { "datalist", PJ_MAIL_HTML_SKIP, 0 },
  { "dd", PJ_MAIL_HTML_BLOCK, 0 },
  { "del", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRUCK },
  { "dfn", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "dir", PJ_MAIL_HTML_BULLETS, 0 },
  { "div", PJ_MAIL_HTML_BLOCK, 0 },
  { "dl", PJ_MAIL_HTML_PARAGRAPH, 0 },
  { "dt", PJ_MAIL_HTML_BLOCK, PJ_MAIL_SPAN_STRONG },
  { "em", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "fieldset", PJ_MAIL_HTML_BLOCK, 0 },
  { "figcaption", PJ_MAIL_HTML_BLOCK, 0 },
  { "figure", PJ_MAIL_HTML_BLOCK, 0 },
  { "footer", PJ_MAIL_HTML_BLOCK, 0 },
  { "form", PJ_MAIL_HTML_BLOCK, 0 },
  { "frameset", PJ_MAIL_HTML_SKIP, 0 },
  { "h1", PJ_MAIL_HTML_HEADING, 0 },
  { "h2", PJ_MAIL_HTML_HEADING, 0 },
  { "h3", PJ_MAIL_HTML_HEADING, 0 },
  { "h4", PJ_MAIL_HTML_HEADING, 0 },
  { "h5", PJ_MAIL_HTML_HEADING, 0 },
  { "h6", PJ_MAIL_HTML_HEADING, 0 },
  { "header", PJ_MAIL_HTML_BLOCK, 0 },
  { "hr", PJ_MAIL_HTML_RULE, 0 },
  { "i", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "iframe", PJ_MAIL_HTML_SKIP, 0 },
  { "image", PJ_MAIL_HTML_IMAGE, 0 },
  { "img", PJ_MAIL_HTML_IMAGE, 0 },
  { "kbd", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_CODE },
  { "li", PJ_MAIL_HTML_ITEM, 0 },
  { "main", PJ_MAIL_HTML_BLOCK, 0 },
  { "math", PJ_MAIL_HTML_SKIP, 0 },
  { "menu", PJ_MAIL_HTML_BULLETS, 0 },
  { "nav", PJ_MAIL_HTML_BLOCK, 0 },
  { "noframes", PJ_MAIL_HTML_SKIP, 0 },
  { "object", PJ_MAIL_HTML_SKIP, 0 },
  { "ol", PJ_MAIL_HTML_NUMBERS, 0 },
  { "p", PJ_MAIL_HTML_PARAGRAPH, 0 },
  { "pre", PJ_MAIL_HTML_PRE, 0 },
  { "s", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRUCK },
  { "samp", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_CODE },
  { "script", PJ_MAIL_HTML_SKIP, 0 },
  { "section", PJ_MAIL_HTML_BLOCK, 0 },
  { "select", PJ_MAIL_HTML_SKIP, 0 },
  { "strike", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRUCK },
  { "strong", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRONG },
  { "style", PJ_MAIL_HTML_SKIP, 0 },
  { "svg", PJ_MAIL_HTML_SKIP, 0 },
  { "table", PJ_MAIL_HTML_BLOCK, 0 },
  { "tbody", PJ_MAIL_HTML_BLOCK, 0 },
  { "td", PJ_MAIL_HTML_CELL, 0 },
  { "template", PJ_MAIL_HTML_SKIP, 0 },
  { "textarea", PJ_MAIL_HTML_SKIP, 0 },
  { "th", PJ_MAIL_HTML_CELL, PJ_MAIL_SPAN_STRONG },
  { "title", PJ_MAIL_HTML_SKIP, 0 },
  { "tr", PJ_MAIL_HTML_ROW, 0 },
  { "tt", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_CODE },
  { "ul", PJ_MAIL_HTML_BULLETS, 0 },
  { "var", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "video", PJ_MAIL_HTML_SKIP, 0 },
};

static const PjMailHtmlElement plain_element = { "", PJ_MAIL_HTML_INLINE, 0 };

static int
compare_element (gconstpointer name, gconstpointer element)
{
  return strcmp (name, ((const PjMailHtmlElement *) element)->name);
}

/**
 * pj_mail_html_element_find:
 * @name: of an element, lower case
 *
 * Any thread.
 *
 * Returns: (transfer none): what it is; one that is inline and plain, without a
 *   name, when it is not known
 */
const PjMailHtmlElement *
pj_mail_html_element_find (const char *name)
{
  const PjMailHtmlElement *element;

  g_return_val_if_fail (name != NULL, &plain_element);

  element = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_element);
  return element != NULL ? element : &plain_element;
}
