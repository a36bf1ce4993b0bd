/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-css.h"

#include <math.h>
#include <string.h>

/* What newsletters put into one style attribute runs to some hundred bytes. */
#define MAX_STYLE_BYTES 4096

/* CSS Values 3 section 6.2: an inch has 96 pixels; a line of text has 16 unless
 * told otherwise. */
#define PX_PER_INCH 96.0
#define PX_PER_EM 16.0

typedef struct
{
  const char *name;
  guint32 rgba;
} Color;

/* Those that hide text; others stand as numbers in what programs write. */
static const Color colors[] = {
  { "aliceblue", 0xF0F8FFFF },   { "black", 0x000000FF },      { "blue", 0x0000FFFF },
  { "floralwhite", 0xFFFAF0FF }, { "ghostwhite", 0xF8F8FFFF }, { "gray", 0x808080FF },
  { "green", 0x008000FF },       { "grey", 0x808080FF },       { "ivory", 0xFFFFF0FF },
  { "lightgray", 0xD3D3D3FF },   { "lightgrey", 0xD3D3D3FF },  { "navy", 0x000080FF },
  { "red", 0xFF0000FF },         { "silver", 0xC0C0C0FF },     { "snow", 0xFFFAFAFF },
  { "transparent", 0x00000000 }, { "white", 0xFFFFFFFF },      { "whitesmoke", 0xF5F5F5FF },
  { "yellow", 0xFFFF00FF },
};

typedef struct
{
  const char *name;
  double px;
} Unit;

static const Unit units[] = {
  { "", 1 },
  { "px", 1 },
  { "pt", PX_PER_INCH / 72 },
  { "pc", PX_PER_INCH / 6 },
  { "in", PX_PER_INCH },
  { "cm", PX_PER_INCH / 2.54 },
  { "mm", PX_PER_INCH / 25.4 },
  { "em", PX_PER_EM },
  { "rem", PX_PER_EM },
  { "ex", PX_PER_EM / 2 },
  { "ch", PX_PER_EM / 2 },
  { "%", PX_PER_EM / 100 },
  { "vw", PX_PER_EM / 2 },
  { "vh", PX_PER_EM / 2 },
};

/* CSS Syntax 3 section 4.3.7: up to six digits, and one blank that ends them.
 * Returns: bytes of the escape */
static gsize
read_escape (const char *text, GString *out)
{
  gsize n = 1;
  guint32 c = 0;

  while (n <= 6 && g_ascii_isxdigit (text[n]))
    c = 16 * c + (guint32) g_ascii_xdigit_value (text[n++]);

  if (n == 1)
    {
      if (text[1] != '\0')
        g_string_append_c (out, g_ascii_tolower (text[1]));
      return text[1] != '\0' ? 2 : 1;
    }

  if (c > 0 && c < 0x80)
    g_string_append_c (out, g_ascii_tolower ((char) c));
  return text[n] == ' ' ? n + 1 : n;
}

/* Returns: (transfer full): @style as it is compared: lower case, no comments,
 * no escapes, blanks for white space */
static GString *
simplify (const char *style)
{
  GString *out = g_string_new (NULL);
  const char *end = style + strnlen (style, MAX_STYLE_BYTES);

  while (style < end)
    {
      if (g_str_has_prefix (style, "/*"))
        {
          const char *comment_end = strstr (style + 2, "*/");

          style = comment_end != NULL ? comment_end + 2 : end;
        }
      else if (*style == '\\')
        style += read_escape (style, out);
      else
        {
          g_string_append_c (out, g_ascii_isspace (*style) ? ' ' : g_ascii_tolower (*style));
          style++;
        }
    }

  return out;
}

/* Returns: the semicolon that ends the declaration at @text, or the end; those
 * of an address in brackets do not count */
static char *
find_end (char *text)
{
  guint brackets = 0;

  for (; *text != '\0'; text++)
    {
      if (*text == '(')
        brackets++;
      else if (*text == ')' && brackets > 0)
        brackets--;
      else if (*text == ';' && brackets == 0)
        break;
    }

  return text;
}

static void
visit_declaration (char *text, PjMailCssVisit visit, gpointer user_data)
{
  char *colon = strchr (text, ':');
  char *bang;

  if (colon == NULL)
    return;

  *colon = '\0';
  bang = strchr (colon + 1, '!');
  if (bang != NULL)
    *bang = '\0';
  visit (g_strstrip (text), g_strstrip (colon + 1), user_data);
}

