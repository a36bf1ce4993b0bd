/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-style.h"

#include <string.h>

#include "mail/pj-mail-css.h"

#define WHITE 0xFFFFFFFF

/* Letters of one pixel, however they were measured. */
#define MAX_TINY_PX 1.4

/* No window that one reads mail in is that much wider than its text. */
#define MIN_FAR_PX 300

/* Opaque to one part in ten: not to be read. */
#define MIN_OPACITY 0.1
#define MIN_ALPHA 0x1A

/* Steps of 256 between two colors that no eye tells apart on a letter. */
#define MAX_COLOR_DISTANCE 10

/* What one element declares that hides only together. */
typedef struct
{
  PjMailHtmlStyle *style; /* borrowed, for the time of one element */
  gboolean is_link;
  gboolean is_image;
  gboolean is_around_tiny; /* letters of the element around cannot be seen */
  gboolean is_clipped;     /* what overflows is not seen */
  gboolean is_flat;        /* no room for anything */
  gboolean is_far_away;    /* it was put where nobody looks */
} Declared;

typedef struct
{
  const char *name; /* of a property, or of an attribute */
  void (*apply) (Declared *declared, const char *value);
} Rule;

static void
apply_background (Declared *declared, const char *value)
{
  PjMailHtmlStyle *style = declared->style;
  guint32 rgba;

  if (strstr (value, "url(") != NULL || strstr (value, "gradient") != NULL)
    {
      style->knows_background = FALSE;
      return;
    }

  /* The shorthand has the color among other words. */
  for (const char *word = value; word != NULL; word = strchr (word, ' '))
    {
      word += strspn (word, " ");
      if (!pj_mail_css_read_color (word, &rgba))
        continue;
      /* Through a transparent one, that of the element around is seen. */
      if ((rgba & 0xFF) < MIN_ALPHA)
        return;
      style->background = rgba;
      style->knows_background = (rgba & 0xFF) == 0xFF;
      return;
    }
}

static void
apply_color (Declared *declared, const char *value)
{
  declared->style->has_color |= pj_mail_css_read_color (value, &declared->style->color);
}

static void
apply_display (Declared *declared, const char *value)
{
  if (g_str_equal (value, "none"))
    declared->style->is_gone = TRUE;
}

static void
apply_visibility (Declared *declared, const char *value)
{
  if (g_str_equal (value, "hidden") || g_str_equal (value, "collapse"))
    declared->style->is_invisible = TRUE;
  else if (g_str_equal (value, "visible"))
    declared->style->is_invisible = FALSE;
}

static void
apply_opacity (Declared *declared, const char *value)
{
  char *end;
  double opacity = g_ascii_strtod (value, &end);

  if (*end == '%')
    opacity /= 100;
  if (end != value && opacity < MIN_OPACITY)
    declared->style->is_gone = TRUE;
}

/* Whether a size is told as that of the letters around, of which nothing stays
 * nothing */
static gboolean
is_relative_size (const char *size)
{
  static const char *const ends[] = { "%", "ch", "em", "ex" };
  static const char *const words[] = { "inherit", "larger", "smaller", "unset", NULL };

  if (g_strv_contains (words, size))
    return TRUE;
  if (g_str_has_suffix (size, "rem"))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (size, ends[i]))
        return TRUE;
    }

  return FALSE;
}

static void
apply_font_size (Declared *declared, const char *value)
{
  double px;
  gboolean is_tiny = pj_mail_css_read_length (value, &px) && px <= MAX_TINY_PX;

  declared->style->is_tiny = is_tiny || (declared->is_around_tiny && is_relative_size (value));
}

/* "700"; lighter ones than 100 are not in use. */
static gboolean
is_weight (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0' && g_ascii_strtoull (word, NULL, 10) >= 100;
}

/* "italic bold 0/0 a": the first length is the size. */
static void
apply_font (Declared *declared, const char *value)
{
  double px;

  for (const char *word = value; word != NULL; word = strchr (word, ' '))
    {
      g_autofree char *size = NULL;

      word += strspn (word, " ");
      size = g_strndup (word, strcspn (word, " /"));
      if (!pj_mail_css_read_length (size, &px) || is_weight (size))
        continue;
      apply_font_size (declared, size);
      return;
    }
}

