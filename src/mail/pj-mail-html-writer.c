/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer.h"

#include <string.h>

#include "base/pj-text.h"

/* Deeper quotes and lists are drawn at this depth: each line bears its marks,
 * so without a limit 100,000 nested ones would cost their square. */
#define MAX_DEPTH 8

/* Blank lines in a row: one says as much as ten. */
#define MAX_NEWLINES 2

/* Tracking links run to some hundreds of characters. */
#define MAX_TARGET_CHARS 1000
#define MAX_ALT_CHARS 200

/**
 * PjMailHtmlWriter:
 *
 * Lays out as plain text what comes out of an HTML mail. White space is
 * owed, not written: it goes out with the next text, so that nothing ends in
 * blanks and no number of empty elements makes empty lines. One thread.
 */
struct _PjMailHtmlWriter
{
  /* Owned */
  GString *out;
  char *target; /* NULL: outside of links */

  /* Plain */
  gsize max_bytes;
  gsize link_start; /* where in @out its text begins */
  gboolean has_link_text;

  guint newlines; /* owed before the next text */
  gboolean cell;  /* likewise, a tab */
  gboolean space; /* likewise, a blank */
  gboolean item;  /* likewise, the mark of a list item */

  guint pre_depth;
  guint quote_depth;
  guint list_depth;
  int numbers[MAX_DEPTH]; /* next number of each list; -1: bullets */
};

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

  self->out = g_string_new (NULL);
  self->max_bytes = max_bytes;

  return self;
}

/**
 * pj_mail_html_writer_finish:
 * @self: (transfer full): the writer
 *
 * Returns: (transfer full): the text
 */
char *
pj_mail_html_writer_finish (PjMailHtmlWriter *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  pj_mail_html_writer_end_link (self);
  text = g_string_free (self->out, FALSE);
  g_free (self);

  return text;
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
  return self->out->len >= self->max_bytes;
}

static guint
get_list_level (const PjMailHtmlWriter *self)
{
  return MIN (self->list_depth, MAX_DEPTH);
}

static void
write_line_start (PjMailHtmlWriter *self)
{
  guint level = get_list_level (self);
  guint indent = level == 0 ? 0 : 2 * (self->item ? level - 1 : level);

  for (guint i = 0; i < MIN (self->quote_depth, MAX_DEPTH); i++)
    g_string_append (self->out, "> ");
  for (guint i = 0; i < indent; i++)
    g_string_append_c (self->out, ' ');

  if (self->item && level > 0 && self->numbers[level - 1] >= 0)
    g_string_append_printf (self->out, "%d. ", self->numbers[level - 1]++);
  else if (self->item)
    g_string_append (self->out, "• ");
  self->item = FALSE;
}

static void
write_owed (PjMailHtmlWriter *self)
{
  if (self->out->len == 0 || self->newlines > 0)
    {
      for (guint i = 0; self->out->len > 0 && i < self->newlines; i++)
        g_string_append_c (self->out, '\n');
      write_line_start (self);
    }
  else if (self->cell)
    g_string_append_c (self->out, '\t');
  else if (self->space)
    g_string_append_c (self->out, ' ');

  self->newlines = 0;
  self->cell = FALSE;
  self->space = FALSE;

  if (self->target != NULL && !self->has_link_text)
    {
      self->has_link_text = TRUE;
      self->link_start = self->out->len;
    }
}

