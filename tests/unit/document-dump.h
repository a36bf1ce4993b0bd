/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

/* A document as one line a block, for tables of tests: "+" when it is tight, ">"
 * for each time it is quoted, its kind (P paragraph, H heading, I item, R row,
 * F preformatted, - rule) with its level and number, "|", its text. Spans are
 * in braces: {es@TARGET:text} with letters for emphasis, strong, code, x for
 * struck, image, hidden. LF shows as "/", a tab as "~". */
static inline void
document_dump_text (GString *out, const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    g_string_append_c (out, text[i] == '\n' ? '/' : text[i] == '\t' ? '~' : text[i]);
}

static inline void
document_dump_span (GString *out, const PjMailDocument *document, const PjMailSpan *span)
{
  static const char letters[] = "escxih";

  g_string_append_c (out, '{');
  for (guint i = 0; letters[i] != '\0'; i++)
    {
      if ((span->style & (1u << i)) != 0)
        g_string_append_c (out, letters[i]);
    }
  if (span->link >= 0)
    g_string_append_printf (out, "@%s",
                            pj_mail_document_get_link (document, (guint) span->link)->target);
  g_string_append_c (out, ':');
  document_dump_text (out, document->text->str + span->start, span->len);
  g_string_append_c (out, '}');
}

static inline void
document_dump_head (GString *out, const PjMailBlock *block)
{
  if (block->is_tight)
    g_string_append_c (out, '+');
  for (guint i = 0; i < block->quote_depth; i++)
    g_string_append_c (out, '>');
  g_string_append_c (out, "PHIRF-"[block->kind]);
  if (block->level > 0)
    g_string_append_printf (out, "%u", block->level);
  if (block->number > 0)
    g_string_append_printf (out, ".%u", block->number);
  g_string_append_c (out, '|');
}

static inline char *
document_dump (const PjMailDocument *document)
{
  GString *out = g_string_new (NULL);
  guint    next = 0;

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PjMailBlock *block = pj_mail_document_get_block (document, i);
      gsize              at = block->start;

      if (i > 0)
        g_string_append_c (out, '\n');
      document_dump_head (out, block);
      for (; next < document->spans->len; next++)
        {
          const PjMailSpan *span = pj_mail_document_get_span (document, next);

          if (span->start >= block->start + block->len)
            break;
          document_dump_text (out, document->text->str + at, span->start - at);
          document_dump_span (out, document, span);
          at = span->start + span->len;
        }
      document_dump_text (out, document->text->str + at, block->start + block->len - at);
    }

  return g_string_free (out, FALSE);
}
