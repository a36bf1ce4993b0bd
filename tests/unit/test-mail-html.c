/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html.h"

#include <string.h>

#include "case-table.h"
#include "document-dump.h"

#define MAX_BYTES 16384

/* Enough to reach every limit, little enough for the sanitizers. */
#define HOSTILE_BYTES (128 * 1024)

typedef struct
{
  const char *name;
  const char *html;
  const char *dump;
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "text", "hello", "P|hello" },
  { "white-space", "  a \n\t b  ", "P|a b" },
  { "no-break-spaces", "a&nbsp;&nbsp;&nbsp; b", "P|a b" },
  { "paragraphs", "<p>a</p><p>b</p>", "P|a\nP|b" },
  { "blocks", "<div>a<div>b</div></div>c", "P|a\n+P|b\n+P|c" },
  { "breaks", "a<br>b<br><br><br>c", "P|a/b\nP|c" },
  { "break-at-the-end-of-a-block", "<div>a<br></div><div>b</div>", "P|a\n+P|b" },
  { "block-of-a-break", "<div>a</div><div><br></div><div>b</div>", "P|a\nP|b" },
  { "empty-elements-leave-nothing", "<p></p><div><p> </p></div>a<p></p>", "P|a" },
  { "headings", "<h1>T</h1>x<h3>U<br>V</h3>y", "H1|T\nP|x\nH3|U/V\nP|y" },
  { "heading-of-blocks", "<h2><div>T</div><div>U</div></h2>x", "H2|T\n+H2|U\nP|x" },
  { "bullets", "<ul><li>a<li>b</ul>c", "I1|a\n+I1|b\nP|c" },
  { "numbers", "<ol><li>a</li><li>b</li></ol>", "I1.1|a\n+I1.2|b" },
  { "numbers-from-seven", "<ol start=7><li>a<li value=10>b<li>c</ol>",
    "I1.7|a\n+I1.10|b\n+I1.11|c" },
  { "numbers-that-are-none", "<ol start=-3><li value=x>a<li value=99999999999>b</ol>",
    "I1.1|a\n+I1.2|b" },
  { "nested-list", "<ul><li>a<ol><li>b</ol><li>c</ul>", "I1|a\n+I2.1|b\n+I1|c" },
  { "item-of-two-lines", "<ul><li>a<br>b</ul>", "I1|a/b" },
  { "item-of-two-paragraphs", "<ol><li><p>a</p><p>b</p></li><li>c</ol>", "I1.1|a\nP1|b\nI1.2|c" },
  { "item-without-list", "<li>a</li>b", "I1|a\n+P|b" },
  { "terms", "<dl><dt>a<dd>b</dl>c", "P|{s:a}\n+P|b\nP|c" },
  { "quote", "a<blockquote>b<br>c</blockquote>d", "P|a\n>P|b/c\nP|d" },
  { "quoted-list", "<blockquote><ul><li>a</ul></blockquote>", ">I1|a" },
  { "rule", "a<hr>b", "P|a\n-|\nP|b" },
  { "pre", "<pre>a  b\n c</pre>d", "F|a  b/ c\nP|d" },
  { "pre-with-blank-lines", "<pre>\n\na\n\nb\n</pre>", "F|a//b" },
  { "styles", "<b>a</b> <em>b</em> <code>c</code> <s>d</s> <strong><i>e</i></strong>",
    "P|{s:a} {e:b} {c:c} {x:d} {es:e}" },
  { "styles-join", "<b>a</b> <strong>b</strong>", "P|{s:a b}" },
  { "style-ends-with-its-element", "<p><b>a</p><p>b</p>", "P|{s:a}\nP|b" },

  /* Tables */
  { "cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "R|a~b\n+P|c" },
  { "empty-cells", "<table><tr><td></td><td>a</td><td> </td><td>b</td></tr></table>", "R|a~b" },
  { "header-cells", "<table><tr><th>a<th>b<tr><td>c<td>d</table>", "R|{s:a~b}\n+R|c~d" },
  { "cells-with-paragraphs", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>",
    "R|a~b" },
  { "rows-of-paragraphs",
    "<table><tr><td><p>a</p><td><p>b</p></tr><tr><td><p>c</p><td><p>d</p></tr></table><p>e",
    "R|a~b\n+R|c~d\nP|e" },
  { "cell-with-two-paragraphs", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
    "P|a\nP|b\nP|c" },
  { "cell-with-two-lines", "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "P|a/b\n+P|c" },
  { "last-cell-with-two-lines", "<table><tr><td>a</td><td>b<br>c</td></tr></table>", "R|a~b c" },
  { "layout",
    "<table><tr><td><table><tr><td>a</td></tr></table></td></tr>"
    "<tr><td></td><td><h1>b</h1><p>c</p></td></tr></table>",
    "P|a\nH1|b\nP|c" },
  { "heading-in-the-second-cell", "<table><tr><td>a</td><td><h1>b</h1></td></tr></table>",
    "P|a\nH1|b" },
  { "list-in-the-second-cell", "<table><tr><td>a</td><td><ul><li>b</ul></td></tr></table>",
    "P|a\nI1|b" },
  { "table-in-the-second-cell",
    "<table><tr><td>a</td><td><table><tr><td>b<td>c</tr></table><td>d</tr></table>",
    "P|a\n+R|b~c\n+P|d" },

  /* Images */
  { "image", "<img src=x alt='Logo'>a<img src=y>", "P|{i:Logo}a" },
  { "images", "<img alt=a><img alt=b> <img alt=c>", "P|{i:a} {i:b} {i:c}" },
  { "image-by-its-old-name", "<image src=x alt=Logo>", "P|{i:Logo}" },
  { "image-of-a-pixel", "<img width=1 height=1 alt=x>a", "P|a" },
  { "image-in-a-cell-without-letters", "<div style='font-size:0'><img alt=Logo></div>",
    "P|{i:Logo}" },

  /* Links */
  { "link", "<a href='http://x.example/'>here</a> now", "P|{@http://x.example/:here} now" },
  { "link-of-several-words", "<a href='http://x.example/'>o <b>p</b> q</a>",
    "P|{@http://x.example/:o }{s@http://x.example/:p}{@http://x.example/: q}" },
  { "script-link", "<a href='javascript:x()'>a</a>", "P|{@javascript:x():a}" },
  { "link-within", "<a href='#top'>a</a>", "P|a" },
  { "link-without-target", "<a name=x>a</a>", "P|a" },
  { "link-of-an-image", "<a href=http://x.example><img alt=Go></a>", "P|{i@http://x.example/:Go}" },
  { "link-of-an-image-without-words", "<a href=http://x.example><img src=x></a>b",
    "P|{i@http://x.example/:image}b" },
  { "link-of-nothing", "<a href=http://x.example></a>a", "P|a" },
  { "link-not-closed", "<a href=http://x.example>a", "P|{@http://x.example/:a}" },
  { "link-in-link", "<a href=http://x.example>a<a href=http://y.example>b</a>",
    "P|{@http://x.example/:a}{@http://y.example/:b}" },
  { "link-with-blocks", "<a href=http://x.example><p>a</p><p>b</p></a>c",
    "P|{@http://x.example/:a}\nP|{@http://x.example/:b}\nP|c" },
  { "link-in-a-row", "<table><tr><td>a<td><a href=http://x.example>b</a></table>",
    "R|a~{@http://x.example/:b}" },
  { "link-with-bidi", "<a href='http://x.example/&#x202E;gpj'>a</a>",
    "P|{@http://x.example/%E2%80%AEgpj:a}" },

  /* Hidden text */
  { "hidden", "<div style='display:none'>a</div>b", "P|{h:a}\n+P|b" },
  { "hidden-has-no-form", "<div style='display:none'><p>a<ul><li>b</ul><b>c</b></div>d",
    "P|{h:a b c}\n+P|d" },
  { "hidden-link", "<a href=http://x.example style='display:none'>a</a>b", "P|{h:a}b" },
  { "hidden-word-in-a-link", "<a href=http://x.example>a<i hidden>b</i>c</a>",
    "P|{@http://x.example/:a}{h:b}{@http://x.example/:c}" },
  { "hidden-image", "<p style='display:none'><img alt=a></p>b", "P|b" },
  { "hidden-by-size", "<p style='font-size:0'>a<span style='font-size:9px'>b</span></p>",
    "P|{h:a}b" },
  { "aria-hidden", "<p aria-hidden=true>a</p>", "P|a" },

  { "entities", "&lt;b&gt; &amp; &eacute; &#8364; &#x17C;", "P|<b> & é € ż" },
  { "unknown-entity", "a &foo; b", "P|a &foo; b" },
  { "windows-characters", "&#149;&#147;x&#148;", "P|•“x”" },
  { "control-characters", "a&#27;[1m&#x202E;b", "P|a[1mb" },
  { "no-script", "a<script>alert('b')</script>c", "P|ac" },
  { "no-style", "<style>p { color: red }</style><p>a", "P|a" },
  { "no-title", "<html><head><title>t</title></head><body>a</body></html>", "P|a" },
  { "no-frame", "a<iframe src=http://x.example>b</iframe>c", "P|ac" },
  { "no-object", "a<object data=x><p>b</p></object>c<embed src=x>d", "P|acd" },
  { "no-drawing", "a<svg><text>b</text></svg>c", "P|ac" },
  { "no-media", "a<video src=x>b</video><audio src=x>c</audio>d", "P|ad" },
  { "no-comment", "a<!-- b -->c", "P|ac" },
  { "script-in-script", "<scr<script></script>ipt>a", "P|ipt>a" },
  { "form",
    "<form action=http://x.example>Name <input name=n value=v><select><option>o</select>"
    "<textarea>t</textarea></form>",
    "P|Name" },
  { "outlook-comments", "<!--[if mso]>a<![endif]--><!--[if !mso]><!-->b<!--<![endif]-->", "P|b" },
  { "external-entity", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>a &e; b",
    "P|]>a &e; b" },
  { "polish", "<p>Zażółć gęślą jaźń</p>", "P|Zażółć gęślą jaźń" },
  { "meta-charset-does-not-count",
    "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>ż", "P|ż" },
  { "cut-in-a-tag", "abc<a hre", "P|abc" },
  { "cut-in-an-entity", "abc &eacu", "P|abc &eacu" },
};

static PjMailDocument *
read_html (const char *html, gboolean *is_cut)
{
  return pj_mail_html_to_document (html, strlen (html), MAX_BYTES, is_cut);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gboolean is_cut = TRUE;
  g_autoptr (PjMailDocument) document = read_html (c->html, &is_cut);
  g_autofree char *dump = document_dump (document);

  g_assert_cmpstr (dump, ==, c->dump);
  g_assert_false (is_cut);
}

typedef struct
{
  const char *name;
  const char *start;
  const char *repeated;
  gboolean is_cut;
} HostileCase;

/* Each of them takes quadratic time in a reader without limits. */
static const HostileCase hostile[] = {
  { "nested-elements", "", "<div>", TRUE },
  { "nested-quotes", "", "<blockquote>x", TRUE },
  { "nested-lists", "", "<ul><li>x", TRUE },
  { "end-tags-of-nothing", "", "</b>", FALSE },
  { "end-tags-in-depth", "", "<div></b></i></u>", TRUE },
  { "attributes", "<a ", "b=c ", FALSE },
  { "attributes-without-blanks", "<a ", "b=\"\"", FALSE },
  { "open-comment", "<!-- ", "- -- ", FALSE },
  { "open-script", "<script>", "</", FALSE },
  { "open-value", "<a href=\"", "x", FALSE },
  { "less-than", "", "<", TRUE },
  { "ampersands", "", "&", TRUE },
  { "text", "", "x ", TRUE },
  { "quoted-lines", "<blockquote><blockquote><blockquote><blockquote>", "a<br>", TRUE },
  { "links", "", "<a href=http://x.example/aaaaaaaaaaaaaaaaaaaaaaaa>x</a>", TRUE },
  { "open-links", "", "<a href=x>", FALSE },
  { "styles", "", "<i style='/**/color:/**/#fff;;;;;;;;;;;'>x</i>", FALSE },
  { "open-rows", "<table>", "<tr><td>", FALSE },
  { "tables-in-tables", "", "<table><tr><td>", TRUE },
};

static void
assert_bounded (const PjMailDocument *document)
{
  g_autofree char *text = pj_mail_document_to_text (document);

  g_assert_true (g_utf8_validate (document->text->str, -1, NULL));
  g_assert_cmpuint (document->text->len, <=, MAX_BYTES);
  /* One link's target may overrun the limit. */
  g_assert_cmpuint (strlen (text), <, MAX_BYTES + 16384);
}

static void
test_hostile (gconstpointer data)
{
  const HostileCase *c = data;
  g_autoptr (GString) html = g_string_new (c->start);
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  while (html->len < HOSTILE_BYTES)
    g_string_append (html, c->repeated);

  document = read_html (html->str, &is_cut);
  g_assert_cmpint (is_cut, ==, c->is_cut);
  assert_bounded (document);
}

/* More attributes than any honest element has, each of another name. */
static void
test_many_different_attributes (void)
{
  g_autoptr (GString) html = g_string_new ("<a ");
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (html, "a%u=b ", i);
  g_string_append (html, ">x");

  document = read_html (html->str, &is_cut);
  g_assert_true (is_cut);
}

static void
test_pre_is_cut_between_characters (void)
{
  g_autoptr (GString) html = g_string_new ("<pre>x");
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  while (html->len < 2 * MAX_BYTES)
    g_string_append (html, "ż");
  document = read_html (html->str, &is_cut);

  g_assert_true (is_cut);
  assert_bounded (document);
}

/* The parser is given parts of the text, whose ends it takes as they are. */
static void
test_characters_are_whole (void)
{
  g_autoptr (GString) html = g_string_new ("<p>");
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 3000; i++)
    g_string_append (html, "ż€");
  document = read_html (html->str, &is_cut);

  g_assert_false (is_cut);
  g_assert_cmpuint (document->text->len, ==, 3000 * strlen ("ż€") + 1);
  g_assert_null (strstr (document->text->str, "\uFFFD"));
}

