/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html.h"

#include <string.h>

#define MAX_BYTES 16384

/* Enough to reach every limit, little enough for the sanitizers. */
#define HOSTILE_BYTES (128 * 1024)

typedef struct
{
  const char *name;
  const char *html;
  const char *text;
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "text", "hello", "hello" },
  { "white-space", "  a \n\t b  ", "a b" },
  { "no-break-spaces", "a&nbsp;&nbsp;&nbsp; b", "a b" },
  { "paragraphs", "<p>a</p><p>b</p>", "a\n\nb" },
  { "blocks", "<div>a<div>b</div></div>c", "a\nb\nc" },
  { "breaks", "a<br>b<br><br><br>c", "a\nb\n\nc" },
  { "empty-elements-leave-nothing", "<p></p><div><p> </p></div>a<p></p>", "a" },
  { "heading", "<h1>T</h1>x", "T\n\nx" },
  { "bullets", "<ul><li>a<li>b</ul>c", "• a\n• b\n\nc" },
  { "numbers", "<ol><li>a</li><li>b</li></ol>", "1. a\n2. b" },
  { "nested-list", "<ul><li>a<ul><li>b</ul><li>c</ul>", "• a\n  • b\n• c" },
  { "item-of-two-lines", "<ul><li>a<br>b</ul>", "• a\n  b" },
  { "cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a\tb\nc" },
  { "empty-cells", "<table><tr><td></td><td>a</td><td> </td><td>b</td></tr></table>", "a\tb" },
  { "quote", "a<blockquote>b<br>c</blockquote>d", "a\n\n> b\n> c\n\nd" },
  { "rule", "a<hr>b", "a\n\n――――――――――\nb" },
  { "pre", "<pre>a  b\n c</pre>", "a  b\n c" },
  { "image", "<img src=x alt='Logo'>a<img src=y>", "[Logo]a" },
  { "link", "<a href='http://x.example/'>here</a> now", "here <http://x.example/> now" },
  { "link-that-says-it", "<a href='http://x.example/'>x.example</a>", "x.example" },
  { "link-that-is-not-secure", "<a href='http://x.example'>https://x.example</a>",
    "https://x.example <http://x.example>" },
  { "link-that-is-secure", "<a href='https://x.example/'>x.example</a>", "x.example" },
  { "link-that-says-it-in-capitals", "<a href='HTTP://X.example/'>http://x.EXAMPLE</a>",
    "http://x.EXAMPLE" },
  { "link-that-lies", "<a href='http://evil.test/'>http://bank.example</a>",
    "http://bank.example <http://evil.test/>" },
  { "mail-link", "<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example" },
  { "script-link", "<a href='javascript:x()'>a</a>", "a <javascript:x()>" },
  { "link-within", "<a href='#top'>a</a>", "a" },
  { "link-of-an-image", "<a href=http://x.example><img alt=Go></a>", "[Go] <http://x.example>" },
  { "link-of-nothing", "<a href=http://x.example></a>", "<http://x.example>" },
  { "link-not-closed", "<a href=http://x.example>a", "a <http://x.example>" },
  { "link-with-block", "<a href=http://x.example><p>a</p></a>b", "a <http://x.example>\n\nb" },
  { "link-with-line-break", "<a href='http://x.exa&#10;mple'>a</a>", "a <http://x.exa mple>" },
  { "link-with-bidi", "<a href='http://x.example/&#x202E;gpj'>a</a>", "a <http://x.example/gpj>" },
  { "entities", "&lt;b&gt; &amp; &eacute; &#8364; &#x17C;", "<b> & é € ż" },
  { "unknown-entity", "a &foo; b", "a &foo; b" },
  { "windows-characters", "&#149;&#147;x&#148;", "•“x”" },
  { "no-script", "a<script>alert('b')</script>c", "ac" },
  { "no-style", "<style>p { color: red }</style><p>a", "a" },
  { "no-title", "<html><head><title>t</title></head><body>a</body></html>", "a" },
  { "no-frame", "a<iframe src=http://x.example>b</iframe>c", "ac" },
  { "no-comment", "a<!-- b -->c", "ac" },
  { "script-in-script", "<scr<script></script>ipt>a", "ipt>a" },
  { "hidden-text-is-shown", "<div style='display:none'>a</div>b", "a\nb" },
  { "form", "<form action=http://x.example>Name <input name=n></form>", "Name" },
  { "external-entity", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>a &e; b",
    "]>a &e; b" },
  { "polish", "<p>Zażółć gęślą jaźń</p>", "Zażółć gęślą jaźń" },
  { "meta-charset-does-not-count",
    "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>ż", "ż" },
  { "cut-in-a-tag", "abc<a hre", "abc" },
  { "cut-in-an-entity", "abc &eacu", "abc &eacu" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gboolean is_cut = TRUE;
  g_autofree char *text = pj_mail_html_to_text (c->html, strlen (c->html), MAX_BYTES, &is_cut);

  g_assert_cmpstr (text, ==, c->text);
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
  { "attributes", "<a ", "b=c ", TRUE },
  { "attributes-without-blanks", "<a ", "b=\"\"", TRUE },
  { "open-comment", "<!-- ", "- -- ", FALSE },
  { "open-script", "<script>", "</", FALSE },
  { "open-value", "<a href=\"", "x", FALSE },
  { "less-than", "", "<", TRUE },
  { "ampersands", "", "&", TRUE },
  { "text", "", "x ", TRUE },
};

