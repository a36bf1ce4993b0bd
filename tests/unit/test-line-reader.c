/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-line-reader.h"

#include <string.h>

/* The expected lines, each as "TEXT/END_LEN". */
typedef struct
{
  const char *name;
  const char *bytes;
  gsize max;
  const char *lines;
  gboolean is_empty_after;
} Case;

static const Case cases[] = {
  { "crlf", "+OK\r\n.\r\n", 64, "+OK/2 ./2", TRUE },
  { "bare-lf", "+OK\n.\n", 64, "+OK/1 ./1", TRUE },
  { "empty-line", "\r\nx\r\n", 64, "/2 x/2", TRUE },
  { "rest-stays", "+OK\r\n1 a", 64, "+OK/2", FALSE },
  { "lone-cr-is-text", "a\rb\r\n", 64, "a\rb/2", TRUE },
  { "two-crs", "a\r\r\n", 64, "a\r/2", TRUE },
  { "limit-is-exact", "12345\n", 5, "12345/1", TRUE },
  { "over-the-limit", "123456789\n", 5, "12345/0 6789/1", TRUE },
  { "cr-at-the-cut", "1234\r\nx\n", 5, "1234/2 x/1", TRUE },
  { "cr-just-over-the-cut", "12345\r\n", 5, "12345/0 /2", TRUE },
  { "nothing", "", 5, "", TRUE },
};

static void
take_all (PjLineReader *reader, GString *lines)
{
  PjLine line;

  while (pj_line_reader_take (reader, &line))
    g_string_append_printf (lines, "%s%.*s/%u", lines->len > 0 ? " " : "", (int) line.len,
                            line.bytes, line.end_len);
}

static void
test_at_once (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjLineReader) reader = pj_line_reader_new (c->max);
  g_autoptr (GString) lines = g_string_new (NULL);

  pj_line_reader_push (reader, c->bytes, strlen (c->bytes));
  take_all (reader, lines);

  g_assert_cmpstr (lines->str, ==, c->lines);
  g_assert_cmpint (pj_line_reader_is_empty (reader), ==, c->is_empty_after);
}

static void
test_bytewise (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjLineReader) reader = pj_line_reader_new (c->max);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (const char *p = c->bytes; *p != '\0'; p++)
    {
      pj_line_reader_push (reader, p, 1);
      take_all (reader, lines);
    }

  g_assert_cmpstr (lines->str, ==, c->lines);
  g_assert_cmpint (pj_line_reader_is_empty (reader), ==, c->is_empty_after);
}

static void
test_nul_is_a_byte (void)
{
  g_autoptr (PjLineReader) reader = pj_line_reader_new (64);
  PjLine line;

  pj_line_reader_push (reader, "a\0b\r\n", 5);
  g_assert_true (pj_line_reader_take (reader, &line));
  g_assert_cmpmem (line.bytes, line.len, "a\0b", 3);
}

/* A line of a megabyte costs no more memory than the limit and what comes. */
static void
test_endless_line (void)
{
  g_autoptr (PjLineReader) reader = pj_line_reader_new (512);
  g_autofree char *chunk = g_strnfill (1024, 'x');
  gsize taken = 0;
  PjLine line;

  for (guint i = 0; i < 1024; i++)
    {
      pj_line_reader_push (reader, chunk, 1024);
      while (pj_line_reader_take (reader, &line))
        {
          g_assert_cmpuint (line.end_len, ==, 0);
          g_assert_cmpuint (line.len, <=, 512);
          taken += line.len;
        }
    }

  g_assert_cmpuint (taken, >=, 1024 * 1024 - 512);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *at_once = g_strdup_printf ("/net/line-reader/at-once/%s", cases[i].name);
      g_autofree char *bytewise = g_strdup_printf ("/net/line-reader/bytewise/%s", cases[i].name);

      g_test_add_data_func (at_once, &cases[i], test_at_once);
      g_test_add_data_func (bytewise, &cases[i], test_bytewise);
    }
  g_test_add_func ("/net/line-reader/nul-is-a-byte", test_nul_is_a_byte);
  g_test_add_func ("/net/line-reader/endless-line-comes-in-pieces", test_endless_line);

  return g_test_run ();
}