static void
test_embedded_image_does_not_hide_text (void)
{
  g_autoptr (GString) html = g_string_new ("<img alt=Logo src=\"data:image/png;base64,");
  g_autoptr (PjMailDocument) document = NULL;
  g_autofree char *dump = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 20000; i++)
    g_string_append (
        html, "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXD\r\n");
  g_string_append (html, "\">Hello");

  document = read_html (html->str, &is_cut);
  dump = document_dump (document);
  g_assert_cmpstr (dump, ==, "P|{i:Logo}Hello");
  g_assert_false (is_cut);
}

/* Tags of all lengths, so that some part ends in each place of one. */
static void
test_long_mail_is_read_to_its_end (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (html, "<p style=\"color: #333; width: %*s\" title='x'>a</p>\n",
                            (int) (i % 50), "");
  document = read_html (html->str, &is_cut);

  g_assert_false (is_cut);
  g_assert_cmpuint (document->blocks->len, ==, 1000);
}

static void
test_long_hidden_text_is_cut (void)
{
  g_autoptr (GString) html = g_string_new ("<div style='display:none'>");
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 500; i++)
    g_string_append (html, "<p>hidden</p> ");
  g_string_append (html, "</div>Hello");
  document = read_html (html->str, &is_cut);

  g_assert_cmpuint (document->blocks->len, ==, 2);
  g_assert_cmpuint (document->text->len, <, 400);
  g_assert_true (g_str_has_suffix (document->text->str, "…\nHello\n"));
}

