/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-flowed.h"

#include <string.h>

typedef struct
{
  const char *text; /* without quote marks and stuffing */
  gsize len;
  guint quotes;
  gboolean is_flowed;    /* the next line continues it */
  gboolean is_separator; /* of the signature */
} Line;

static Line
read_line (const char *start, gsize len)
{
  Line line = { .text = start, .len = len };

  while (line.quotes < len && start[line.quotes] == '>')
    line.quotes++;
  line.text += line.quotes;
  line.len -= line.quotes;

  /* Section 4.4: a stuffed space protects what stands behind it. */
  if (line.len > 0 && line.text[0] == ' ')
    {
      line.text++;
      line.len--;
    }

  /* Section 4.3: the separator of signatures ends in a space, but stands alone. */
  line.is_separator = line.len == 3 && memcmp (line.text, "-- ", 3) == 0;
  line.is_flowed = line.len > 0 && line.text[line.len - 1] == ' ' && !line.is_separator;

  return line;
}

static void
start_line (GString *out, const Line *line)
{
  for (guint i = 0; i < line->quotes; i++)
    g_string_append_c (out, '>');
  if (line->quotes > 0 && line->len > 0)
    g_string_append_c (out, ' ');
}

/**
 * pj_mail_flowed_to_text:
 * @text: a text/plain body with format=flowed, LF or CRLF line ends
 * @delete_space: whether the part says DelSp=yes
 *
 * Joins the lines that the sender's program broke, so that the text can be
 * wrapped to any width. Linear.
 *
 * Reference: RFC 3676 section 4.
 *
 * Returns: (transfer full): the text, LF line ends
 */
char *
pj_mail_flowed_to_text (const char *text, gboolean delete_space)
{
  g_autoptr (GString) out = NULL;
  Line last = { .text = NULL };

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 1);
  for (const char *at = text; *at != '\0';)
    {
      const char *end = strchr (at, '\n');
      gsize len = end != NULL ? (gsize) (end - at) : strlen (at);
      Line line = read_line (at, len > 0 && at[len - 1] == '\r' ? len - 1 : len);

      if (!last.is_flowed || last.quotes != line.quotes || line.is_separator)
        {
          if (last.text != NULL)
            g_string_append_c (out, '\n');
          start_line (out, &line);
        }
      g_string_append_len (out, line.text,
                           (gssize) (line.is_flowed && delete_space ? line.len - 1 : line.len));

      last = line;
      at += len + (end != NULL ? 1 : 0);
    }
  if (last.text != NULL)
    g_string_append_c (out, '\n');

  return g_strdup (out->str);
}
