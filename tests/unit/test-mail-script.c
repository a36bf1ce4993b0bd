/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-script.h"

#include "case-table.h"

typedef struct
{
  const char *name;
  const char *text;
  gboolean is_mixed;
  gboolean is_usual;
  gboolean passes_for_ascii;
} Case;

static const Case cases[] = {
  { "ascii", "bank", FALSE, TRUE, FALSE },
  { "digits", "123", FALSE, TRUE, FALSE },
  { "empty", "", FALSE, TRUE, FALSE },
  { "polish", "żółw", FALSE, TRUE, FALSE },
  { "german", "straße", FALSE, TRUE, FALSE },
  { "turkish", "kırmızı", FALSE, TRUE, TRUE },
  { "cyrillic", "пример", FALSE, TRUE, FALSE },
  { "cyrillic-that-looks-latin", "аррӏе", FALSE, TRUE, TRUE },
  { "one-cyrillic-letter", "postbаnk", TRUE, FALSE, TRUE },
  { "first-letter-cyrillic", "Рaypal", TRUE, FALSE, TRUE },
  { "one-greek-letter", "gοogle", TRUE, FALSE, TRUE },
  { "cyrillic-and-greek", "приαер", TRUE, FALSE, FALSE },
  { "japanese", "例えテスト", FALSE, TRUE, FALSE },
  { "japanese-and-latin", "abc例え", FALSE, TRUE, FALSE },
  { "korean-and-latin", "abc한글", FALSE, TRUE, FALSE },
  { "arabic", "مثال", FALSE, TRUE, FALSE },
  { "digits-of-two-scripts", "मा1१", FALSE, FALSE, FALSE },
  { "heart", "i❤", FALSE, FALSE, FALSE },
  { "zero-width", "при\u200Bмер", FALSE, FALSE, FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpint (pj_mail_script_is_mixed (c->text), ==, c->is_mixed);
  g_assert_cmpint (pj_mail_script_is_usual (c->text), ==, c->is_usual);
  g_assert_cmpint (pj_mail_script_passes_for_ascii (c->text), ==, c->passes_for_ascii);
}

static void
test_skeletons (void)
{
  static const char *const pairs[][2] = {
    { "paypa1", "paypal" },
    { "arnazon", "amazon" },
    { "аррӏе", "appie" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *a = pj_mail_script_dup_skeleton (pairs[i][0]);
      g_autofree char *b = pj_mail_script_dup_skeleton (pairs[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_too_long (void)
{
  g_autofree char *longest = g_strnfill (PJ_MAIL_SCRIPT_MAX_BYTES, '1');
  g_autofree char *too_long = g_strnfill (PJ_MAIL_SCRIPT_MAX_BYTES + 1, '1');
  g_autofree char *skeleton = pj_mail_script_dup_skeleton (longest);
  g_autofree char *copy = pj_mail_script_dup_skeleton (too_long);

  g_assert_cmpuint (skeleton[0], ==, 'l');
  g_assert_cmpstr (copy, ==, too_long);
  g_assert_false (pj_mail_script_is_mixed (longest));
  g_assert_true (pj_mail_script_is_mixed (too_long));
  g_assert_false (pj_mail_script_is_usual (too_long));
}

static void
ask (guint round)
{
  test_case (&cases[round % G_N_ELEMENTS (cases)]);
}

static void
test_from_many_threads (void)
{
  case_table_ask_from_many_threads (ask);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/script/from-many-threads", test_from_many_threads);
  CASE_TABLE_ADD ("/mail/script/", cases, test_case);
  g_test_add_func ("/mail/script/skeletons", test_skeletons);
  g_test_add_func ("/mail/script/too-long", test_too_long);

  return g_test_run ();
}
