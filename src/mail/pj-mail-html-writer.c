/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer-private.h"

#include <string.h>

#include "base/pj-text.h"

#define MAX_ALT_CHARS 200

/* What begins a block, or two lines of it, at the greatest depth */
#define MAX_MARGIN_BYTES (2 * (4 * PJ_MAIL_DOCUMENT_MAX_DEPTH + 2))

/* Of text that is not seen: the preview line of an honest newsletter; words
 * to fool a filter run to pages, and may be strewn over the mail. */
#define MAX_HIDDEN_CHARS 300
#define MAX_ALL_HIDDEN_CHARS 3000

/**
 * pj_mail_html_writer_new:
 * @max_bytes: text after which it is full
 *
 * Returns: (transfer full): an empty one; to be freed by
 *   pj_mail_html_writer_finish()
 */
PjMailHtmlWriter *
pj_mail_html_writer_new (gsize max_bytes)
{
  PjMailHtmlWriter *self = g_new0 (PjMailHtmlWriter, 1);

  self->document = pj_mail_document_new ();
  self->link_text = g_string_new (NULL);
  self->max_bytes = max_bytes;
  self->is_block = TRUE;
  self->link = -1;

  return self;
}

/**
 * pj_mail_html_writer_finish:
 * @self: (transfer full): the writer
 *
 * Returns: (transfer full): the document
 */
PjMailDocument *
pj_mail_html_writer_finish (PjMailHtmlWriter *self)
{
  PjMailDocument *document;

  g_return_val_if_fail (self != NULL, NULL);

  pj_mail_html_writer_end_link (self);
  document = self->document;
  g_string_free (self->link_text, TRUE);
  g_free (self);

  return document;
}

/**
 * pj_mail_html_writer_is_full:
 * @self: the writer
 *
 * Returns: whether it takes no more
 */
gboolean
pj_mail_html_writer_is_full (const PjMailHtmlWriter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->laid_out >= self->max_bytes;
}

/**
 * pj_mail_html_writer_is_cut:
 * @self: the writer
 *
 * Returns: whether it was given what the document has no room for: text, or
 *   links that became plain text
 */
gboolean
pj_mail_html_writer_is_cut (const PjMailHtmlWriter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_cut || pj_mail_html_writer_is_full (self);
}

/* Whether there is room for what is owed, and a letter. */
static gboolean
has_room (const PjMailHtmlWriter *self)
{
  gsize owed = self->is_block || self->newlines > 0 ? MAX_MARGIN_BYTES : 1;

  return self->laid_out + owed < self->max_bytes;
}

static void
write_text (PjMailHtmlWriter *self, const char *text, gsize len, PjMailSpanStyle style)
{
  gboolean is_hidden = (style & PJ_MAIL_SPAN_HIDDEN) != 0;

  if (!has_room (self))
    {
      self->laid_out = self->max_bytes;
      return;
    }

  if (!is_hidden)
    pj_mail_html_writer_begin_link (self);
  if (self->is_block || self->is_cell || self->is_blank || self->newlines > 0)
    pj_mail_html_writer_remember_link_text (self, " ", 1);
  pj_mail_html_writer_begin (self);

  len = pj_text_fit_bytes (text, len, self->max_bytes - MIN (self->laid_out, self->max_bytes));
  pj_mail_document_add_text (self->document, text, len, style, is_hidden ? -1 : self->link);
  self->laid_out += len;
  if (!is_hidden)
    pj_mail_html_writer_remember_link_text (self, text, len);
}

static void
write_hidden (PjMailHtmlWriter *self, const char *text, gsize len)
{
  guint n_chars = (guint) g_utf8_strlen (text, (gssize) len);
  guint n_room;

  if (self->hidden_chars >= MAX_HIDDEN_CHARS || self->all_hidden_chars >= MAX_ALL_HIDDEN_CHARS)
    return;

  n_room =
      MIN (MAX_HIDDEN_CHARS - self->hidden_chars, MAX_ALL_HIDDEN_CHARS - self->all_hidden_chars);
  if (n_chars > n_room)
    len = (gsize) (g_utf8_offset_to_pointer (text, n_room) - text);
  write_text (self, text, len, self->style);
  if (n_chars >= n_room)
    write_text (self, "…", strlen ("…"), self->style);

  self->hidden_chars += n_chars;
  self->all_hidden_chars += n_chars;
}

