/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-stub.h"

#include <string.h>

/* Below this many letters a text is a line; with this many times more, and a
 * paragraph on top, the other one says something else. */
#define MAX_LINE_LETTERS 100
#define MIN_TIMES_LONGER 10
#define MIN_LETTERS_LONGER 300

/* Whoever sends one of these has nothing else to say in it. Casefolded. */
static const char *const sure_words[] = {
  "requires an html",
  "requires html",
  "html viewer",
  "html-viewer",
  "html capable",
  "html-capable",
  "html compatible",
  "html-compatible",
  "html enabled",
  "html-enabled",
  "not support html",
  "not support viewing html",
  "unable to view html",
  "cannot display html",
  "can't display html",
  "cannot view html",
  "not display html",
  "view the html",
  "read the html",
  "see the html",
  "unterstützt kein html",
  "keine html",
  "kein html",
  "html-fähig",
  "nie obsługuje html",
  "obsługującego html",
  "obsługuje formatu html",
  "no soporta html",
  "no admite html",
  "ne supporte pas html",
  "ne prend pas en charge html",
};

/* These also stand above honest texts. */
static const char *const likely_words[] = {
  "html",       "browser",        "przeglądar",  "navigateur", "navigador",
  "webversion", "online version", "view online", "wersj",      "version en ligne",
};

static guint
count_letters_between (const char *text, const char *end)
{
  guint n = 0;

  for (; text < end; text = g_utf8_next_char (text))
    n += g_unichar_isalnum (g_utf8_get_char (text));

  return n;
}

/* Letters that people read: of what is hidden none, of links where they count */
static guint
count_letters (const PjMailDocument *document, gboolean counts_links)
{
  const char *text = document->text->str;
  guint n = count_letters_between (text, text + document->text->len);

  for (guint i = 0; i < document->spans->len; i++)
    {
      const PjMailSpan *span = pj_mail_document_get_span (document, i);

      if ((span->style & PJ_MAIL_SPAN_HIDDEN) != 0 || (span->link >= 0 && !counts_links))
        n -= count_letters_between (text + span->start, text + span->start + span->len);
    }

  return n;
}

static gboolean
has_one_of (const char *text, const char *const *words, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (strstr (text, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_mail_stub_is_stub:
 * @plain: the plain text of a mail
 * @html: what its HTML text says
 *
 * Tells a text that stands only for another one ("This message requires an HTML
 * viewer", a lone address of a page, a line before a letter) from one that was
 * written to be read.
 *
 * Returns: whether @html is to be shown in place of @plain
 */
gboolean
pj_mail_stub_is_stub (const PjMailDocument *plain, const PjMailDocument *html)
{
  g_autofree char *lower = NULL;
  guint n_plain;
  guint n_html;

  g_return_val_if_fail (plain != NULL && html != NULL, FALSE);

  if (plain->blocks->len == 0)
    return TRUE;
  if (plain->text->len > PJ_MAIL_STUB_MAX_BYTES || html->blocks->len == 0)
    return FALSE;

  n_plain = count_letters (plain, FALSE);
  n_html = count_letters (html, TRUE);
  lower = g_utf8_casefold (plain->text->str, -1);
  if (has_one_of (lower, sure_words, G_N_ELEMENTS (sure_words)))
    return TRUE;
  if (n_plain == 0)
    return count_letters (html, FALSE) > 0;
  if (has_one_of (lower, likely_words, G_N_ELEMENTS (likely_words)) && n_html > 2 * n_plain)
    return TRUE;

  return n_plain < MAX_LINE_LETTERS && n_html > MIN_TIMES_LONGER * n_plain + MIN_LETTERS_LONGER;
}