static void
test_hostile (gconstpointer data)
{
  const HostileCase *c = data;
  g_autoptr (GString) html = g_string_new (c->start);
  g_autofree char *text = NULL;
  gboolean is_cut;

  while (html->len < HOSTILE_BYTES)
    g_string_append (html, c->repeated);

  text = pj_mail_html_to_text (html->str, html->len, MAX_BYTES, &is_cut);
  g_assert_cmpint (is_cut, ==, c->is_cut);
  /* One chunk may overrun the limit, a link target as well. */
  g_assert_cmpuint (strlen (text), <, MAX_BYTES + 16384);
}

/* More attributes than any honest element has, each of another name. */
static void
test_many_different_attributes (void)
{
  g_autoptr (GString) html = g_string_new ("<a ");
  g_autofree char *text = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (html, "a%u=b ", i);
  g_string_append (html, ">x");

  text = pj_mail_html_to_text (html->str, html->len, MAX_BYTES, &is_cut);
  g_assert_true (is_cut);
}

static void
test_pre_is_cut_between_characters (void)
{
  g_autoptr (GString) html = g_string_new ("<pre>x");
  g_autofree char *text = NULL;
  gboolean is_cut;

  while (html->len < 2 * MAX_BYTES)
    g_string_append (html, "ż");
  text = pj_mail_html_to_text (html->str, html->len, MAX_BYTES, &is_cut);

  g_assert_true (is_cut);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_embedded_image_does_not_hide_text (void)
{
  g_autoptr (GString) html = g_string_new ("<img alt=Logo src=\"data:image/png;base64,");
  g_autofree char *text = NULL;
  gboolean is_cut;

  for (guint i = 0; i < 20000; i++)
    g_string_append (
        html, "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXD\r\n");
  g_string_append (html, "\">Hello");

  text = pj_mail_html_to_text (html->str, html->len, MAX_BYTES, &is_cut);
  g_assert_cmpstr (text, ==, "[Logo]Hello");
  g_assert_false (is_cut);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/html/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/html/hostile/%s", hostile[i].name);

      g_test_add_data_func (path, &hostile[i], test_hostile);
    }
  g_test_add_func ("/mail/html/many-different-attributes", test_many_different_attributes);
  g_test_add_func ("/mail/html/pre-is-cut-between-characters", test_pre_is_cut_between_characters);
  g_test_add_func ("/mail/html/embedded-image-does-not-hide-text",
                   test_embedded_image_does_not_hide_text);

  return g_test_run ();
}
