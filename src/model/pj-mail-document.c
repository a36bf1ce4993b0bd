/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-document.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-tsan.h"

#define RULE "――――――――――"

G_DEFINE_BOXED_TYPE (PjMailDocument, pj_mail_document, pj_mail_document_ref, pj_mail_document_unref)

/**
 * pj_mail_document_new:
 *
 * Returns: (transfer full): an empty one, for its maker to fill
 */
PjMailDocument *
pj_mail_document_new (void)
{
  PjMailDocument *self = g_new0 (PjMailDocument, 1);

  g_atomic_ref_count_init (&self->references);
  self->text = g_string_new (NULL);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (PjMailBlock));
  self->spans = g_array_new (FALSE, FALSE, sizeof (PjMailSpan));
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_mail_link_unref);

  return self;
}

/**
 * pj_mail_document_ref:
 * @self: the document
 *
 * Returns: (transfer full): @self
 */
PjMailDocument *
pj_mail_document_ref (PjMailDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_mail_document_unref:
 * @self: (transfer full): the document
 */
void
pj_mail_document_unref (PjMailDocument *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_string_free (self->text, TRUE);
  g_array_unref (self->blocks);
  g_array_unref (self->spans);
  g_ptr_array_unref (self->links);
  g_free (self);
}

/**
 * pj_mail_document_add_block:
 * @self: a document in the making
 * @block: what follows; its start and len do not count, its depths are cut to
 *   %PJ_MAIL_DOCUMENT_MAX_DEPTH
 *
 * Begins a block, empty so far.
 */
void
pj_mail_document_add_block (PjMailDocument *self, const PjMailBlock *block)
{
  PjMailBlock added;

  g_return_if_fail (self != NULL && block != NULL);

  added = *block;
  added.level = MIN (added.level, PJ_MAIL_DOCUMENT_MAX_DEPTH);
  added.quote_depth = MIN (added.quote_depth, PJ_MAIL_DOCUMENT_MAX_DEPTH);
  added.start = self->text->len;
  added.len = 0;
  g_string_append_c (self->text, '\n');
  g_array_append_val (self->blocks, added);
}

static gboolean
continues (const PjMailSpan *span, gsize start, PjMailSpanStyle style, int link)
{
  return span->start + span->len == start && span->style == style && span->link == link;
}

static void
add_span (PjMailDocument *self, gsize start, gsize len, PjMailSpanStyle style, int link)
{
  PjMailSpan *last =
      self->spans->len > 0 ? &g_array_index (self->spans, PjMailSpan, self->spans->len - 1) : NULL;
  PjMailSpan span = { .start = start, .len = len, .style = style, .link = link };

  if (last != NULL && continues (last, start, style, link))
    last->len += len;
  else
    g_array_append_val (self->spans, span);
}

/**
 * pj_mail_document_add_text:
 * @self: a document with a block in the making
 * @text: UTF-8, cleaned
 * @len: bytes of it
 * @style: how it looks
 * @link: what pj_mail_document_add_link() returned; -1 for none
 *
 * Adds to the last block.
 */
void
pj_mail_document_add_text (
    PjMailDocument *self, const char *text, gsize len, PjMailSpanStyle style, int link)
{
  PjMailBlock *block;

  g_return_if_fail (self != NULL && self->blocks->len > 0 && text != NULL);
  g_return_if_fail (link >= -1 && link < (int) self->links->len);

  if (len == 0)
    return;

  block = &g_array_index (self->blocks, PjMailBlock, self->blocks->len - 1);
  if (style != 0 || link >= 0)
    add_span (self, block->start + block->len, len, style, link);

  /* The LF behind the block goes on to its new end. */
  g_string_truncate (self->text, block->start + block->len);
  g_string_append_len (self->text, text, (gssize) len);
  g_string_append_c (self->text, '\n');
  block->len += len;
}

/**
 * pj_mail_document_add_link:
 * @self: a document in the making
 * @link: where something leads; a reference is taken
 *
 * Returns: its index; -1 when the document has
 *   %PJ_MAIL_DOCUMENT_MAX_LINKS of them already
 */
int
pj_mail_document_add_link (PjMailDocument *self, PjMailLink *link)
{
  g_return_val_if_fail (self != NULL && link != NULL, -1);

  if (self->links->len >= PJ_MAIL_DOCUMENT_MAX_LINKS)
    return -1;

  g_ptr_array_add (self->links, pj_mail_link_ref (link));
  return (int) self->links->len - 1;
}

/**
 * pj_mail_document_replace_link:
 * @self: a document in the making
 * @i: what pj_mail_document_add_link() returned, not -1
 * @link: where it leads instead; a reference is taken
 *
 * For a maker who knows only behind the text of a link what to say of it.
 */
void
pj_mail_document_replace_link (PjMailDocument *self, int i, PjMailLink *link)
{
  gpointer *slot;

  g_return_if_fail (self != NULL && link != NULL);
  g_return_if_fail (i >= 0 && i < (int) self->links->len);

  slot = &g_ptr_array_index (self->links, i);
  pj_mail_link_ref (link);
  pj_mail_link_unref (*slot);
  *slot = link;
}

/**
 * pj_mail_document_append:
 * @self: a document in the making
 * @other: what follows in it; unchanged
 *
 * Links for which there is no room any more become plain text.
 */
void
pj_mail_document_append (PjMailDocument *self, const PjMailDocument *other)
{
  gsize start;
  guint n_room;
  int first_link;

  g_return_if_fail (self != NULL && other != NULL && self != other);

  start = self->text->len;
  first_link = (int) self->links->len;
  n_room = PJ_MAIL_DOCUMENT_MAX_LINKS - self->links->len;
  for (guint i = 0; i < MIN (other->links->len, n_room); i++)
    g_ptr_array_add (self->links, pj_mail_link_ref (g_ptr_array_index (other->links, i)));

  g_string_append_len (self->text, other->text->str, (gssize) other->text->len);
  for (guint i = 0; i < other->blocks->len; i++)
    {
      PjMailBlock block = *pj_mail_document_get_block (other, i);

      block.start += start;
      g_array_append_val (self->blocks, block);
    }
  for (guint i = 0; i < other->spans->len; i++)
    {
      PjMailSpan span = *pj_mail_document_get_span (other, i);

      span.start += start;
      if (span.link >= (int) n_room)
        span.link = -1;
      else if (span.link >= 0)
        span.link += first_link;
      g_array_append_val (self->spans, span);
    }
}

/**
 * pj_mail_document_get_block:
 * @self: the document
 * @i: which, from 0; below the number of blocks
 *
 * Returns: (transfer none): the block
 */
const PjMailBlock *
pj_mail_document_get_block (const PjMailDocument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->blocks->len, NULL);

  return &g_array_index (self->blocks, PjMailBlock, i);
}

