/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-document-tags.h"

/*
 * How the blocks and spans of a mail's document look in a text buffer. Tags
 * are made when they are first needed, by name, and stay. Main thread.
 */

#define LIST_PX 24
#define QUOTE_KEY "pj-quote-depth"

/* Opacity of what is not meant to catch the eye */
#define DIM_ALPHA 0.6f
#define FOCUS_ALPHA 0.25f

typedef struct
{
  PjMailSpanStyle style;
  const char *name;
  const char *property;
  int value;
} SpanTag;

static const SpanTag span_tags[] = {
  { PJ_MAIL_SPAN_EMPHASIS, "emphasis", "style", PANGO_STYLE_ITALIC },
  { PJ_MAIL_SPAN_STRONG, "strong", "weight", PANGO_WEIGHT_BOLD },
  { PJ_MAIL_SPAN_STRUCK, "struck", "strikethrough", TRUE },
  { PJ_MAIL_SPAN_IMAGE, "image", "style", PANGO_STYLE_ITALIC },
  { PJ_MAIL_SPAN_HIDDEN, "hidden", "style", PANGO_STYLE_ITALIC },
};

static GtkTextTag *
find (GtkTextBuffer *buffer, const char *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
}

static GtkTextTag *
get_plain (GtkTextBuffer *buffer, const char *name, const char *property, int value)
{
  GtkTextTag *tag = find (buffer, name);

  return tag != NULL ? tag : gtk_text_buffer_create_tag (buffer, name, property, value, NULL);
}

static GtkTextTag *
get_monospace (GtkTextBuffer *buffer)
{
  GtkTextTag *tag = find (buffer, "monospace");

  return tag != NULL
             ? tag
             : gtk_text_buffer_create_tag (buffer, "monospace", "family", "monospace", NULL);
}

static GtkTextTag *
get_heading (GtkTextBuffer *buffer, guint level)
{
  static const double scales[] = { 1.4, 1.25, 1.1 };
  guint step = CLAMP (level, 1, G_N_ELEMENTS (scales)) - 1;
  g_autofree char *name = g_strdup_printf ("heading-%u", step);
  GtkTextTag *tag = find (buffer, name);

  return tag != NULL ? tag
                     : gtk_text_buffer_create_tag (buffer, name, "weight", PANGO_WEIGHT_BOLD,
                                                   "scale", scales[step], NULL);
}

/* The mark of an item stands before its text, which begins behind a tab and
 * goes on below itself. */
static void
hang (GtkTextTag *tag)
{
  PangoTabArray *tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, LIST_PX);

  g_object_set (tag, "indent", -LIST_PX, "tabs", tabs, NULL);
  pango_tab_array_free (tabs);
}

/**
 * pj_document_tags_get_block:
 * @buffer: where the block is
 * @block: the block
 *
 * Returns: (transfer none): the tag that places its lines
 */
GtkTextTag *
pj_document_tags_get_block (GtkTextBuffer *buffer, const PjMailBlock *block)
{
  gboolean is_item = block->kind == PJ_MAIL_BLOCK_ITEM;
  guint level = block->kind == PJ_MAIL_BLOCK_HEADING ? 0 : block->level;
  guint steps = is_item ? MAX (level, 1) - 1 : level;
  g_autofree char *name =
      g_strdup_printf ("%s-%u-%u", is_item ? "item" : "block", block->quote_depth, steps);
  GtkTextTag *tag;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer) && block != NULL, NULL);

  tag = find (buffer, name);
  if (tag != NULL)
    return tag;

  tag = gtk_text_buffer_create_tag (buffer, name, "left-margin",
                                    (int) (PJ_DOCUMENT_TAGS_MARGIN_PX +
                                           PJ_DOCUMENT_TAGS_QUOTE_PX * block->quote_depth +
                                           LIST_PX * steps),
                                    NULL);
  g_object_set_data (G_OBJECT (tag), QUOTE_KEY, GUINT_TO_POINTER ((guint) block->quote_depth));
  if (is_item)
    hang (tag);

  return tag;
}

