/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-lines.h"

#include <string.h>

/* Returns: the bytes of the line at @bytes, its LF included. */
static gsize
get_line_len (const char *bytes, gsize len)
{
  const char *end = memchr (bytes, '\n', len);

  return end == NULL ? len : (gsize) (end - bytes) + 1;
}

/**
 * pj_demo_lines_to_crlf:
 * @bytes: a text with LF or CRLF line ends, in any charset that keeps ASCII
 * @len: its bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): the same text with CRLF line ends, also after
 *   the last line
 */
GBytes *
pj_demo_lines_to_crlf (const char *bytes, gsize len)
{
  GString *out;

  g_return_val_if_fail (bytes != NULL || len == 0, NULL);

  out = g_string_sized_new (len + len / 32 + 2);
  for (gsize at = 0; at < len;)
    {
      gsize line_len = get_line_len (bytes + at, len - at);
      gsize text_len = line_len;

      if (bytes[at + text_len - 1] == '\n')
        text_len--;
      if (text_len > 0 && text_len < line_len && bytes[at + text_len - 1] == '\r')
        text_len--;

      g_string_append_len (out, bytes + at, text_len);
      g_string_append (out, "\r\n");
      at += line_len;
    }

  return g_string_free_to_bytes (out);
}

/**
 * pj_demo_lines_append_stuffed:
 * @out: where to append
 * @bytes: a text with CRLF line ends
 * @len: its bytes
 *
 * Appends @bytes as the body of a multi-line reply: a line that begins with
 * a dot gets another in front. The closing line with the single dot is left
 * to the caller. Any thread.
 *
 * Reference: RFC 1939 section 3
 */
void
pj_demo_lines_append_stuffed (GString *out, const char *bytes, gsize len)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (bytes != NULL || len == 0);

  for (gsize at = 0; at < len;)
    {
      gsize line_len = get_line_len (bytes + at, len - at);

      if (bytes[at] == '.')
        g_string_append_c (out, '.');
      g_string_append_len (out, bytes + at, line_len);
      at += line_len;
    }
}

/**
 * pj_demo_lines_get_top_len:
 * @bytes: a mail with CRLF line ends
 * @len: its bytes
 * @body_lines: lines wanted besides the header and the empty line after it
 *
 * A mail without an empty line is all header. Any thread.
 *
 * Reference: RFC 1939 section 7 (TOP)
 *
 * Returns: how many of @bytes TOP shows
 */
gsize
pj_demo_lines_get_top_len (const char *bytes, gsize len, guint64 body_lines)
{
  gboolean in_body = FALSE;
  gsize at = 0;

  g_return_val_if_fail (bytes != NULL || len == 0, 0);

  while (at < len)
    {
      gsize line_len = get_line_len (bytes + at, len - at);

      if (in_body && body_lines-- == 0)
        break;
      if (line_len == 2 && bytes[at] == '\r')
        in_body = TRUE;
      at += line_len;
    }

  return at;
}
