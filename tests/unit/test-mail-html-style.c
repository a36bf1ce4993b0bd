/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-style.h"

#include "case-table.h"

typedef struct
{
  const char *name;
  const char *element;
  const char *attribute;
  const char *value;
  gboolean hides;
} Case;

#define STYLE "style"

/* Each of an element by itself, on a white page. */
static const Case cases[] = {
  { "nothing", "p", NULL, NULL, FALSE },
  { "display-none", "p", STYLE, "display:none", TRUE },
  { "display-block", "p", STYLE, "display:block", FALSE },
  { "display-none-important", "p", STYLE, "DISPLAY : NONE !important", TRUE },
  { "visibility-hidden", "p", STYLE, "visibility:hidden", TRUE },
  { "visibility-visible", "p", STYLE, "visibility:visible", FALSE },
  { "opacity-0", "p", STYLE, "opacity:0", TRUE },
  { "opacity-0.01", "p", STYLE, "opacity:.01", TRUE },
  { "opacity-0-percent", "p", STYLE, "opacity:0%", TRUE },
  { "opacity-half", "p", STYLE, "opacity:0.5", FALSE },
  { "opacity-100-percent", "p", STYLE, "opacity:100%", FALSE },
  { "font-size-0", "p", STYLE, "font-size:0", TRUE },
  { "font-size-1px", "p", STYLE, "font-size:1px", TRUE },
  { "font-size-1pt", "p", STYLE, "font-size:1pt", TRUE },
  { "font-size-12px", "p", STYLE, "font-size:12px", FALSE },
  { "font-size-0-then-12px", "p", STYLE, "font-size:0;font-size:12px", FALSE },
  { "font-0", "p", STYLE, "font:0/0 a", TRUE },
  { "font-bold-12px", "p", STYLE, "font:bold 700 12px/1 serif", FALSE },
  { "color-of-the-page", "p", STYLE, "color:#fff", TRUE },
  { "color-near-that-of-the-page", "p", STYLE, "color:#fdfdfd", TRUE },
  { "color-of-its-background", "p", STYLE, "color:#336699;background:#369", TRUE },
  { "white-on-black", "p", STYLE, "color:#fff;background-color:#000", FALSE },
  { "white-on-an-image", "p", STYLE, "color:#fff;background:url(x)", FALSE },
  { "white-on-a-gradient", "p", STYLE, "color:#fff;background-image:linear-gradient(red,blue)",
    FALSE },
  { "transparent", "p", STYLE, "color:transparent", TRUE },
  { "transparent-in-numbers", "p", STYLE, "color:rgba(0,0,0,0)", TRUE },
  { "gray-on-white", "p", STYLE, "color:#ccc", FALSE },
  { "no-height", "p", STYLE, "max-height:0;overflow:hidden", TRUE },
  { "no-height-no-clip", "p", STYLE, "max-height:0", FALSE },
  { "no-width", "p", STYLE, "width:0px;overflow:hidden", TRUE },
  { "full-width", "p", STYLE, "width:100%;overflow:hidden", FALSE },
  { "hundredth-of-width", "p", STYLE, "width:1%;overflow:hidden", FALSE },
  { "indented-away", "p", STYLE, "text-indent:-9999px", TRUE },
  { "indented-away-in-em", "p", STYLE, "text-indent:-99em", TRUE },
  { "indented-away-by-all", "p", STYLE, "text-indent:-100%", TRUE },
  { "hanging-indent", "p", STYLE, "text-indent:-20px", FALSE },
  { "off-to-the-left", "p", STYLE, "position:absolute;left:-9999px", TRUE },
  { "off-to-the-top", "p", STYLE, "position:fixed;top:-1000px", TRUE },
  { "off-by-margin", "p", STYLE, "margin-left:-5000px", TRUE },
  { "off-to-the-right", "p", STYLE, "position:absolute;left:9999px", TRUE },
  { "moved-a-little", "p", STYLE, "position:relative;left:-10px;margin:0 auto", FALSE },
  { "clipped", "p", STYLE, "position:absolute;clip:rect(0 0 0 0)", TRUE },
  { "clipped-to-a-pixel", "p", STYLE, "clip:rect(1px, 1px, 1px, 1px)", TRUE },
  { "clipped-with-blanks", "p", STYLE, "clip:rect( 0, 0, 0, 0 )", TRUE },
  { "clipped-to-something", "p", STYLE, "clip:rect(0,100px,100px,0)", FALSE },
  { "clip-path", "p", STYLE, "clip-path:inset(50%)", TRUE },
  { "clip-path-circle", "p", STYLE, "clip-path:circle(0)", TRUE },
  { "clip-path-corners", "p", STYLE, "clip-path:inset(5% round 10px)", FALSE },
  { "scaled-away", "p", STYLE, "transform:scale(0)", TRUE },
  { "scaled-up", "p", STYLE, "transform:scale(2)", FALSE },
  { "mso-hide", "p", STYLE, "mso-hide:all", TRUE },
  { "button-that-outlook-draws", "a", STYLE, "mso-hide:all", FALSE },
  { "hidden", "p", "hidden", NULL, TRUE },
  { "hidden-until-found", "p", "hidden", "until-found", TRUE },
  { "aria-hidden", "p", "aria-hidden", "true", FALSE },
  { "font-color", "font", "color", "#FFFFFF", TRUE },
  { "bgcolor", "td", "bgcolor", "#000000", FALSE },
  { "escaped", "p", STYLE, "disp\\6c ay:n/**/one", TRUE },
};