static void
apply_extent (Declared *declared, const char *value)
{
  double px;

  if (!pj_mail_css_read_length (value, &px))
    return;

  /* A hundredth of something may have room for a word. */
  declared->is_flat |= px <= 0 || (px <= 1 && strchr (value, '%') == NULL);
}

static void
apply_overflow (Declared *declared, const char *value)
{
  if (g_str_has_prefix (value, "hidden") || g_str_has_prefix (value, "clip"))
    declared->is_clipped = TRUE;
}

static void
apply_offset (Declared *declared, const char *value)
{
  double px;

  if (pj_mail_css_read_length (value, &px) && (px <= -MIN_FAR_PX || px >= 10 * MIN_FAR_PX))
    declared->is_far_away = TRUE;
}

static void
apply_indent (Declared *declared, const char *value)
{
  double px;

  if (!pj_mail_css_read_length (value, &px))
    return;
  if (px <= -MIN_FAR_PX || (strchr (value, '%') != NULL && g_ascii_strtod (value, NULL) <= -100))
    declared->style->is_gone = TRUE;
}

/* "rect(0, 0, 0, 0)": each edge is at most a pixel from the corner. */
static void
apply_clip (Declared *declared, const char *value)
{
  const char *at = value + strlen ("rect(");
  double px;

  if (!g_str_has_prefix (value, "rect("))
    return;

  at += strspn (at, " ,");
  while (*at != '\0' && *at != ')')
    {
      if (!pj_mail_css_read_length (at, &px) || px > 1)
        return;
      at += strcspn (at, " ,)");
      at += strspn (at, " ,");
    }
  declared->style->is_gone = TRUE;
}

static void
apply_clip_path (Declared *declared, const char *value)
{
  static const char *const nothing[] = { "circle(0", "ellipse(0", "polygon(0 0)",
                                         "polygon(0 0, 0 0", "polygon(0px 0px, 0px 0px" };

  if (g_str_has_prefix (value, "inset(") &&
      g_ascii_strtod (value + strlen ("inset("), NULL) >= 50 && strchr (value, '%') != NULL)
    declared->style->is_gone = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      if (g_str_has_prefix (value, nothing[i]))
        declared->style->is_gone = TRUE;
    }
}

static void
apply_transform (Declared *declared, const char *value)
{
  const char *scale = strstr (value, "scale(");

  if (scale != NULL && g_ascii_strtod (scale + strlen ("scale("), NULL) < MIN_OPACITY)
    declared->style->is_gone = TRUE;
}

/* It hides from Outlook alone. Buttons that are drawn for Outlook in a way of
 * its own bear it, so it proves nothing of a link. */
static void
apply_mso_hide (Declared *declared, const char *value)
{
  if (g_str_equal (value, "all") && !declared->is_link)
    declared->style->is_gone = TRUE;
}

static const Rule property_rules[] = {
  { "background", apply_background },
  { "background-color", apply_background },
  { "background-image", apply_background },
  { "bottom", apply_offset },
  { "clip", apply_clip },
  { "clip-path", apply_clip_path },
  { "color", apply_color },
  { "display", apply_display },
  { "font", apply_font },
  { "font-size", apply_font_size },
  { "height", apply_extent },
  { "left", apply_offset },
  { "margin", apply_offset },
  { "margin-left", apply_offset },
  { "margin-top", apply_offset },
  { "max-height", apply_extent },
  { "max-width", apply_extent },
  { "mso-hide", apply_mso_hide },
  { "opacity", apply_opacity },
  { "overflow", apply_overflow },
  { "overflow-x", apply_overflow },
  { "overflow-y", apply_overflow },
  { "right", apply_offset },
  { "text-indent", apply_indent },
  { "top", apply_offset },
  { "transform", apply_transform },
  { "visibility", apply_visibility },
  { "width", apply_extent },
};

static void
apply_hidden (Declared *declared, const char *value G_GNUC_UNUSED)
{
  declared->style->is_gone = TRUE;
}

static void
doubt_background (Declared *declared, const char *value G_GNUC_UNUSED)
{
  declared->style->knows_background = FALSE;
}

