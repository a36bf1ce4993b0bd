/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-gmime.h"

typedef struct
{
  const char *name;
  const char *declared;
  const char *raw;
  const char *text;
} Case;

/* Run in the C locale, where the last resort is windows-1252. */
static const Case cases[] = {
  { "utf8-comes-first", "iso-8859-2", "\xC5\xBC", "ż" },
  { "then-what-is-declared", "iso-8859-2", "\xB1", "ą" },
  { "then-the-fallback", NULL, "\xB1", "±" },
  { "unknown-charset-does-not-count", "x-none-such", "\xB1", "±" },
};

static void
test_charsets (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (c->declared);
  g_autofree char *text = g_mime_utils_header_decode_text (options, c->raw);

  g_assert_cmpstr (text, ==, c->text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/gmime/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_charsets);
    }

  return g_test_run ();
}
