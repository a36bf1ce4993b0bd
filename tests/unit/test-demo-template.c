/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-template.h"

#include <string.h>

/* Tuesday, 29 February 2028, 23:30:05 UTC */
#define NOW_S G_GINT64_CONSTANT (1835479805)

typedef struct
{
  const char *name;
  const char *text;
  const char *filled;
} Case;

static const Case cases[] = {
  { "nothing", "", "" },
  { "plain", "a b\nc", "a b\nc" },
  { "id", "<{ID}@x>", "<uid-1@x>" },
  { "date", "Date: {DATE:0m}\n", "Date: Tue, 29 Feb 2028 23:30:05 +0000\n" },
  { "date-before", "{DATE:-3h}", "Tue, 29 Feb 2028 20:30:05 +0000" },
  { "date-after", "{DATE:+30m}", "Wed, 1 Mar 2028 00:00:05 +0000" },
  { "day", "on {DAY:+2d}.", "on Thursday, 2 March." },
  { "calendar", "{ICAL:-60d}T140000Z", "20271231T140000Z" },
  { "two", "{ID}{ID}", "uid-1uid-1" },
  { "unknown-word", "p { color: red }", "p { color: red }" },
  { "unknown-unit", "{DATE:-3w}", "{DATE:-3w}" },
  { "no-unit", "{DATE:-3}", "{DATE:-3}" },
  { "no-number", "{DATE:h}", "{DATE:h}" },
  { "too-far", "{DATE:-10001d}", "{DATE:-10001d}" },
  { "no-bulk", "{BULK:0}", "{BULK:0}" },
  { "open", "a {ID", "a {ID" },
  { "brace-in-brace", "{{ID}", "{uid-1" },
  { "last-brace", "a{", "a{" },
  { "not-utf-8", "\xb1{ID}\xe6", "\xb1uid-1\xe6" },
};

static void
test_fill (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) filled = pj_demo_template_fill (c->text, strlen (c->text), "uid-1", NOW_S);

  g_assert_cmpstr (filled->str, ==, c->filled);
}

/* Lines as base64 has them, the right number of bytes, twice the same. */
static void
test_bulk (void)
{
  g_autoptr (GString) once = pj_demo_template_fill ("{BULK:3}", 8, "a", NOW_S);
  g_autoptr (GString) again = pj_demo_template_fill ("{BULK:3}", 8, "b", NOW_S + 1);
  g_auto (GStrv) lines = g_strsplit (once->str, "\n", -1);
  g_autofree guchar *bytes = NULL;
  gsize len;

  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 76);
  bytes = g_base64_decode (once->str, &len);
  g_assert_cmpuint (len, ==, 3 * 1024);
  g_assert_cmpstr (once->str, ==, again->str);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/template/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_fill);
    }
  g_test_add_func ("/demo/template/bulk", test_bulk);
  return g_test_run ();
}