static void
add_preformatted (PjMailHtmlWriter *self, const char *text, gsize len)
{
  gsize char_len;

  for (gsize i = 0; i < len && !pj_mail_html_writer_is_full (self); i += char_len)
    {
      char_len = MIN ((gsize) g_utf8_skip[(guchar) text[i]], len - i);
      if (text[i] == '\n')
        {
          pj_mail_html_writer_break_line (self);
          continue;
        }
      if (self->newlines > 0 || self->out->len == 0)
        write_owed (self);
      g_string_append_len (self->out, text + i, (gssize) char_len);
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

/**
 * pj_mail_html_writer_add_text:
 * @self: the writer
 * @text: UTF-8
 * @len: bytes
 *
 * Writes text; white space in it counts as HTML has it, outside of pre.
 */
void
pj_mail_html_writer_add_text (PjMailHtmlWriter *self, const char *text, gsize len)
{
  if (self->pre_depth > 0)
    {
      add_preformatted (self, text, len);
      return;
    }

  for (gsize i = 0; i < len && !pj_mail_html_writer_is_full (self);)
    {
      gsize start = i;
      gsize blank = measure_space (text + i, len - i);

      if (blank > 0)
        {
          self->space = TRUE;
          i += blank;
          continue;
        }

      write_owed (self);
      while (i < len && measure_space (text + i, len - i) == 0)
        i++;
      g_string_append_len (self->out, text + start, (gssize) (i - start));
    }
}

/**
 * pj_mail_html_writer_add_image:
 * @self: the writer
 * @alt: text that stands for the image
 *
 * Writes the text in brackets; nothing when it is empty.
 */
void
pj_mail_html_writer_add_image (PjMailHtmlWriter *self, const char *alt)
{
  g_autofree char *clean = pj_text_clean_line (alt, -1, MAX_ALT_CHARS);

  if (*clean == '\0' || pj_mail_html_writer_is_full (self))
    return;

  write_owed (self);
  g_string_append_printf (self->out, "[%s]", clean);
}

/**
 * pj_mail_html_writer_add_rule:
 * @self: the writer
 *
 * Draws a line across, on a line of its own.
 */
void
pj_mail_html_writer_add_rule (PjMailHtmlWriter *self)
{
  if (pj_mail_html_writer_is_full (self))
    return;

  pj_mail_html_writer_need_lines (self, 1);
  write_owed (self);
  g_string_append (self->out, "――――――――――");
  pj_mail_html_writer_need_lines (self, 1);
}

/**
 * pj_mail_html_writer_break_line:
 * @self: the writer
 *
 * The next text begins on a further line; of several in a row only two count.
 */
void
pj_mail_html_writer_break_line (PjMailHtmlWriter *self)
{
  self->newlines = MIN (self->newlines + 1, MAX_NEWLINES);
  self->cell = FALSE;
  self->space = FALSE;
}

/**
 * pj_mail_html_writer_need_lines:
 * @self: the writer
 * @n: 1 for a new line, 2 for a blank line as well
 *
 * The next text begins on a line of its own.
 */
void
pj_mail_html_writer_need_lines (PjMailHtmlWriter *self, guint n)
{
  self->newlines = MAX (self->newlines, n);
  self->cell = FALSE;
  self->space = FALSE;
}

/**
 * pj_mail_html_writer_need_cell:
 * @self: the writer
 *
 * The next text is set apart from the one before it, on the same line.
 */
void
pj_mail_html_writer_need_cell (PjMailHtmlWriter *self)
{
  self->cell = TRUE;
}

/**
 * pj_mail_html_writer_start_link:
 * @self: the writer
 * @target: (nullable): where it leads; %NULL or a place in the same mail
 *   makes it ordinary text
 */
void
pj_mail_html_writer_start_link (PjMailHtmlWriter *self, const char *target)
{
  pj_mail_html_writer_end_link (self);

  if (target == NULL || *target == '#' || *target == '\0')
    return;

  self->target = pj_text_clean_line (target, -1, MAX_TARGET_CHARS);
  self->has_link_text = FALSE;
}

static char *
simplify_target (const char *text, gsize len)
{
  g_autofree char *copy = g_strstrip (g_strndup (text, len));

  if (g_str_has_suffix (copy, "/"))
    copy[strlen (copy) - 1] = '\0';

  return g_ascii_strdown (copy, -1);
}

/* Whoever leaves out the scheme says nothing about it; whoever names another
 * one, https for http, says what is not so. */
static gboolean
says_where_it_leads (const char *text, gsize len, const char *target)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };
  g_autofree char *shown = simplify_target (text, len);
  g_autofree char *meant = simplify_target (target, strlen (target));

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_str_has_prefix (meant, schemes[i]) && g_str_equal (shown, meant + strlen (schemes[i])))
        return TRUE;
    }

  return g_str_equal (shown, meant);
}

