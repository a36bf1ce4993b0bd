/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-text-feed.h"

#include <string.h>

#include "text-buffer.h"

/* Gives a feed one text. */
static PjTextFeed *
start (GtkTextBuffer *buffer, const char *text)
{
  PjTextFeed *feed = pj_text_feed_new (buffer);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  pj_text_feed_add (feed, bytes);
  return feed;
}

static void
test_folds_only_what_is_too_long (void)
{
  g_autofree char *longest = repeat ("ż", PJ_TEXT_FEED_MAX_LINE_CHARS);
  g_autofree char *too_long = g_strconcat (longest, "x\nend", NULL);
  g_autofree char *expected = g_strconcat (longest, "\nx\nend", NULL);
  guint column = 0;
  g_autofree char *kept = pj_text_feed_fold (longest, strlen (longest), &column);
  g_autofree char *folded = NULL;

  g_assert_cmpstr (kept, ==, longest);
  g_assert_cmpuint (column, ==, PJ_TEXT_FEED_MAX_LINE_CHARS);

  column = 0;
  folded = pj_text_feed_fold (too_long, strlen (too_long), &column);
  g_assert_cmpstr (folded, ==, expected);
  g_assert_cmpuint (column, ==, strlen ("end"));
}

static void
test_line_goes_on_in_the_next_part (void)
{
  guint column = PJ_TEXT_FEED_MAX_LINE_CHARS;
  g_autofree char *folded = pj_text_feed_fold ("ab", 2, &column);

  g_assert_cmpstr (folded, ==, "\nab");
  g_assert_cmpuint (column, ==, 2);
}

static void
test_feeds_all_in_parts (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  /* Three bytes a character: no part ends where a character does by luck. */
  g_autofree char *text = repeat ("ąćę ŁÓDŹ żółw\n…", 20000);
  g_autoptr (PjTextFeed) feed = NULL;
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;

  gtk_text_buffer_set_text (buffer, "of another mail", -1);
  feed = start (buffer, text);
  first = dup_content (buffer);
  g_assert_true (g_str_has_prefix (text, first));
  g_assert_cmpuint (strlen (first), <=, PJ_TEXT_FEED_CHUNK_BYTES);
  g_assert_cmpuint (strlen (first), >, PJ_TEXT_FEED_CHUNK_BYTES - 4);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  all = dup_content (buffer);
  g_assert_cmpstr (all, ==, text);
}

static void
test_stops_when_freed (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text = repeat ("x\n", PJ_TEXT_FEED_CHUNK_BYTES);
  g_autofree char *content = NULL;

  pj_text_feed_free (start (buffer, text));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  content = dup_content (buffer);
  g_assert_cmpuint (strlen (content), ==, PJ_TEXT_FEED_CHUNK_BYTES);
}

/* What comes while the last is not done follows it. */
static void
test_adds_in_order (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *text = repeat ("żółw\n", PJ_TEXT_FEED_CHUNK_BYTES);
  g_autofree char *expected = g_strconcat (text, "second\n", text, NULL);
  g_autoptr (GBytes) first = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) second = g_bytes_new ("second\n", strlen ("second\n"));
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (PjTextFeed) feed = pj_text_feed_new (buffer);
  g_autofree char *content = NULL;

  pj_text_feed_add (feed, nothing);
  g_assert_false (pj_text_feed_is_busy (feed));
  pj_text_feed_add (feed, first);
  g_assert_true (pj_text_feed_is_busy (feed));
  pj_text_feed_add (feed, second);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (pj_text_feed_is_busy (feed));
  pj_text_feed_add (feed, first);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  content = dup_content (buffer);
  g_assert_cmpstr (content, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/text-feed/folds-only-what-is-too-long", test_folds_only_what_is_too_long);
  g_test_add_func ("/ui/text-feed/a-line-goes-on-in-the-next-part",
                   test_line_goes_on_in_the_next_part);
  g_test_add_func ("/ui/text-feed/feeds-all-in-parts", test_feeds_all_in_parts);
  g_test_add_func ("/ui/text-feed/stops-when-freed", test_stops_when_freed);
  g_test_add_func ("/ui/text-feed/adds-in-order", test_adds_in_order);
  return g_test_run ();
}