static void
write_word (PjMailHtmlWriter *self, const char *text, gsize len)
{
  if ((self->style & PJ_MAIL_SPAN_HIDDEN) != 0)
    {
      write_hidden (self, text, len);
      return;
    }

  self->hidden_chars = 0;
  write_text (self, text, len, self->style);
}

static void
add_preformatted (PjMailHtmlWriter *self, const char *text, gsize len)
{
  const char *end = text + len;

  while (text < end && !pj_mail_html_writer_is_full (self))
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));
      gsize n = (gsize) ((line_end != NULL ? line_end : end) - text);

      if (n > 0)
        write_word (self, text, n);
      if (line_end == NULL)
        return;
      self->newlines = MIN (self->newlines + 1, PJ_MAIL_HTML_WRITER_MAX_NEWLINES);
      text = line_end + 1;
    }
}

/* Length in bytes of the white space at @text, 0 when there is none. A
 * no-break space (C2 A0) lays out tables of newsletters: a blank like others. */
static gsize
measure_space (const char *text, gsize len)
{
  if (g_ascii_isspace (*text))
    return 1;

  return len >= 2 && text[0] == '\xC2' && text[1] == '\xA0' ? 2 : 0;
}

static void
add_words (PjMailHtmlWriter *self, const char *text, gsize len)
{
  for (gsize i = 0; i < len && !pj_mail_html_writer_is_full (self);)
    {
      gsize start = i;
      gsize blank = measure_space (text + i, len - i);

      if (blank > 0)
        {
          self->is_blank = TRUE;
          i += blank;
          continue;
        }

      while (i < len && measure_space (text + i, len - i) == 0)
        i++;
      write_word (self, text + start, i - start);
    }
}

/**
 * pj_mail_html_writer_set_style:
 * @self: the writer
 * @style: how text looks from here on
 */
void
pj_mail_html_writer_set_style (PjMailHtmlWriter *self, PjMailSpanStyle style)
{
  g_return_if_fail (self != NULL);

  self->style = style;
}

/**
 * pj_mail_html_writer_add_text:
 * @self: the writer
 * @text: UTF-8, not cleaned
 * @len: bytes
 *
 * Writes text; white space in it counts as HTML has it, outside of pre.
 */
void
pj_mail_html_writer_add_text (PjMailHtmlWriter *self, const char *text, gsize len)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  clean = pj_text_clean_block (text, (gssize) len, len);
  if (self->pre_depth > 0)
    add_preformatted (self, clean, strlen (clean));
  else
    add_words (self, clean, strlen (clean));
}

/**
 * pj_mail_html_writer_add_image:
 * @self: the writer
 * @alt: text that stands for the image
 *
 * Writes the text, which can be seen whatever the style is; nothing when it
 * is empty, unless the image is all that there is of a link.
 */
void
pj_mail_html_writer_add_image (PjMailHtmlWriter *self, const char *alt)
{
  g_autofree char *clean = NULL;
  const PjMailSpan *before;
  PjMailSpanStyle around;

  g_return_if_fail (self != NULL && alt != NULL);

  clean = pj_text_clean_line (alt, -1, MAX_ALT_CHARS);
  self->has_link_image = TRUE;
  if (*clean == '\0' || pj_mail_html_writer_is_full (self))
    return;

  /* Two in a row are two. */
  before = pj_mail_html_writer_get_touching_span (self);
  if (before != NULL && (before->style & PJ_MAIL_SPAN_IMAGE) != 0)
    self->is_blank = TRUE;

  around = self->style;
  self->style = PJ_MAIL_SPAN_IMAGE;
  write_word (self, clean, strlen (clean));
  self->style = around;
}

/**
 * pj_mail_html_writer_add_blank:
 * @self: the writer
 *
 * The next text is set apart from the one before it.
 */
void
pj_mail_html_writer_add_blank (PjMailHtmlWriter *self)
{
  g_return_if_fail (self != NULL);

  self->is_blank = TRUE;
}