/**
 * pj_mail_html_writer_end_link:
 * @self: the writer
 *
 * Writes where the link leads, unless its text says the same.
 */
void
pj_mail_html_writer_end_link (PjMailHtmlWriter *self)
{
  g_autofree char *target = g_steal_pointer (&self->target);
  gboolean has_text = self->has_link_text;

  self->has_link_text = FALSE;
  if (target == NULL || pj_mail_html_writer_is_full (self))
    return;

  if (has_text)
    {
      if (says_where_it_leads (self->out->str + self->link_start, self->out->len - self->link_start,
                               target))
        return;
      g_string_append_c (self->out, ' ');
    }
  else
    write_owed (self);

  g_string_append_printf (self->out, "<%s>", target);
}

/**
 * pj_mail_html_writer_start_list:
 * @self: the writer
 * @is_numbered: whether its items have numbers in place of bullets
 *
 * The items that follow are marked and, in a list within a list, indented.
 */
void
pj_mail_html_writer_start_list (PjMailHtmlWriter *self, gboolean is_numbered)
{
  pj_mail_html_writer_need_lines (self, self->list_depth == 0 ? 2 : 1);

  self->list_depth++;
  self->numbers[get_list_level (self) - 1] = is_numbered ? 1 : -1;
}

/**
 * pj_mail_html_writer_end_list:
 * @self: the writer
 *
 * Goes back to the list around it. Without a list it only breaks the line.
 */
void
pj_mail_html_writer_end_list (PjMailHtmlWriter *self)
{
  if (self->list_depth > 0)
    self->list_depth--;
  self->item = FALSE;
  pj_mail_html_writer_need_lines (self, self->list_depth == 0 ? 2 : 1);
}

/**
 * pj_mail_html_writer_start_item:
 * @self: the writer
 *
 * The next text begins a line with the mark of its list.
 */
void
pj_mail_html_writer_start_item (PjMailHtmlWriter *self)
{
  pj_mail_html_writer_need_lines (self, 1);
  self->item = TRUE;
}

/**
 * pj_mail_html_writer_start_quote:
 * @self: the writer
 *
 * Lines that begin from here bear one more "> ".
 */
void
pj_mail_html_writer_start_quote (PjMailHtmlWriter *self)
{
  pj_mail_html_writer_need_lines (self, 2);
  self->quote_depth++;
}

/**
 * pj_mail_html_writer_end_quote:
 * @self: the writer
 *
 * Undoes one pj_mail_html_writer_start_quote(); without one it only breaks the line.
 */
void
pj_mail_html_writer_end_quote (PjMailHtmlWriter *self)
{
  if (self->quote_depth > 0)
    self->quote_depth--;
  pj_mail_html_writer_need_lines (self, 2);
}

/**
 * pj_mail_html_writer_start_pre:
 * @self: the writer
 *
 * White space counts from here as it stands.
 */
void
pj_mail_html_writer_start_pre (PjMailHtmlWriter *self)
{
  pj_mail_html_writer_need_lines (self, 2);
  self->pre_depth++;
}

/**
 * pj_mail_html_writer_end_pre:
 * @self: the writer
 *
 * Undoes one pj_mail_html_writer_start_pre(); without one it only breaks the line.
 */
void
pj_mail_html_writer_end_pre (PjMailHtmlWriter *self)
{
  if (self->pre_depth > 0)
    self->pre_depth--;
  pj_mail_html_writer_need_lines (self, 2);
}
