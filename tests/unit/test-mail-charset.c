/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-charset.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *bytes;
  const char *declared;
  const char *text;
} Case;

/* Run in the C locale, where the fallback is windows-1252. */
static const Case cases[] = {
  { "empty", "", NULL, "" },
  { "ascii", "abc", NULL, "abc" },
  { "utf8-undeclared", "za\xC5\xBC", NULL, "zaż" },
  { "utf8-cut-in-a-character",
    "\xC5\xBC"
    "a\xC5",
    NULL, "ża\uFFFD" },
  { "utf8-declared-and-broken", "a\xFF\xC5\xBC", "UTF-8", "a\uFFFDż" },
  { "latin2", "\xB6\xF3\xBF", "ISO-8859-2", "śóż" },
  { "latin2-that-is-windows", "\x9C\xF3\xBF", "iso-8859-2", "śóż" },
  { "latin1-that-is-windows", "\x93x\x94", "iso-8859-1", "“x”" },
  { "ascii-that-is-not", "caf\xE9", "us-ascii", "café" },
  { "unknown-charset", "caf\xE9", "x-none-such", "café" },
  { "no-charset-name", "caf\xE9", "utf-16//TRANSLIT", "café" },
  { "iso-2022-jp", "\x1B$B$\"\x1B(B", "iso-2022-jp", "あ" },
  { "hebrew-to-the-last-letter", "\xF9\xEC\xE5\xED", "windows-1255", "שלום" },
  { "hebrew-before-an-undefined-byte", "\xF9\xD9z", "windows-1255", "ש\uFFFDz" },
  { "vietnamese-to-the-last-letter", "Ti\xEA", "windows-1258", "Tiê" },
  { "undefined-byte", "a\x81z", "windows-1252", "a\uFFFDz" },
};

static void
test_to_utf8 (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = pj_mail_charset_to_utf8 (c->bytes, strlen (c->bytes), c->declared);

  g_assert_cmpstr (text, ==, c->text);
}

static void
test_nul_hides_nothing (void)
{
  g_autofree char *plain = pj_mail_charset_to_utf8 ("a\0b", 3, NULL);
  g_autofree char *latin = pj_mail_charset_to_utf8 ("a\0b", 3, "iso-8859-2");

  g_assert_cmpstr (plain, ==, "a\uFFFDb");
  g_assert_cmpstr (latin, ==, "a\uFFFDb");
}

static void
test_language (void)
{
  g_assert_cmpstr (pj_mail_charset_for_language ("pl_PL.UTF-8"), ==, "iso-8859-2");
  g_assert_cmpstr (pj_mail_charset_for_language ("pl"), ==, "iso-8859-2");
  g_assert_cmpstr (pj_mail_charset_for_language ("ru_RU"), ==, "windows-1251");
  g_assert_cmpstr (pj_mail_charset_for_language ("plx"), ==, "windows-1252");
  g_assert_cmpstr (pj_mail_charset_for_language ("C"), ==, "windows-1252");
}

static void
test_every_fallback_is_known (void)
{
  static const char *const languages[] = { "be", "bs", "cs", "el", "he", "ja",
                                           "ko", "lt", "th", "tr", "C" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    g_assert_true (pj_mail_charset_is_known (pj_mail_charset_for_language (languages[i])));

  g_assert_false (pj_mail_charset_is_known (NULL));
  g_assert_false (pj_mail_charset_is_known (""));
  g_assert_false (pj_mail_charset_is_known ("x-none-such"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/charset/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_to_utf8);
    }
  g_test_add_func ("/mail/charset/nul-hides-nothing", test_nul_hides_nothing);
  g_test_add_func ("/mail/charset/by-language", test_language);
  g_test_add_func ("/mail/charset/every-fallback-is-known", test_every_fallback_is_known);

  return g_test_run ();
}
