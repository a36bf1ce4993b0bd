/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-text.h"

#include <string.h>

#define FFFD "\xEF\xBF\xBD"

typedef struct
{
  const char *name;
  const char *bytes;
  gssize len;
  gsize max_chars;
  const char *line;
  const char *block;
} Case;

static const Case cases[] = {
  { "empty", "", -1, 10, "", "" },
  { "plain", "Zażółć", -1, 10, "Zażółć", "Zażółć" },
  { "len-cuts", "abcdef", 3, 10, "abc", "abc" },
  { "len-zero", "abc", 0, 10, "", "" },
  { "white-space", "  a \t b  ", -1, 20, "a b", "  a \t b  " },
  { "crlf", "a\r\nb\r\n", -1, 10, "a b", "a\nb\n" },
  { "lone-cr", "a\rb\r\rc\r", -1, 20, "a b c", "a\nb\n\nc\n" },
  { "crs-before-lf", "a\r\r\nb\r\r\r\n", -1, 20, "a b", "a\nb\n" },
  { "other-line-ends",
    "a\x0B"
    "b\x0C"
    "c\xC2\x85"
    "d\xE2\x80\xA8"
    "e\xE2\x80\xA9"
    "f",
    -1, 20, "a b c d e f", "a\nb\nc\nd\ne\nf" },
  { "nul", "a\0b", 3, 10, "a" FFFD "b", "a" FFFD "b" },
  { "nul-at-the-end", "ab\0", 3, 10, "ab" FFFD, "ab" FFFD },
  { "escape-sequence", "\x1B[31mred\x07", -1, 20, FFFD "[31mred" FFFD, FFFD "[31mred" FFFD },
  { "c1-control",
    "a\xC2\x9B"
    "31m",
    -1, 20, "a" FFFD "31m", "a" FFFD "31m" },
  { "delete", "a\x7F", -1, 10, "a" FFFD, "a" FFFD },
  { "latin-1", "caf\xE9 au", -1, 20, "caf" FFFD " au", "caf" FFFD " au" },
  { "cut-utf-8", "a\xC5", -1, 20, "a" FFFD, "a" FFFD },
  { "overlong-slash", "\xC0\xAF", -1, 20, FFFD FFFD, FFFD FFFD },
  { "surrogate", "\xED\xA0\x80", -1, 20, FFFD FFFD FFFD, FFFD FFFD FFFD },
  { "bidi-override",
    "cod.\xE2\x80\xAE"
    "fdp.exe",
    -1, 20, "cod.fdp.exe", "cod.fdp.exe" },
  { "bidi-isolate",
    "\xE2\x81\xA6"
    "a\xE2\x81\xA9",
    -1, 20, "a", "a" },
  { "arabic-letter-mark",
    "a\xD8\x9C"
    "b",
    -1, 20, "ab", "ab" },
  { "zero-width", "pay\xE2\x80\x8Bpal\xEF\xBB\xBF", -1, 20, "paypal", "paypal" },
  { "soft-hyphen", "pay\xC2\xADpal", -1, 20, "paypal", "paypal" },
  { "tag",
    "a\xF3\xA0\x81\x81"
    "b",
    -1, 20, "ab", "ab" },
  { "format-of-shorthand-and-music", "a\xF0\x9B\xB2\xA0\xF0\x9D\x85\xB3", -1, 20, "a", "a" },
  { "emoji-style-stays", "\xE2\x9D\xA4\xEF\xB8\x8F", -1, 20, "\xE2\x9D\xA4\xEF\xB8\x8F",
    "\xE2\x9D\xA4\xEF\xB8\x8F" },
  { "variation-selector", "a\xF3\xA0\x84\x80", -1, 20, "a", "a" },
  { "no-break-space",
    "a\xC2\xA0\xC2\xA0"
    "b",
    -1, 20, "a b",
    "a\xC2\xA0\xC2\xA0"
    "b" },
  { "combining-stays", "e\xCC\x81", -1, 20, "e\xCC\x81", "e\xCC\x81" },
  { "combining-counts", "e\xCC\x81\xCC\x81\xCC\x81", -1, 2, "e\xCC\x81…", "e\xCC\x81…" },
  { "just-fits", "abc", -1, 3, "abc", "abc" },
  { "one-too-many", "abcd", -1, 3, "abc…", "abc…" },
  { "cut-after-blank", "ab cd", -1, 3, "ab…", "ab …" },
  { "trailing-blank-fits", "abc ", -1, 3, "abc", "abc…" },
  { "nothing-fits", "a", -1, 0, "…", "…" },
  { "hidden-do-not-count",
    "\xE2\x80\x8B\xE2\x80\x8B"
    "abc",
    -1, 3, "abc", "abc" },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autofree char *line = pj_text_clean_line (row->bytes, row->len, row->max_chars);
  g_autofree char *block = pj_text_clean_block (row->bytes, row->len, row->max_chars);

  g_assert_cmpstr (line, ==, row->line);
  g_assert_cmpstr (block, ==, row->block);
}

static void
test_any_byte (void)
{
  for (int first = 0; first < 256; first++)
    {
      for (int second = 0; second < 256; second++)
        {
          const char bytes[] = { (char) first, (char) second };
          g_autofree char *line = pj_text_clean_line (bytes, sizeof bytes, 10);

          g_assert_true (g_utf8_validate (line, -1, NULL));
          for (const char *p = line; *p != '\0'; p++)
            g_assert_false (g_ascii_iscntrl (*p));
        }
    }
}

static void
test_long (void)
{
  g_autofree char *bytes = g_strnfill (1024 * 1024, 'x');
  g_autofree char *line = pj_text_clean_line (bytes, -1, PJ_TEXT_MAX_SERVER_CHARS);

  g_assert_cmpint (g_utf8_strlen (line, -1), ==, PJ_TEXT_MAX_SERVER_CHARS + 1);
  g_assert_true (g_str_has_suffix (line, "…"));
}

static void
test_unify_line_ends (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } rows[] = {
    { "", "" },
    { "a", "a" },
    { "a\nb\n", "a\nb\n" },
    { "a\r\nb\r\n\r\n", "a\nb\n\n" },
    { "a\rb\r\rc\r", "a\nb\n\nc\n" },
    { "\r\r\n\r", "\n\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup (rows[i].before);

      pj_text_unify_line_ends (text);
      g_assert_cmpstr (text, ==, rows[i].after);
    }
}

static void
test_fit_bytes (void)
{
  g_assert_cmpuint (pj_text_fit_bytes ("ab", 2, 2), ==, 2);
  g_assert_cmpuint (pj_text_fit_bytes ("ab", 2, 1), ==, 1);
  g_assert_cmpuint (pj_text_fit_bytes ("a€", 4, 4), ==, 4);
  g_assert_cmpuint (pj_text_fit_bytes ("a€", 4, 3), ==, 1);
  g_assert_cmpuint (pj_text_fit_bytes ("a€", 4, 1), ==, 1);
  g_assert_cmpuint (pj_text_fit_bytes ("€", 3, 2), ==, 0);
  g_assert_cmpuint (pj_text_fit_bytes ("", 0, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/text/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/base/text/unify-line-ends", test_unify_line_ends);
  g_test_add_func ("/base/text/any-two-bytes-are-made-fit", test_any_byte);
  g_test_add_func ("/base/text/long-line-is-cut", test_long);
  g_test_add_func ("/base/text/fit-bytes", test_fit_bytes);

  return g_test_run ();
}
