/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-flowed.h"

typedef struct
{
  const char *name;
  const char *text;
  gboolean delete_space;
  const char *expected;
} Case;

static const Case cases[] = {
  { "empty", "", FALSE, "" },
  { "fixed-lines", "a\nb\n", FALSE, "a\nb\n" },
  { "flowed-line", "one \ntwo\nthree\n", FALSE, "one two\nthree\n" },
  { "crlf", "one \r\ntwo\r\n", FALSE, "one two\n" },
  { "space-stuffed", " From here\n >not quoted\n", FALSE, "From here\n>not quoted\n" },
  { "signature", "hi \nthere\n-- \nAnn\n", FALSE, "hi there\n-- \nAnn\n" },
  { "signature-after-flow", "hi \n-- \nAnn\n", FALSE, "hi \n-- \nAnn\n" },
  { "quoted-signature-after-flow", "> hi \n> -- \n> Ann\n", FALSE, "> hi \n> -- \n> Ann\n" },
  { "quoted", "> one \n> two\nno\n", FALSE, "> one two\nno\n" },
  { "depth-changes", ">> one \n> two\n", FALSE, ">> one \n> two\n" },
  { "delsp", "wo \nrd\n", TRUE, "word\n" },
  { "no-line-end", "one \ntwo", FALSE, "one two\n" },
  { "cut-within-flow", "one ", FALSE, "one \n" },
  { "empty-lines", "a\n\nb\n", FALSE, "a\n\nb\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = pj_mail_flowed_to_text (c->text, c->delete_space);

  g_assert_cmpstr (text, ==, c->expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/flowed/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
