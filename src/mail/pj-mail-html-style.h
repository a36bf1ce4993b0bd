/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailHtmlStyle:
 * @color: of text, 0xRRGGBBAA
 * @background: likewise, behind it
 * @has_color: whether @color was told
 * @knows_background: whether @background holds; not where a style sheet or an
 *   image may have another say
 * @is_tiny: whether letters are too small to be seen
 * @is_invisible: whether they are not drawn
 * @is_gone: whether nothing within can be seen, whatever it says of itself
 *
 * What an element and those around it say about whether its text can be seen.
 * A value, copied from an element to those within.
 */
typedef struct
{
  guint32  color;
  guint32  background;
  gboolean has_color;
  gboolean knows_background;
  gboolean is_tiny;
  gboolean is_invisible;
  gboolean is_gone;
} PjMailHtmlStyle;

void     pj_mail_html_style_init (PjMailHtmlStyle *self);
void     pj_mail_html_style_apply (PjMailHtmlStyle   *self,
                                   const char        *element,
                                   const char *const *attributes);
gboolean pj_mail_html_style_hides (const PjMailHtmlStyle *self);
gboolean pj_mail_html_style_hides_image (const PjMailHtmlStyle *self);

G_END_DECLS