/**
 * pj_mail_document_get_span:
 * @self: the document
 * @i: which, from 0; below the number of spans
 *
 * Returns: (transfer none): the span
 */
const PjMailSpan *
pj_mail_document_get_span (const PjMailDocument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->spans->len, NULL);

  return &g_array_index (self->spans, PjMailSpan, i);
}

/**
 * pj_mail_document_get_link:
 * @self: the document
 * @i: which, from 0; below the number of links
 *
 * Returns: (transfer none): the link
 */
const PjMailLink *
pj_mail_document_get_link (const PjMailDocument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->links->len, NULL);

  return g_ptr_array_index (self->links, i);
}

/* Writing a document out as plain text. */
typedef struct
{
  const PjMailDocument *document;
  GString *out;
  guint next_span;
} Writing;

static void
write_margin (GString *out, const PjMailBlock *block, gboolean is_first_line)
{
  gboolean is_item = block->kind == PJ_MAIL_BLOCK_ITEM;
  guint indent = block->kind == PJ_MAIL_BLOCK_HEADING ? 0 : block->level;

  for (guint i = 0; i < block->quote_depth; i++)
    g_string_append (out, "> ");
  for (guint i = is_item && is_first_line ? 1 : 0; i < indent; i++)
    g_string_append (out, "  ");

  if (!is_item || !is_first_line)
    return;
  if (block->number > 0)
    g_string_append_printf (out, "%u. ", block->number);
  else
    g_string_append (out, "• ");
}

static void
write_lines (GString *out, const PjMailBlock *block, const char *text, gsize len)
{
  const char *end = text + len;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));

      if (line_end == NULL)
        {
          g_string_append_len (out, text, end - text);
          return;
        }
      g_string_append_len (out, text, line_end + 1 - text);
      write_margin (out, block, FALSE);
      text = line_end + 1;
    }
}

