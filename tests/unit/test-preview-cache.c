/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preview-cache.h"

static PjMessage *
new_message (guint number, PjMessageState state)
{
  g_autofree char *uid = g_strdup_printf ("%u", number);

  return pj_message_new (&(PjMessageFields){ .account_id = "a", .uid = uid, .state = state });
}

static void
put (PjPreviewCache *cache, guint number)
{
  g_autoptr (PjMessage) message = new_message (number, PJ_MESSAGE_NEW);
  g_autoptr (PjMailText) text = pj_mail_text_new ();

  pj_preview_cache_put (cache, message, text);
}

static gboolean
has (PjPreviewCache *cache, guint number)
{
  g_autoptr (PjMessage) message = new_message (number, PJ_MESSAGE_SEEN);

  return pj_preview_cache_get (cache, message) != NULL;
}

static void
test_finds_in_any_state (void)
{
  g_autoptr (PjPreviewCache) cache = pj_preview_cache_new ();

  put (cache, 1);
  g_assert_true (has (cache, 1));
  g_assert_false (has (cache, 2));
}

static void
test_longest_unused_goes (void)
{
  g_autoptr (PjPreviewCache) cache = pj_preview_cache_new ();

  for (guint i = 0; i < PJ_PREVIEW_CACHE_MAX; i++)
    put (cache, i);
  g_assert_true (has (cache, 0));
  put (cache, PJ_PREVIEW_CACHE_MAX);

  g_assert_true (has (cache, 0));
  g_assert_false (has (cache, 1));
  g_assert_true (has (cache, 2));
  g_assert_true (has (cache, PJ_PREVIEW_CACHE_MAX));
}

static void
test_whole_takes_the_place_of_cut (void)
{
  g_autoptr (PjPreviewCache) cache = pj_preview_cache_new ();
  g_autoptr (PjMessage) message = new_message (1, PJ_MESSAGE_SEEN);
  g_autoptr (PjMailText) whole = pj_mail_text_new ();

  put (cache, 1);
  pj_preview_cache_put (cache, message, whole);
  g_assert_true (pj_preview_cache_get (cache, message) == whole);

  for (guint i = 2; i <= PJ_PREVIEW_CACHE_MAX; i++)
    put (cache, i);
  g_assert_true (has (cache, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/preview-cache/finds-in-any-state", test_finds_in_any_state);
  g_test_add_func ("/ui/preview-cache/longest-unused-goes", test_longest_unused_goes);
  g_test_add_func ("/ui/preview-cache/whole-takes-the-place-of-cut",
                   test_whole_takes_the_place_of_cut);
  return g_test_run ();
}