static void
apply_span (GtkTextBuffer *buffer,
            const PjMailSpan *span,
            const GtkTextIter *start,
            const GtkTextIter *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (span_tags); i++)
    {
      const SpanTag *tag = &span_tags[i];

      if ((span->style & tag->style) != 0)
        gtk_text_buffer_apply_tag (buffer, get_plain (buffer, tag->name, tag->property, tag->value),
                                   start, end);
    }
  if ((span->style & PJ_MAIL_SPAN_CODE) != 0)
    gtk_text_buffer_apply_tag (buffer, get_monospace (buffer), start, end);
  if (span->link >= 0)
    gtk_text_buffer_apply_tag (
        buffer, get_plain (buffer, "link", "underline", PANGO_UNDERLINE_SINGLE), start, end);
}

/**
 * pj_document_tags_apply:
 * @buffer: where the text is
 * @block: what it is part of
 * @span: (nullable): likewise
 * @start: where it begins
 * @end: where it ends
 *
 * Makes text look like what it is.
 */
void
pj_document_tags_apply (GtkTextBuffer *buffer,
                        const PjMailBlock *block,
                        const PjMailSpan *span,
                        const GtkTextIter *start,
                        const GtkTextIter *end)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (block != NULL && start != NULL && end != NULL);

  gtk_text_buffer_apply_tag (buffer, pj_document_tags_get_block (buffer, block), start, end);
  if (block->kind == PJ_MAIL_BLOCK_HEADING)
    gtk_text_buffer_apply_tag (buffer, get_heading (buffer, block->level), start, end);
  else if (block->kind == PJ_MAIL_BLOCK_PREFORMATTED)
    gtk_text_buffer_apply_tag (buffer, get_monospace (buffer), start, end);
  if (span != NULL)
    apply_span (buffer, span, start, end);
}

/**
 * pj_document_tags_get_quote_depth:
 * @iter: a place in a buffer
 *
 * Returns: how often the block there is quoted
 */
guint
pj_document_tags_get_quote_depth (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = NULL;
  guint depth = 0;

  g_return_val_if_fail (iter != NULL, 0);

  tags = gtk_text_iter_get_tags (iter);
  for (const GSList *node = tags; node != NULL; node = node->next)
    depth = MAX (depth, GPOINTER_TO_UINT (g_object_get_data (node->data, QUOTE_KEY)));

  return depth;
}

static void
set_color (GtkTextBuffer *buffer, const char *name, const char *property, const GdkRGBA *color)
{
  GtkTextTag *tag = get_plain (buffer, name, "editable", FALSE);

  g_object_set (tag, property, color, NULL);
}

/**
 * pj_document_tags_set_colors:
 * @buffer: whose tags
 * @widget: what the buffer is shown in
 *
 * Takes the colors of the style in use, light or dark.
 */
void
pj_document_tags_set_colors (GtkTextBuffer *buffer, GtkWidget *widget)
{
  GtkStyleContext *context;
  GdkRGBA text;
  GdkRGBA accent;
  GdkRGBA faint;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer) && GTK_IS_WIDGET (widget));

  context = gtk_widget_get_style_context (widget);
  gtk_style_context_get_color (context, &text);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = text;
  faint = text;
  faint.alpha *= DIM_ALPHA;

  for (gsize i = 0; i < G_N_ELEMENTS (span_tags); i++)
    get_plain (buffer, span_tags[i].name, span_tags[i].property, span_tags[i].value);
  get_plain (buffer, "link", "underline", PANGO_UNDERLINE_SINGLE);
  set_color (buffer, "image", "foreground-rgba", &faint);
  set_color (buffer, "hidden", "foreground-rgba", &faint);
  set_color (buffer, "link", "foreground-rgba", &accent);
  accent.alpha = FOCUS_ALPHA;
  set_color (buffer, PJ_DOCUMENT_TAGS_FOCUS, "background-rgba", &accent);
}