static void
test_strewn_hidden_text_is_cut (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 2000; i++)
    g_string_append (html, "a<i hidden>bcd</i>");
  document = read_html (html->str, &is_cut);

  g_assert_cmpuint (document->text->len, <, 2000 + 3000 + 100);
}

static void
test_links_over_the_limit_are_text (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut;

  for (guint i = 0; i < PJ_MAIL_DOCUMENT_MAX_LINKS + 10; i++)
    g_string_append (html, "<a href=x>y</a> ");
  document = pj_mail_html_to_document (html->str, html->len, 1000000, &is_cut);

  g_assert_true (is_cut);
  g_assert_cmpuint (document->links->len, ==, PJ_MAIL_DOCUMENT_MAX_LINKS);
  g_assert_cmpuint (document->text->len, ==, 2 * (PJ_MAIL_DOCUMENT_MAX_LINKS + 10));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/html/", cases, test_case);
  CASE_TABLE_ADD ("/mail/html/hostile/", hostile, test_hostile);
  g_test_add_func ("/mail/html/many-different-attributes", test_many_different_attributes);
  g_test_add_func ("/mail/html/pre-is-cut-between-characters", test_pre_is_cut_between_characters);
  g_test_add_func ("/mail/html/embedded-image-does-not-hide-text",
                   test_embedded_image_does_not_hide_text);

  g_test_add_func ("/mail/html/characters-are-whole", test_characters_are_whole);
  g_test_add_func ("/mail/html/long-mail-is-read-to-its-end", test_long_mail_is_read_to_its_end);
  g_test_add_func ("/mail/html/long-hidden-text-is-cut", test_long_hidden_text_is_cut);
  g_test_add_func ("/mail/html/strewn-hidden-text-is-cut", test_strewn_hidden_text_is_cut);
  g_test_add_func ("/mail/html/links-over-the-limit-are-text", test_links_over_the_limit_are_text);

  return g_test_run ();
}
