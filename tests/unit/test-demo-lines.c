/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-lines.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const Case crlf_cases[] = {
  { "nothing", "", "" },
  { "lf", "a\nb\n", "a\r\nb\r\n" },
  { "crlf", "a\r\nb\r\n", "a\r\nb\r\n" },
  { "no-last-end", "a\nb", "a\r\nb\r\n" },
  { "empty-lines", "\n\r\n\n", "\r\n\r\n\r\n" },
  { "lone-cr-stays", "a\rb\n", "a\rb\r\n" },
  { "cr-at-the-end-stays", "a\r", "a\r\r\n" },
};

static void
test_crlf (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = pj_demo_lines_to_crlf (c->text, strlen (c->text));

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), c->expected,
                   strlen (c->expected));
}

static const Case stuffed_cases[] = {
  { "nothing", "", "" },
  { "no-dot", "a.\r\nb.c\r\n", "a.\r\nb.c\r\n" },
  { "dot-alone", ".\r\n", "..\r\n" },
  { "every-line", ".a\r\n..\r\n\r\n.", "..a\r\n...\r\n\r\n.." },
};

static void
test_stuffed (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) out = g_string_new ("+OK\r\n");
  g_autofree char *expected = g_strconcat ("+OK\r\n", c->expected, NULL);

  pj_demo_lines_append_stuffed (out, c->text, strlen (c->text));
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_top (void)
{
  static const struct
  {
    const char *mail;
    guint64 body_lines;
    const char *top;
  } cases[] = {
    { "A: b\r\n\r\none\r\ntwo\r\n", 0, "A: b\r\n\r\n" },
    { "A: b\r\n\r\none\r\ntwo\r\n", 1, "A: b\r\n\r\none\r\n" },
    { "A: b\r\n\r\none\r\ntwo\r\n", G_MAXINT64, "A: b\r\n\r\none\r\ntwo\r\n" },
    { "A: b\r\n\r\none\r\n\r\ntwo\r\n", 2, "A: b\r\n\r\none\r\n\r\n" },
    { "A: b\r\nno end\r\n", 0, "A: b\r\nno end\r\n" },
    { "", 3, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize len =
          pj_demo_lines_get_top_len (cases[i].mail, strlen (cases[i].mail), cases[i].body_lines);
      g_autofree char *top = g_strndup (cases[i].mail, len);

      g_assert_cmpstr (top, ==, cases[i].top);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (crlf_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/lines/crlf/", crlf_cases[i].name, NULL);

      g_test_add_data_func (path, &crlf_cases[i], test_crlf);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stuffed_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/lines/stuffed/", stuffed_cases[i].name, NULL);

      g_test_add_data_func (path, &stuffed_cases[i], test_stuffed);
    }
  g_test_add_func ("/demo/lines/top", test_top);
  return g_test_run ();
}