static void
apply_image_extent (Declared *declared, const char *value)
{
  if (!declared->is_image)
    return;

  apply_extent (declared, value);
  declared->style->is_gone |= declared->is_flat;
}

static const Rule attribute_rules[] = {
  { "background", doubt_background },
  { "bgcolor", apply_background },
  { "class", doubt_background },
  { "color", apply_color },
  { "height", apply_image_extent },
  { "hidden", apply_hidden },
  { "text", apply_color },
  { "width", apply_image_extent },
};

/* Returns: (nullable): what to do about @name, if it says something */
static const Rule *
find_rule (const Rule *rules, gsize n_rules, const char *name)
{
  for (gsize i = 0; i < n_rules; i++)
    {
      if (g_str_equal (rules[i].name, name))
        return &rules[i];
    }

  return NULL;
}

static void
apply_declaration (const char *property, const char *value, gpointer user_data)
{
  const Rule *rule = find_rule (property_rules, G_N_ELEMENTS (property_rules), property);

  if (rule != NULL)
    rule->apply (user_data, value);
}

static void
apply_style (Declared *declared, const char *css)
{
  pj_mail_css_for_each (css, apply_declaration, declared);

  if (declared->is_flat && (declared->is_clipped || declared->is_image))
    declared->style->is_gone = TRUE;
  if (declared->is_far_away)
    declared->style->is_gone = TRUE;
}

static void
apply_attribute (Declared *declared, const char *name, const char *value)
{
  const Rule *rule = find_rule (attribute_rules, G_N_ELEMENTS (attribute_rules), name);
  g_autofree char *lower = NULL;

  if (rule == NULL)
    return;

  lower = g_ascii_strdown (value != NULL ? value : "", -1);
  rule->apply (declared, lower);
}

/**
 * pj_mail_html_style_init:
 * @self: set to what holds outside of every element: black on white
 */
void
pj_mail_html_style_init (PjMailHtmlStyle *self)
{
  g_return_if_fail (self != NULL);

  *self = (PjMailHtmlStyle){ .background = WHITE, .knows_background = TRUE };
}

/**
 * pj_mail_html_style_apply:
 * @self: (inout): what holds around an element; set to what holds within
 * @element: its name, lower case
 * @attributes: (nullable) (array zero-terminated=1): name and value by turns; a
 *   value may be %NULL
 *
 * Takes the element's own word, no style sheet's. Linear in what is declared.
 */
void
pj_mail_html_style_apply (PjMailHtmlStyle *self, const char *element, const char *const *attributes)
{
  Declared declared = { .style = self };
  const char *css = NULL;

  g_return_if_fail (self != NULL && element != NULL);

  declared.is_around_tiny = self->is_tiny;
  declared.is_link = g_str_equal (element, "a");
  declared.is_image = g_str_equal (element, "img");
  /* Links have a color of their own. */
  if (declared.is_link)
    self->has_color = FALSE;

  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    {
      if (g_str_equal (attributes[i], "style"))
        css = attributes[i + 1];
      else
        apply_attribute (&declared, attributes[i], attributes[i + 1]);
    }

  if (css != NULL)
    apply_style (&declared, css);
}

static gboolean
is_near (guint32 one, guint32 other)
{
  for (guint shift = 8; shift < 32; shift += 8)
    {
      int distance = (int) (one >> shift & 0xFF) - (int) (other >> shift & 0xFF);

      if (ABS (distance) > MAX_COLOR_DISTANCE)
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_mail_html_style_hides:
 * @self: what holds within an element
 *
 * Returns: whether its text was made not to be seen
 */
gboolean
pj_mail_html_style_hides (const PjMailHtmlStyle *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_gone || self->is_tiny || self->is_invisible)
    return TRUE;
  if (!self->has_color)
    return FALSE;

  return (self->color & 0xFF) < MIN_ALPHA ||
         (self->knows_background && is_near (self->color, self->background));
}

/**
 * pj_mail_html_style_hides_image:
 * @self: what holds within an element
 *
 * Returns: likewise of an image, which letters' size and color leave alone
 */
gboolean
pj_mail_html_style_hides_image (const PjMailHtmlStyle *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_gone || self->is_invisible;
}
