/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-element.h"

typedef struct
{
  const char *name;
  PjMailHtmlElementKind kind;
  PjMailSpanStyle style;
} Row;

/* The first and the last of the table, and some between: it is searched by halves. */
static const Row rows[] = {
  { "a", PJ_MAIL_HTML_LINK, 0 },
  { "b", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRONG },
  { "blockquote", PJ_MAIL_HTML_QUOTE, 0 },
  { "br", PJ_MAIL_HTML_BREAK, 0 },
  { "dir", PJ_MAIL_HTML_BULLETS, 0 },
  { "div", PJ_MAIL_HTML_BLOCK, 0 },
  { "h1", PJ_MAIL_HTML_HEADING, 0 },
  { "h6", PJ_MAIL_HTML_HEADING, 0 },
  { "hr", PJ_MAIL_HTML_RULE, 0 },
  { "img", PJ_MAIL_HTML_IMAGE, 0 },
  { "li", PJ_MAIL_HTML_ITEM, 0 },
  { "ol", PJ_MAIL_HTML_NUMBERS, 0 },
  { "p", PJ_MAIL_HTML_PARAGRAPH, 0 },
  { "pre", PJ_MAIL_HTML_PRE, 0 },
  { "strike", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRUCK },
  { "strong", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_STRONG },
  { "style", PJ_MAIL_HTML_SKIP, 0 },
  { "td", PJ_MAIL_HTML_CELL, 0 },
  { "tr", PJ_MAIL_HTML_ROW, 0 },
  { "var", PJ_MAIL_HTML_INLINE, PJ_MAIL_SPAN_EMPHASIS },
  { "video", PJ_MAIL_HTML_SKIP, 0 },
};

static void
test_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PjMailHtmlElement *element = pj_mail_html_element_find (rows[i].name);

      g_assert_cmpstr (element->name, ==, rows[i].name);
      g_assert_cmpint (element->kind, ==, rows[i].kind);
      g_assert_cmpint (element->style, ==, rows[i].style);
    }
}

static void
test_unknown_is_plain (void)
{
  static const char *const names[] = { "", "aa", "h7", "o:p", "zzz", "DIV" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PjMailHtmlElement *element = pj_mail_html_element_find (names[i]);

      g_assert_cmpstr (element->name, ==, "");
      g_assert_cmpint (element->kind, ==, PJ_MAIL_HTML_INLINE);
      g_assert_cmpint (element->style, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/html-element/known", test_known);
  g_test_add_func ("/mail/html-element/unknown-is-plain", test_unknown_is_plain);

  return g_test_run ();
}