/**
 * pj_mail_css_for_each:
 * @style: value of a style attribute, of any content
 * @visit: called for each declaration, in order
 * @user_data: for @visit
 *
 * Reads the first four kilobytes of it. Comments and escapes, which are good
 * for nothing but to hide what is said, are resolved. Linear.
 *
 * Reference: CSS Style Attributes.
 */
void
pj_mail_css_for_each (const char *style, PjMailCssVisit visit, gpointer user_data)
{
  g_autoptr (GString) simple = NULL;
  char *at;

  g_return_if_fail (style != NULL && visit != NULL);

  simple = simplify (style);
  at = simple->str;
  while (*at != '\0')
    {
      char *end = find_end (at);
      gboolean is_last = *end == '\0';

      *end = '\0';
      visit_declaration (at, visit, user_data);
      at = is_last ? end : end + 1;
    }
}

/**
 * pj_mail_css_read_length:
 * @text: a length, "-9999px"; only its first word counts
 * @px: (out): pixels; relative units count as of a text of 16 pixels, parts of
 *   a hundred as of its height
 *
 * Returns: whether @text is a length
 */
gboolean
pj_mail_css_read_length (const char *text, double *px)
{
  char *unit;
  double number;
  gsize len;

  g_return_val_if_fail (text != NULL && px != NULL, FALSE);

  /* strtod knows words and hexadecimal numbers besides, CSS does not. */
  if (strspn (text, "+-.0123456789") == 0)
    return FALSE;
  number = g_ascii_strtod (text, &unit);
  if (unit == text || !isfinite (number))
    return FALSE;

  len = strcspn (unit, " ,/)");
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (strlen (units[i].name) != len || strncmp (unit, units[i].name, len) != 0)
        continue;
      *px = number * units[i].px;
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_hex_color (const char *text, guint32 *rgba)
{
  gsize n = strspn (text, "0123456789abcdef");
  guint32 value = 0xFF;
  guint digits = n < 6 ? 1 : 2;

  if (n != 3 && n != 4 && n != 6 && n != 8)
    return FALSE;

  for (gsize i = 0; i < n; i += digits)
    {
      guint high = (guint) g_ascii_xdigit_value (text[i]);
      guint low = (guint) g_ascii_xdigit_value (text[i + digits - 1]);

      value = (i == 0 ? 0 : value << 8) | (16 * high + low);
    }
  *rgba = n == 3 || n == 6 ? value << 8 | 0xFF : value;

  return TRUE;
}

/* "rgb(255, 255, 255)", "rgba(0 0 0 / 50%)" */
static gboolean
read_rgb_color (const char *text, guint32 *rgba)
{
  guint32 value = 0;
  guint n = 0;

  while (n < 4 && *text != '\0' && *text != ')')
    {
      char *end;
      double number;

      text += strspn (text, " ,/");
      number = g_ascii_strtod (text, &end);
      if (end == text || !isfinite (number))
        break;
      if (*end == '%')
        number = n == 3 ? number / 100 : number * 255 / 100;
      if (n == 3)
        number *= 255;
      value = value << 8 | (guint32) CLAMP (number, 0, 255);
      n++;
      text = *end == '%' ? end + 1 : end;
    }

  *rgba = n == 3 ? value << 8 | 0xFF : value;
  return n >= 3;
}

/**
 * pj_mail_css_read_color:
 * @text: a color, lower case; what follows it does not count
 * @rgba: (out): 0xRRGGBBAA
 *
 * Reference: CSS Color 4 sections 5 and 6, of which some names.
 *
 * Returns: whether @text begins with a color that we know
 */
gboolean
pj_mail_css_read_color (const char *text, guint32 *rgba)
{
  gsize len;

  g_return_val_if_fail (text != NULL && rgba != NULL, FALSE);

  if (*text == '#')
    return read_hex_color (text + 1, rgba);
  if (g_str_has_prefix (text, "rgba("))
    return read_rgb_color (text + strlen ("rgba("), rgba);
  if (g_str_has_prefix (text, "rgb("))
    return read_rgb_color (text + strlen ("rgb("), rgba);

  len = strcspn (text, " ,");
  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      if (strlen (colors[i].name) != len || strncmp (text, colors[i].name, len) != 0)
        continue;
      *rgba = colors[i].rgba;
      return TRUE;
    }

  return FALSE;
}
