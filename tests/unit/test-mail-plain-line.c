/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-plain-line.h"

#include <string.h>

typedef struct
{
  const char *name;
  PjMailPlainFormat format;
  const char *line;
  guint quotes;
  const char *text;
  gboolean is_flowed;
  gboolean is_separator;
} Case;

#define FIXED PJ_MAIL_PLAIN_FIXED
#define FLOWED PJ_MAIL_PLAIN_FLOWED
#define DELSP PJ_MAIL_PLAIN_FLOWED_DELSP

static const Case cases[] = {
  { "empty", FIXED, "", 0, "", FALSE, FALSE },
  { "fixed", FIXED, "a b", 0, "a b", FALSE, FALSE },
  { "fixed-does-not-flow", FIXED, "a ", 0, "a", FALSE, FALSE },
  { "fixed-keeps-its-indent", FIXED, "  a\t", 0, "  a", FALSE, FALSE },
  { "flowed", FLOWED, "a ", 0, "a ", TRUE, FALSE },
  { "flowed-line-that-ends", FLOWED, "a", 0, "a", FALSE, FALSE },
  { "flowed-without-its-space", DELSP, "a ", 0, "a", TRUE, FALSE },
  { "stuffed", FLOWED, " >a", 0, ">a", FALSE, FALSE },
  { "stuffed-once", FLOWED, "  a", 0, " a", FALSE, FALSE },
  { "quoted", FIXED, "> a", 1, "a", FALSE, FALSE },
  { "quoted-without-blank", FIXED, ">a", 1, "a", FALSE, FALSE },
  { "quoted-twice", FIXED, "> > a", 2, "a", FALSE, FALSE },
  { "quoted-twice-together", FIXED, ">> a", 2, "a", FALSE, FALSE },
  { "quoted-keeps-its-indent", FIXED, ">   a", 1, "  a", FALSE, FALSE },
  { "quoted-nothing", FIXED, "> ", 1, "", FALSE, FALSE },
  { "quoted-flowed", FLOWED, ">> a ", 2, "a ", TRUE, FALSE },
  { "flowed-quotes-stand-together", FLOWED, "> > a", 1, "> a", FALSE, FALSE },
  { "from-is-not-quoted", FIXED, ">From here", 0, ">From here", FALSE, FALSE },
  { "signature", FIXED, "-- ", 0, "-- ", FALSE, TRUE },
  { "signature-does-not-flow", FLOWED, "-- ", 0, "-- ", FALSE, TRUE },
  { "quoted-signature", FLOWED, "> -- ", 1, "-- ", FALSE, TRUE },
  { "dashes", FIXED, "---", 0, "---", FALSE, FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  PjMailPlainLine line = pj_mail_plain_line_read (c->line, strlen (c->line), c->format);
  g_autofree char *text = g_strndup (line.text, line.len);

  g_assert_cmpstr (text, ==, c->text);
  g_assert_cmpuint (line.quotes, ==, c->quotes);
  g_assert_cmpint (line.is_flowed, ==, c->is_flowed);
  g_assert_cmpint (line.is_separator, ==, c->is_separator);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/plain-line/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
