/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-document.h"

#include <string.h>

#include "fuzz.h"

static void
check_blocks (const PjMailDocument *document)
{
  const char *text = document->text->str;
  gsize at = 0;

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PjMailBlock *block = pj_mail_document_get_block (document, i);

      g_assert_cmpuint (block->start, ==, at);
      g_assert_true (block->len > 0 || block->kind == PJ_MAIL_BLOCK_RULE);
      g_assert_true (g_utf8_validate (text + block->start, (gssize) block->len, NULL));
      g_assert_cmpint (text[block->start + block->len], ==, '\n');
      g_assert_cmpuint (block->level, <=, PJ_MAIL_DOCUMENT_MAX_DEPTH);
      g_assert_cmpuint (block->quote_depth, <=, PJ_MAIL_DOCUMENT_MAX_DEPTH);
      g_assert_true (block->number == 0 || block->kind == PJ_MAIL_BLOCK_ITEM);
      at = block->start + block->len + 1;
    }
  g_assert_cmpuint (document->text->len, ==, at);
}

static void
check_spans (const PjMailDocument *document)
{
  const char *text = document->text->str;
  gsize at = 0;
  guint i_block = 0;

  for (guint i = 0; i < document->spans->len; i++)
    {
      const PjMailSpan *span = pj_mail_document_get_span (document, i);
      const PjMailBlock *block = pj_mail_document_get_block (document, i_block);

      while (span->start >= block->start + block->len)
        block = pj_mail_document_get_block (document, ++i_block);
      g_assert_cmpuint (span->start, >=, MAX (at, block->start));
      g_assert_cmpuint (span->len, >, 0);
      g_assert_cmpuint (span->start + span->len, <=, block->start + block->len);
      g_assert_true (g_utf8_validate (text + span->start, (gssize) span->len, NULL));
      g_assert_cmpint (span->link, >=, -1);
      g_assert_cmpint (span->link, <, (int) document->links->len);
      at = span->start + span->len;
    }
}

/* What every document keeps to that a mail is made into. */
void
fuzz_document_check (const PjMailDocument *document)
{
  g_autofree char *text = pj_mail_document_to_text (document);

  check_blocks (document);
  check_spans (document);
  g_assert_cmpuint (document->links->len, <=, PJ_MAIL_DOCUMENT_MAX_LINKS);
  for (guint i = 0; i < document->links->len; i++)
    {
      const PjMailLink *link = pj_mail_document_get_link (document, i);

      g_assert_true (g_utf8_validate (link->target, -1, NULL));
      g_assert_null (strchr (link->target, '\n'));
      g_assert_true (g_utf8_validate (link->host, -1, NULL));
    }
  g_assert_true (g_utf8_validate (text, -1, NULL));
}