static PjMailHtmlStyle
apply (const PjMailHtmlStyle *around, const char *element, const char *name, const char *value)
{
  const char *attributes[] = { name, value, NULL };
  PjMailHtmlStyle style = *around;

  pj_mail_html_style_apply (&style, element, name != NULL ? attributes : NULL);
  return style;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  PjMailHtmlStyle page;
  PjMailHtmlStyle style;

  pj_mail_html_style_init (&page);
  g_assert_false (pj_mail_html_style_hides (&page));
  style = apply (&page, c->element, c->attribute, c->value);
  g_assert_cmpint (pj_mail_html_style_hides (&style), ==, c->hides);
}

typedef struct
{
  const char *name;
  const char *outer;
  const char *inner;
  gboolean hides;
} NestedCase;

/* Newsletters lay out cells with letters of no size, and give those within one. */
static const NestedCase nested[] = {
  { "size-is-told-again", "font-size:0", "font-size:14px", FALSE },
  { "size-goes-on", "font-size:0", "", TRUE },
  { "size-is-inherited", "font-size:0", "font-size:inherit", TRUE },
  { "part-of-no-size", "font-size:0", "font-size:100%", TRUE },
  { "part-of-no-size-in-em", "font-size:0", "font-size:2em", TRUE },
  { "part-of-the-page", "font-size:0", "font-size:1rem", FALSE },
  { "size-by-name", "font-size:0", "font-size:medium", FALSE },
  { "large-size-again", "font-size:0", "font:bold 120px serif", FALSE },
  { "made-visible-again", "visibility:hidden", "visibility:visible", FALSE },
  { "nothing-shows-in-what-is-not-there", "display:none", "display:block", TRUE },
  { "background-goes-on", "background:#000", "color:#fff", FALSE },
  { "background-goes-on-and-hides", "background:#000", "color:#000", TRUE },
  { "color-goes-on", "color:#fff;background:#000", "background:#fff", TRUE },
  { "color-is-told-again", "color:#fff", "color:#000", FALSE },
  { "transparent-background", "background:#000", "background:transparent;color:#fff", FALSE },
};

static void
test_nested (gconstpointer data)
{
  const NestedCase *c = data;
  PjMailHtmlStyle page;
  PjMailHtmlStyle outer;
  PjMailHtmlStyle inner;

  pj_mail_html_style_init (&page);
  outer = apply (&page, "td", STYLE, c->outer);
  inner = apply (&outer, "div", STYLE, c->inner);
  g_assert_cmpint (pj_mail_html_style_hides (&inner), ==, c->hides);
}

/* What a style sheet says of the background is not known. */
static void
test_class_may_have_a_background (void)
{
  PjMailHtmlStyle page;
  PjMailHtmlStyle outer;
  PjMailHtmlStyle inner;

  pj_mail_html_style_init (&page);
  outer = apply (&page, "td", "class", "header");
  inner = apply (&outer, "p", STYLE, "color:#fff");
  g_assert_false (pj_mail_html_style_hides (&inner));
}

static void
test_links_have_their_own_color (void)
{
  PjMailHtmlStyle page;
  PjMailHtmlStyle outer;
  PjMailHtmlStyle inner;

  pj_mail_html_style_init (&page);
  outer = apply (&page, "td", STYLE, "color:#fff");
  inner = apply (&outer, "a", "href", "http://x.example");
  g_assert_false (pj_mail_html_style_hides (&inner));
}

static void
test_images_have_no_letters (void)
{
  PjMailHtmlStyle page;
  PjMailHtmlStyle tiny;
  PjMailHtmlStyle pixel;

  pj_mail_html_style_init (&page);
  tiny = apply (&page, "td", STYLE, "font-size:0");
  g_assert_false (pj_mail_html_style_hides_image (&tiny));
  pixel = apply (&tiny, "img", "width", "1");
  g_assert_true (pj_mail_html_style_hides_image (&pixel));
  pixel = apply (&tiny, "img", "width", "600");
  g_assert_false (pj_mail_html_style_hides_image (&pixel));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/html-style/", cases, test_case);
  CASE_TABLE_ADD ("/mail/html-style/nested/", nested, test_nested);
  g_test_add_func ("/mail/html-style/class-may-have-a-background",
                   test_class_may_have_a_background);
  g_test_add_func ("/mail/html-style/links-have-their-own-color", test_links_have_their_own_color);
  g_test_add_func ("/mail/html-style/images-have-no-letters", test_images_have_no_letters);

  return g_test_run ();
}
