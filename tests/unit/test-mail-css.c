/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-css.h"

#include <string.h>

/* Name, style, declarations as "property=value", joined by "|". */
static const char *const styles[][3] = {
  { "empty", "", "" },
  { "one", "display:none", "display=none" },
  { "two", " Color : RED ; display: none;", "color=red|display=none" },
  { "important", "display:none !important", "display=none" },
  { "comment", "dis/* x */play:no/**/ne", "display=none" },
  { "open-comment", "color:red;/* display:none", "color=red" },
  { "escapes", "d\\isplay:n\\6fne;\\000063olor:red", "display=none|color=red" },
  { "escape-at-the-end", "color:red\\", "color=red" },
  { "semicolon-in-brackets", "background:url(data:x;base64,y);color:red",
    "background=url(data:x;base64,y)|color=red" },
  { "white-space", "margin:0\n\t0", "margin=0  0" },
  { "no-colon", "display;color:red", "color=red" },
};

static void
on_declaration (const char *property, const char *value, gpointer user_data)
{
  GString *all = user_data;

  g_string_append_printf (all, "%s%s=%s", all->len > 0 ? "|" : "", property, value);
}

static void
test_style (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (GString) all = g_string_new (NULL);

  pj_mail_css_for_each (row[1], on_declaration, all);
  g_assert_cmpstr (all->str, ==, row[2]);
}

static void
test_long_style_is_cut (void)
{
  g_autoptr (GString) style = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (style, "color:red;");
  pj_mail_css_for_each (style->str, on_declaration, all);

  g_assert_cmpuint (all->len, <=, 5000);
}

static void
test_lengths (void)
{
  static const struct
  {
    const char *text;
    gboolean is_length;
    double px;
  } rows[] = {
    { "0", TRUE, 0 },          { "1px", TRUE, 1 },   { "-9999px", TRUE, -9999 },
    { "72pt", TRUE, 96 },      { "2em", TRUE, 32 },  { "50%", TRUE, 8 },
    { ".5em", TRUE, 8 },       { "0/0 a", TRUE, 0 }, { "10px 20px", TRUE, 10 },
    { "auto", FALSE, 0 },      { "", FALSE, 0 },     { "5parsec", FALSE, 0 },
    { "inf", FALSE, 0 },       { "nan", FALSE, 0 },  { "1e999px", FALSE, 0 },
    { "calc(1px)", FALSE, 0 }, { "-", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double px = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (pj_mail_css_read_length (rows[i].text, &px), ==, rows[i].is_length);
      g_assert_cmpfloat_with_epsilon (px, rows[i].px, 0.001);
    }
}

static void
test_colors (void)
{
  static const struct
  {
    const char *text;
    guint32 rgba; /* 0: none */
  } rows[] = {
    { "#fff", 0xFFFFFFFF },
    { "#123456", 0x123456FF },
    { "#12345678", 0x12345678 },
    { "#f00c", 0xFF0000CC },
    { "white", 0xFFFFFFFF },
    { "black url(x)", 0x000000FF },
    { "rgb(1,2,3)", 0x010203FF },
    { "rgb( 255 0 0 )", 0xFF0000FF },
    { "rgba(1, 2, 3, 0.5)", 0x0102037F },
    { "rgb(100% 0% 0% / 0%)", 0xFF000000 },
    { "rgb(300,-1,0)", 0xFF0000FF },
    { "inherit", 0 },
    { "#12", 0 },
    { "rgb(1,2)", 0 },
    { "rgb(", 0 },
    { "whiteish", 0 },
    { "", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 rgba = 0;
      gboolean is_color = pj_mail_css_read_color (rows[i].text, &rgba);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (is_color, ==, rows[i].rgba != 0);
      if (is_color)
        g_assert_cmphex (rgba, ==, rows[i].rgba);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/css/style/%s", styles[i][0]);

      g_test_add_data_func (path, styles[i], test_style);
    }
  g_test_add_func ("/mail/css/long-style-is-cut", test_long_style_is_cut);
  g_test_add_func ("/mail/css/lengths", test_lengths);
  g_test_add_func ("/mail/css/colors", test_colors);

  return g_test_run ();
}
