/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-plain.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-auto-link.h"
#include "mail/pj-mail-link-reader.h"

/* One reading of one text. */
typedef struct
{
  /* Borrowed from pj_mail_plain_to_document() */
  PjMailDocument *document;
  GString *paragraph; /* lines that are not in the document yet */

  /* Plain */
  gsize max_bytes;
  gsize laid_out; /* bytes that the document takes as plain text */
  guint quotes;   /* of the paragraph */
  gboolean is_flowed;
  gboolean is_after_blank;
  gboolean is_cut;
} Reading;

static void
add_link (Reading *reading, const PjMailAutoLink *found)
{
  g_autofree char *text = g_strndup (reading->paragraph->str + found->start, found->len);
  g_autofree char *target = g_strconcat (found->scheme, text, NULL);
  g_autoptr (PjMailLink) link = pj_mail_link_read (target, text);
  int index = pj_mail_document_add_link (reading->document, link);

  pj_mail_document_add_text (reading->document, text, found->len, 0, index);
}

static void
add_text (Reading *reading, gsize from, gsize to)
{
  pj_mail_document_add_text (reading->document, reading->paragraph->str + from, to - from, 0, -1);
}

static void
add_paragraph (Reading *reading)
{
  PjMailAutoLink link;
  gsize at = 0;

  /* A reader of links sees no more of them than the document takes. */
  while (reading->document->links->len < PJ_MAIL_DOCUMENT_MAX_LINKS &&
         pj_mail_auto_link_find (reading->paragraph->str, at, &link))
    {
      add_text (reading, at, link.start);
      add_link (reading, &link);
      at = link.start + link.len;
    }
  add_text (reading, at, reading->paragraph->len);
}

/* Bytes that a line of the paragraph, or the space around it, takes besides its text */
static gsize
count_margin (const Reading *reading)
{
  return 2u * MIN (reading->quotes, PJ_MAIL_DOCUMENT_MAX_DEPTH) + 2;
}

/* Cuts the paragraph down to what there is room for. */
static void
fit_paragraph (Reading *reading)
{
  GString *paragraph = reading->paragraph;
  gsize needed = reading->laid_out + count_margin (reading);
  gsize room = reading->max_bytes - MIN (needed, reading->max_bytes);

  if (paragraph->len <= room)
    return;

  reading->is_cut = TRUE;
  g_string_truncate (paragraph, pj_text_fit_bytes (paragraph->str, paragraph->len, room));
}

static gboolean
is_separator (const GString *paragraph)
{
  return g_str_equal (paragraph->str, "-- ");
}

static void
flush (Reading *reading)
{
  PjMailBlock block = {
    .kind = PJ_MAIL_BLOCK_PARAGRAPH,
    .quote_depth = (guint8) MIN (reading->quotes, PJ_MAIL_DOCUMENT_MAX_DEPTH),
    .is_tight = !reading->is_after_blank && reading->document->blocks->len > 0,
  };

  if (!is_separator (reading->paragraph))
    g_strchomp (reading->paragraph->str);
  g_string_set_size (reading->paragraph, strlen (reading->paragraph->str));
  fit_paragraph (reading);
  if (reading->paragraph->len == 0)
    return;

  pj_mail_document_add_block (reading->document, &block);
  add_paragraph (reading);
  reading->laid_out += reading->paragraph->len + count_margin (reading);
  reading->is_after_blank = FALSE;
  g_string_truncate (reading->paragraph, 0);
}

static gboolean
is_blank (const PjMailPlainLine *line)
{
  for (gsize i = 0; i < line->len; i++)
    {
      if (!g_ascii_isspace (line->text[i]))
        return FALSE;
    }

  return TRUE;
}

static void
add_line (Reading *reading, const PjMailPlainLine *line)
{
  gboolean is_other = line->quotes != reading->quotes || line->is_separator;

  if (is_blank (line) || is_other)
    {
      flush (reading);
      reading->is_after_blank |= is_blank (line);
      reading->quotes = line->quotes;
      reading->is_flowed = FALSE;
    }
  if (is_blank (line))
    return;

  if (reading->paragraph->len > 0 && !reading->is_flowed)
    {
      g_string_append_c (reading->paragraph, '\n');
      reading->laid_out += count_margin (reading);
    }
  g_string_append_len (reading->paragraph, line->text, (gssize) line->len);
  reading->is_flowed = line->is_flowed;
}

static gboolean
has_room (const Reading *reading)
{
  return reading->laid_out + reading->paragraph->len < reading->max_bytes;
}

/**
 * pj_mail_plain_to_document:
 * @text: a text/plain body, UTF-8 with LF line ends
 * @format: how it is written
 * @max_bytes: bytes of text after which to stop
 * @is_cut: (out): set to whether there was more than is returned
 *
 * Turns plain text into a document: paragraphs with the line breaks that they
 * have, quotes by their depth, a signature apart, addresses as links. Any
 * thread; linear.
 *
 * Reference: RFC 3676 section 4.
 *
 * Returns: (transfer full): the document, its text cleaned
 */
PjMailDocument *
pj_mail_plain_to_document (const char *text,
                           PjMailPlainFormat format,
                           gsize max_bytes,
                           gboolean *is_cut)
{
  g_autoptr (GString) paragraph = g_string_new (NULL);
  g_autofree char *clean = NULL;
  Reading reading = { .paragraph = paragraph, .max_bytes = max_bytes };
  const char *at;

  g_return_val_if_fail (text != NULL && is_cut != NULL, NULL);

  clean = pj_text_clean_block (text, -1, G_MAXSIZE);
  reading.document = pj_mail_document_new ();
  for (at = clean; *at != '\0' && has_room (&reading);)
    {
      gsize len = strcspn (at, "\n");
      PjMailPlainLine line = pj_mail_plain_line_read (at, len, format);

      add_line (&reading, &line);
      at += len + (at[len] == '\n' ? 1 : 0);
    }
  flush (&reading);

  *is_cut = reading.is_cut || *at != '\0';
  return reading.document;
}