static char *
simplify (const char *text)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };
  g_autofree char *lower = g_strstrip (g_ascii_strdown (text, -1));
  const char *rest = lower;

  if (g_str_has_suffix (lower, "/"))
    lower[strlen (lower) - 1] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_str_has_prefix (lower, schemes[i]))
        rest = lower + strlen (schemes[i]);
    }

  return g_strdup (rest);
}

/* Whoever leaves out the scheme says nothing about it. */
static gboolean
says_where_it_leads (const char *text, const char *target)
{
  g_autofree char *shown = simplify (text);
  g_autofree char *meant = simplify (target);

  return g_str_equal (shown, meant);
}

/* A link may go on over several spans; its target stands behind the last. */
static gboolean
ends_link (const PjMailDocument *document, guint i)
{
  const PjMailSpan *span = pj_mail_document_get_span (document, i);
  const PjMailSpan *next =
      i + 1 < document->spans->len ? pj_mail_document_get_span (document, i + 1) : NULL;

  return span->link >= 0 && (next == NULL || next->link != span->link);
}

/* Returns: (transfer full): the text of the link that ends with a span, as far
 * as it can be seen: what is hidden in it, nobody reads as where it leads */
static char *
dup_link_text (const PjMailDocument *document, guint last)
{
  const int link = pj_mail_document_get_span (document, last)->link;
  g_autoptr (GString) text = g_string_new (NULL);
  guint first = last;

  while (first > 0 && pj_mail_document_get_span (document, first - 1)->link == link)
    first--;
  for (guint i = first; i <= last; i++)
    {
      const PjMailSpan *span = pj_mail_document_get_span (document, i);

      if ((span->style & PJ_MAIL_SPAN_HIDDEN) == 0)
        g_string_append_len (text, document->text->str + span->start, (gssize) span->len);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_target (Writing *writing, const PjMailSpan *span)
{
  const PjMailLink *link = pj_mail_document_get_link (writing->document, (guint) span->link);
  g_autofree char *text = dup_link_text (writing->document, writing->next_span);

  if (!says_where_it_leads (text, link->target))
    g_string_append_printf (writing->out, " <%s>", link->target);
}

static void
write_span (Writing *writing, const PjMailBlock *block, const PjMailSpan *span)
{
  const char *text = writing->document->text->str + span->start;
  gboolean is_hidden = (span->style & PJ_MAIL_SPAN_HIDDEN) != 0;
  gboolean is_in_brackets = is_hidden || (span->style & PJ_MAIL_SPAN_IMAGE) != 0;

  if (is_in_brackets)
    g_string_append_c (writing->out, '[');
  if (is_hidden)
    /* TRANSLATORS: stands before text of a mail that its sender made invisible */
    g_string_append_printf (writing->out, "%s: ", _ ("hidden text"));
  write_lines (writing->out, block, text, span->len);
  if (is_in_brackets)
    g_string_append_c (writing->out, ']');
  if (ends_link (writing->document, writing->next_span))
    write_target (writing, span);
}

static void
write_block (Writing *writing, const PjMailBlock *block)
{
  const PjMailDocument *document = writing->document;
  const char *text = document->text->str;
  gsize end = block->start + block->len;
  gsize at = block->start;

  write_margin (writing->out, block, TRUE);
  if (block->kind == PJ_MAIL_BLOCK_RULE)
    g_string_append (writing->out, RULE);

  for (; writing->next_span < document->spans->len; writing->next_span++)
    {
      const PjMailSpan *span = pj_mail_document_get_span (document, writing->next_span);

      if (span->start >= end)
        break;
      write_lines (writing->out, block, text + at, span->start - at);
      write_span (writing, block, span);
      at = span->start + span->len;
    }
  write_lines (writing->out, block, text + at, end - at);
  g_string_append_c (writing->out, '\n');
}

/**
 * pj_mail_document_to_text:
 * @self: the document
 *
 * Lays it out as plain text: "> " before quotes, marks before items, a blank
 * line between blocks, and behind a link where it leads unless its text says so.
 * What stands for an image or was hidden is in brackets.
 *
 * Returns: (transfer full): the text, LF line ends
 */
char *
pj_mail_document_to_text (const PjMailDocument *self)
{
  Writing writing = { .document = self, .out = NULL };

  g_return_val_if_fail (self != NULL, NULL);

  writing.out = g_string_sized_new (self->text->len);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const PjMailBlock *block = pj_mail_document_get_block (self, i);

      if (i > 0 && !block->is_tight)
        g_string_append_c (writing.out, '\n');
      write_block (&writing, block);
    }

  return g_string_free (writing.out, FALSE);
}
