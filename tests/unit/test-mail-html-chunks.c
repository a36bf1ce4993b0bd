/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-chunks.h"

#include <string.h>

#include "case-table.h"

/* Returns: (transfer full): all chunks in one */
static char *
join (const char *html, guint *n_chunks, guint *n_end_tags, guint *n_words)
{
  g_autoptr (PjMailHtmlChunks) chunks = pj_mail_html_chunks_new (html, strlen (html));
  GString *all = g_string_new (NULL);
  PjMailHtmlChunk chunk;

  *n_chunks = *n_end_tags = *n_words = 0;
  while (pj_mail_html_chunks_next (chunks, &chunk))
    {
      g_assert_true (g_utf8_validate (chunk.text, (gssize) chunk.len, NULL));
      g_string_append_len (all, chunk.text, (gssize) chunk.len);
      *n_chunks += 1;
      *n_end_tags += chunk.n_end_tags;
      *n_words = MAX (*n_words, chunk.n_words);
    }

  return g_string_free (all, FALSE);
}

typedef struct
{
  const char *name;
  const char *html;
  const char *fed;
  guint n_end_tags;
  guint n_words;
} Case;

static const Case cases[] = {
  { "empty", "", "", 0, 0 },
  { "text", "a & b < c > d", "a & b < c > d", 0, 0 },
  { "tags", "<p>a</p><b c=d>e</b >", "<p>a</p><b c=d>e</b >", 2, 1 },
  { "attributes", "<p a=\"b c\" d='>' e>x", "<p a=\"b c\" d='>' e>x", 0, 5 },
  { "open-tag", "a<p title=\"x>b", "a", 0, 0 },
  { "open-tag-in-a-comment", "a<!-- <p title=\"x -->b", "a<!-- <p title=\"x -->b", 0, 0 },
  { "open-tag-in-a-script", "<script>a<b='</SCRIPT>c", "<script>a<b='</SCRIPT>c", 1, 0 },
  { "open-tag-in-a-style", "<style>a<b='</style>c", "<style>a<b='</style>c", 1, 0 },
  { "open-script", "<script>a<b c='d</p>", "<script>a<b c='d</p>", 0, 0 },
  { "open-comment", "<!-- a <b", "<!-- a <b", 0, 0 },
  { "doctype", "<!DOCTYPE html>a", "<!DOCTYPE html>a", 0, 0 },
  { "no-end-tag", "</>a</ b", "</>a</ b", 0, 0 },
  { "open-end-tag", "a</b", "a</b", 1, 0 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  guint n_chunks;
  guint n_end_tags;
  guint n_words;
  g_autofree char *all = join (c->html, &n_chunks, &n_end_tags, &n_words);

  g_assert_cmpstr (all, ==, c->fed);
  g_assert_cmpuint (n_end_tags, ==, c->n_end_tags);
  g_assert_cmpuint (n_words, ==, c->n_words);
}

static char *
repeat (const char *text, gsize bytes)
{
  GString *all = g_string_new (NULL);

  while (all->len < bytes)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

/* However the text lies to the ends of chunks. */
static void
test_start_tags_are_whole (void)
{
  for (guint shift = 0; shift < 40; shift++)
    {
      g_autofree char *tags = repeat ("<p a='b > c' d=\"e\">żółw</p>", 8000);
      g_autofree char *html = g_strdup_printf ("%*s%s", (int) shift, "", tags);
      g_autoptr (PjMailHtmlChunks) chunks = pj_mail_html_chunks_new (html, strlen (html));
      PjMailHtmlChunk chunk;

      while (pj_mail_html_chunks_next (chunks, &chunk))
        {
          g_autofree char *text = g_strndup (chunk.text, chunk.len);
          const char *last = strrchr (text, '<');

          g_assert_cmpuint (chunk.len, <=, PJ_MAIL_HTML_CHUNK_BYTES + 64);
          g_assert_true (last == NULL || strchr (last, '>') != NULL);
        }
    }
}

static void
test_long_value_is_left_out (void)
{
  g_autofree char *data = repeat ("iVBORw0KGgo&\n", 100000);
  g_autofree char *html = g_strdup_printf ("a<img alt='x' src=\"%s\" id=y>b", data);
  guint n_chunks;
  guint n_end_tags;
  guint n_words;
  g_autofree char *all = join (html, &n_chunks, &n_end_tags, &n_words);

  g_assert_cmpstr (all, ==, "a<img alt='x' src=\"\" id=y>b");
  g_assert_cmpuint (n_chunks, ==, 3);
  g_assert_cmpuint (n_words, <, 10);
}

/* Quadratic time would be some hours of each of these. */
static void
test_linear (void)
{
  static const char *const repeated[] = { "<",  "</",     "</a", "<!--", "<!",       "<a ",
                                          "\"", "<a b='", "'",   "ż",    "<script>", "<style></" };

  for (gsize i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autofree char *html = repeat (repeated[i], 2000000);
      guint n_chunks;
      guint n_end_tags;
      guint n_words;
      g_autofree char *all = join (html, &n_chunks, &n_end_tags, &n_words);

      g_assert_cmpuint (strlen (all), <=, strlen (html));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/html-chunks/", cases, test_case);
  g_test_add_func ("/mail/html-chunks/start-tags-are-whole", test_start_tags_are_whole);
  g_test_add_func ("/mail/html-chunks/long-value-is-left-out", test_long_value_is_left_out);
  g_test_add_func ("/mail/html-chunks/linear", test_linear);

  return g_test_run ();
}
