/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-link-words.h"

static const PjMailLinkDoubts each[] = {
  PJ_MAIL_LINK_OTHER_DOMAIN, PJ_MAIL_LINK_LOOK_ALIKE, PJ_MAIL_LINK_USER_INFO,
  PJ_MAIL_LINK_NUMBER,       PJ_MAIL_LINK_OBSCURED,
};

static void
test_each_doubt_has_its_sentence (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (each); i++)
    {
      const char *text = pj_link_words_doubt (each[i]);

      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
}

static void
test_none (void)
{
  g_auto (GStrv) sentences = pj_link_words_list_doubts (PJ_MAIL_LINK_SOUND);

  g_assert_cmpuint (g_strv_length (sentences), ==, 0);
}

static void
test_gravest_first (void)
{
  g_auto (GStrv) two =
      pj_link_words_list_doubts (PJ_MAIL_LINK_OTHER_DOMAIN | PJ_MAIL_LINK_LOOK_ALIKE);
  g_auto (GStrv) all = NULL;
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;

  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, pj_link_words_doubt (PJ_MAIL_LINK_LOOK_ALIKE));
  g_assert_cmpstr (two[1], ==, pj_link_words_doubt (PJ_MAIL_LINK_OTHER_DOMAIN));

  for (gsize i = 0; i < G_N_ELEMENTS (each); i++)
    doubts |= each[i];
  all = pj_link_words_list_doubts (doubts);
  g_assert_cmpuint (g_strv_length (all), ==, G_N_ELEMENTS (each));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/link-words/each-doubt-has-its-sentence", test_each_doubt_has_its_sentence);
  g_test_add_func ("/app/link-words/gravest-first", test_gravest_first);
  g_test_add_func ("/app/link-words/none", test_none);

  return g_test_run ();
}
