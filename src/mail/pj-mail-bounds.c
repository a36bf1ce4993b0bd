/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-bounds.h"

#include <string.h>

/* GMime takes mails apart without limits of its own. What is here keeps a mail
 * that was built to exhaust the stack, the memory or the processor from it. */

/**
 * pj_mail_bounds_is_address_field:
 * @name: field name, in any case
 * @len: bytes of it
 *
 * Reference: RFC 5322 sections 3.6.2, 3.6.3 and 3.6.6.
 *
 * Returns: whether the field holds a list of addresses
 */
gboolean
pj_mail_bounds_is_address_field (const char *name, gsize len)
{
  static const char *const names[] = {
    "From",        "Sender",        "Reply-To",  "To",        "Cc",         "Bcc",
    "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-Reply-To",
  };

  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strlen (names[i]) == len && g_ascii_strncasecmp (name, names[i], len) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_mail_bounds_has_few_colons:
 * @list: value of an address field
 *
 * Returns: whether @list has no more than %PJ_MAIL_MAX_COLONS, so that GMime
 *   may be given it
 */
gboolean
pj_mail_bounds_has_few_colons (const char *list)
{
  guint n = 0;

  g_return_val_if_fail (list != NULL, FALSE);

  for (const char *at = strchr (list, ':'); at != NULL; at = strchr (at + 1, ':'))
    {
      if (++n > PJ_MAIL_MAX_COLONS)
        return FALSE;
    }

  return TRUE;
}

static gsize
measure_line (const char *start, gsize len)
{
  const char *end = memchr (start, '\n', len);

  return end != NULL ? (gsize) (end - start) + 1 : len;
}

static gsize
count_blanks (const char *line, gsize len)
{
  gsize n = 0;

  while (n < len && (line[n] == ' ' || line[n] == '\t'))
    n++;

  return n;
}

static gboolean
begins_address_field (const char *line, gsize len)
{
  gsize start = count_blanks (line, len);
  gsize end = start;

  while (end < len && (g_ascii_isalpha (line[end]) || line[end] == '-'))
    end++;
  if (!pj_mail_bounds_is_address_field (line + start, end - start))
    return FALSE;

  end += count_blanks (line + end, len - end);
  return end < len && line[end] == ':';
}

/**
 * pj_mail_bounds_flatten_groups:
 * @bytes: body of a mail; changed in place
 * @len: bytes
 *
 * Blanks out, in what may be an address field of an attached mail, the colons
 * over %PJ_MAIL_MAX_COLONS: GMime parses these fields while it reads, and
 * nested groups would exhaust the stack. Linear in @len.
 */
void
pj_mail_bounds_flatten_groups (char *bytes, gsize len)
{
  gboolean is_in_field = FALSE;
  guint n = 0;

  g_return_if_fail (bytes != NULL || len == 0);

  for (gsize at = 0, line_len; at < len; at += line_len)
    {
      line_len = measure_line (bytes + at, len - at);

      /* An indented line goes on with a field, or is the odd first one of a header. */
      if (!is_in_field || count_blanks (bytes + at, line_len) == 0)
        {
          is_in_field = begins_address_field (bytes + at, line_len);
          n = 0;
        }

      for (gsize i = at; is_in_field && i < at + line_len; i++)
        {
          if (bytes[i] == ':' && ++n > PJ_MAIL_MAX_COLONS)
            bytes[i] = ' ';
        }
    }
}

/**
 * pj_mail_bounds_measure_parts:
 * @bytes: body of a mail
 * @len: bytes
 *
 * Measures how much of a body GMime may be given, which makes an object of
 * each part and remembers each boundary. Linear in @len.
 *
 * Reference: RFC 2046 section 5.1.1.
 *
 * Returns: bytes before the line that has one boundary too many
 *   (%PJ_MAIL_MAX_DASH_LINES); @len when there is none
 */
gsize
pj_mail_bounds_measure_parts (const char *bytes, gsize len)
{
  guint n = 0;

  g_return_val_if_fail (bytes != NULL || len == 0, 0);

  for (gsize at = 0; at < len; at += measure_line (bytes + at, len - at))
    {
      if (len - at >= 2 && memcmp (bytes + at, "--", 2) == 0 && ++n > PJ_MAIL_MAX_DASH_LINES)
        return at;
    }

  return len;
}
