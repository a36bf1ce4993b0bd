/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-plain-line.h"

#include <string.h>

static gboolean
begins_with (const char *text, gsize len, const char *prefix)
{
  return len >= strlen (prefix) && memcmp (text, prefix, strlen (prefix)) == 0;
}

static void
skip (PjMailPlainLine *line, gsize n)
{
  line->text += n;
  line->len -= n;
}

/* RFC 3676 section 4.5: the marks stand together. */
static void
read_flowed_quotes (PjMailPlainLine *line)
{
  while (begins_with (line->text, line->len, ">"))
    {
      line->quotes++;
      skip (line, 1);
    }
}

/* Most programs put a blank behind each mark. One that stands before "From" is
 * not a quote: programs that store mails put it there. */
static void
read_quotes (PjMailPlainLine *line)
{
  if (begins_with (line->text, line->len, ">From "))
    return;

  while (begins_with (line->text, line->len, ">") ||
         (line->quotes > 0 && begins_with (line->text, line->len, " >")))
    {
      line->quotes++;
      skip (line, *line->text == ' ' ? 2 : 1);
    }
}

static void
strip_end (PjMailPlainLine *line)
{
  while (line->len > 0 && g_ascii_isspace (line->text[line->len - 1]))
    line->len--;
}

/**
 * pj_mail_plain_line_read:
 * @start: a line of a text/plain body
 * @len: bytes of it, without its end
 * @format: how its part is written
 *
 * Takes a line apart. What is left of blanks at its end is part of the text.
 *
 * Reference: RFC 3676 section 4.
 *
 * Returns: the line, within @start
 */
PjMailPlainLine
pj_mail_plain_line_read (const char *start, gsize len, PjMailPlainFormat format)
{
  PjMailPlainLine line = { .text = start, .len = len };

  if (format == PJ_MAIL_PLAIN_FIXED)
    read_quotes (&line);
  else
    read_flowed_quotes (&line);

  /* Section 4.4: a stuffed space protects what stands behind it. */
  if ((line.quotes > 0 || format != PJ_MAIL_PLAIN_FIXED) && begins_with (line.text, line.len, " "))
    skip (&line, 1);

  /* Section 4.3: the separator of signatures ends in a space, but stands alone. */
  line.is_separator = line.len == 3 && begins_with (line.text, line.len, "-- ");
  if (line.is_separator)
    return line;

  line.is_flowed = format != PJ_MAIL_PLAIN_FIXED && line.len > 0 && line.text[line.len - 1] == ' ';
  if (!line.is_flowed)
    strip_end (&line);
  else if (format == PJ_MAIL_PLAIN_FLOWED_DELSP)
    line.len--;

  return line;
}
