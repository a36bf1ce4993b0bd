/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-document-feed.h"

#include <string.h>

#include "text-buffer.h"
#include "ui/pj-text-feed.h"

static PjMailDocument *
new_document (const char *text)
{
  PjMailDocument *document = pj_mail_document_new ();
  PjMailBlock block = { .kind = PJ_MAIL_BLOCK_PARAGRAPH };

  pj_mail_document_add_block (document, &block);
  pj_mail_document_add_text (document, text, strlen (text), 0, -1);

  return document;
}

static void
run_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_feeds_all_in_parts (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  /* Three bytes a character: no part ends where a character does by luck. */
  g_autofree char *text = repeat ("ąćę ŁÓDŹ żółw\n…", 20000);
  g_autoptr (PjMailDocument) mail = new_document (text);
  g_autoptr (PjDocumentFeed) feed = NULL;
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;

  gtk_text_buffer_set_text (buffer, "of another mail", -1);
  feed = pj_document_feed_new (buffer, mail);
  first = dup_content (buffer);
  g_assert_true (g_str_has_prefix (text, first));
  g_assert_cmpuint (strlen (first), <=, PJ_TEXT_FEED_CHUNK_BYTES);
  g_assert_cmpuint (strlen (first), >, PJ_TEXT_FEED_CHUNK_BYTES / 2);

  run_idle ();
  all = dup_content (buffer);
  g_assert_cmpstr (all, ==, text);
}

static void
test_stops_when_freed (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text = repeat ("x\n", PJ_TEXT_FEED_CHUNK_BYTES);
  g_autoptr (PjMailDocument) mail = new_document (text);
  g_autofree char *content = NULL;

  pj_document_feed_free (pj_document_feed_new (buffer, mail));
  run_idle ();
  content = dup_content (buffer);
  g_assert_cmpuint (strlen (content), <=, PJ_TEXT_FEED_CHUNK_BYTES);
}

static void
test_says_what_is_left_out (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text = repeat ("abcdefg\n", PJ_DOCUMENT_FEED_MAX_BYTES / 8 + 1000);
  g_autoptr (PjMailDocument) mail = new_document (text);
  g_autoptr (PjDocumentFeed) feed = pj_document_feed_new (buffer, mail);
  g_autofree char *content = NULL;

  run_idle ();
  content = dup_content (buffer);
  g_assert_cmpuint (strlen (content), <, PJ_DOCUMENT_FEED_MAX_BYTES + PJ_TEXT_FEED_CHUNK_BYTES);
  g_assert_true (g_str_has_suffix (content, "This mail is longer than what is shown here."));
}

static void
test_empty (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr (PjMailDocument) mail = pj_mail_document_new ();
  g_autoptr (PjDocumentFeed) feed = pj_document_feed_new (buffer, mail);

  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
}

static void
begin (PjMailDocument *document, PjMailBlockKind kind, guint8 level, guint number)
{
  PjMailBlock block = { .kind = kind, .level = level, .number = number, .is_tight = number > 1 };

  pj_mail_document_add_block (document, &block);
}

static void
say (PjMailDocument *document, const char *text, PjMailSpanStyle style, int link)
{
  pj_mail_document_add_text (document, text, strlen (text), style, link);
}

static void
assert_tag (GtkTextBuffer *buffer, const char *text, const char *tag)
{
  GtkTextTag *found = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), tag);
  GtkTextIter start;
  GtkTextIter match;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, 0, &match, NULL, NULL));
  g_assert_nonnull (found);
  g_assert_true (gtk_text_iter_has_tag (&match, found));
}

static void
test_form (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  g_autoptr (PjMailLink) link = pj_mail_link_new ("x:y", NULL, NULL, PJ_MAIL_LINK_SOUND, FALSE);
  g_autoptr (PjDocumentFeed) feed = NULL;
  g_autofree char *content = NULL;
  int index = pj_mail_document_add_link (document, link);

  begin (document, PJ_MAIL_BLOCK_HEADING, 1, 0);
  say (document, "Title", 0, -1);
  begin (document, PJ_MAIL_BLOCK_ITEM, 1, 1);
  say (document, "one ", 0, -1);
  say (document, "li", 0, index);
  say (document, "nk", PJ_MAIL_SPAN_STRONG, index);
  begin (document, PJ_MAIL_BLOCK_ITEM, 2, 2);
  say (document, "words", PJ_MAIL_SPAN_HIDDEN, -1);
  say (document, "Logo", PJ_MAIL_SPAN_IMAGE, -1);
  begin (document, PJ_MAIL_BLOCK_RULE, 0, 0);
  begin (document, PJ_MAIL_BLOCK_PREFORMATTED, 0, 0);
  say (document, "a  b", 0, -1);

  feed = pj_document_feed_new (buffer, document);
  run_idle ();
  content = dup_content (buffer);
  g_assert_cmpstr (content, ==,
                   "Title\n\n1.\tone link\n2.\t[hidden text: words][Logo]\n\n――――――――――\n\na  b");
  assert_tag (buffer, "Title", "heading-0");
  assert_tag (buffer, "one", "item-0-0");
  assert_tag (buffer, "link", "link");
  assert_tag (buffer, "nk", "strong");
  assert_tag (buffer, "words", "hidden");
  assert_tag (buffer, "words", "item-0-1");
  assert_tag (buffer, "[Logo", "image");
  assert_tag (buffer, "a  b", "monospace");

  g_assert_cmpuint (pj_document_feed_count_links (feed), ==, 1);
  g_assert_cmpint (pj_document_feed_get_link (feed, 0)->start, ==, 14);
  g_assert_cmpint (pj_document_feed_get_link (feed, 0)->end, ==, 18);
  g_assert_cmpint (pj_document_feed_find_link (feed, 13), ==, -1);
  g_assert_cmpint (pj_document_feed_find_link (feed, 14), ==, 0);
  g_assert_cmpint (pj_document_feed_find_link (feed, 17), ==, 0);
  g_assert_cmpint (pj_document_feed_find_link (feed, 18), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/document-feed/feeds-all-in-parts", test_feeds_all_in_parts);
  g_test_add_func ("/ui/document-feed/stops-when-freed", test_stops_when_freed);
  g_test_add_func ("/ui/document-feed/says-what-is-left-out", test_says_what_is_left_out);
  g_test_add_func ("/ui/document-feed/empty", test_empty);
  g_test_add_func ("/ui/document-feed/form", test_form);
  return g_test_run ();
}
