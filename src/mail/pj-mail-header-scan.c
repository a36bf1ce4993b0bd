/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-header-scan.h"

#include <string.h>

/* ASCII's own "substitute": cleaning shows it as U+FFFD, so a NUL neither
 * hides what follows it nor disturbs the guessing of charsets. */
#define SUBSTITUTE 0x1A

static void
field_free (gpointer data)
{
  PjMailRawField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* RFC 5322 section 2.2, and section 4.5.8 for blanks before the colon.
 * Returns: length of the name, 0 when there is none; @colon is set with it. */
static gsize
measure_name (const char *line, gsize len, gsize *colon)
{
  gsize name = 0;
  gsize i;

  while (name < len && line[name] > ' ' && line[name] < 0x7F && line[name] != ':')
    name++;

  i = name;
  while (i < len && is_blank (line[i]))
    i++;

  if (name == 0 || i == len || line[i] != ':')
    return 0;

  *colon = i;
  return name;
}

/* One pass over a header. */
typedef struct
{
  PjMailHeaderScan *scan;
  GString *logical; /* a field and its folded lines, or what is none */
  gsize logical_at;
  gsize stray_at; /* the first line after a field that is none; 0: none */
} Pass;

static void
end_logical (Pass *pass)
{
  PjMailHeaderScan *scan = pass->scan;
  const char *start = pass->logical->str;
  gsize len = pass->logical->len;
  gsize name;
  gsize colon;

  /* Some senders indent their first field; whoever hides a From in that way
   * is found out by there being two. */
  while (len > 0 && is_blank (*start))
    {
      start++;
      len--;
    }

  name = measure_name (start, len, &colon);
  if (name > 0 && scan->fields->len < PJ_MAIL_MAX_FIELDS)
    {
      PjMailRawField *field = g_new0 (PjMailRawField, 1);

      field->name = g_strndup (start, name);
      field->value = g_strstrip (g_strndup (start + colon + 1, len - colon - 1));
      g_ptr_array_add (scan->fields, field);
    }
  else if (len > 0 && scan->fields->len > 0 && pass->stray_at == 0)
    pass->stray_at = pass->logical_at;

  g_string_truncate (pass->logical, 0);
}

static void
append_line (GString *logical, const char *line, gsize len)
{
  gsize room = PJ_MAIL_MAX_FIELD_BYTES - MIN (logical->len, PJ_MAIL_MAX_FIELD_BYTES);
  gsize start = logical->len;

  g_string_append_len (logical, line, (gssize) MIN (len, room));
  for (gsize i = start; i < logical->len; i++)
    {
      if (logical->str[i] == '\0')
        logical->str[i] = SUBSTITUTE;
      else if (logical->str[i] == '\r')
        logical->str[i] = ' ';
    }
}

static gsize
count_blanks (const char *line, gsize len)
{
  gsize n = 0;

  while (n < len && is_blank (line[n]))
    n++;

  return n;
}

/* A mail without any LF, but for the one that the server ended it with, has
 * the line ends of an old Macintosh. */
static char
get_line_end (const char *bytes, gsize len)
{
  return memchr (bytes, '\n', len - 1) == NULL && memchr (bytes, '\r', len) != NULL ? '\r' : '\n';
}

static gsize
skip_blank_lines (const char *bytes, gsize len, char line_end)
{
  /* A byte order mark at the start is a Windows editor's work. */
  gsize start = len >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

  for (gsize i = start; i < len; i++)
    {
      if (bytes[i] == line_end)
        start = i + 1;
      else if (!is_blank (bytes[i]) && bytes[i] != '\r')
        break;
    }

  return start;
}

/* Returns: offset of the body */
static gsize
scan_lines (Pass *pass, const char *bytes, gsize len, char line_end)
{
  gsize at = skip_blank_lines (bytes, len, line_end);
  gboolean after_blanks = FALSE;

  while (at < MIN (len, PJ_MAIL_MAX_HEADER_BYTES))
    {
      const char *line = bytes + at;
      const char *end = memchr (line, line_end, len - at);
      gsize line_len = end != NULL ? (gsize) (end - line) : len - at;
      gsize next = at + line_len + (end != NULL ? 1 : 0);
      gsize colon;

      if (line_len > 0 && line[line_len - 1] == '\r')
        line_len--;
      if (line_len == 0)
        {
          end_logical (pass);
          return next;
        }

      if (!is_blank (line[0]))
        {
          end_logical (pass);
          pass->logical_at = at;
          /* The line of blanks was meant to be empty. */
          if (after_blanks && measure_name (line, line_len, &colon) == 0)
            return at;
        }
      append_line (pass->logical, line, line_len);
      after_blanks = count_blanks (line, line_len) == line_len;
      at = next;
    }

  /* With no empty line at all, the first line that is no field begins the body. */
  end_logical (pass);
  return pass->stray_at > 0 ? pass->stray_at : at;
}

/**
 * pj_mail_header_scan_new:
 * @bytes: a mail or its head, lines ending in LF or CRLF, or all in CR; cut
 *   anywhere
 * @len: bytes
 *
 * Splits a header into its fields without decoding them, and finds the body.
 * Never fails: what is no field (an mbox "From " line, a line without colon)
 * is left out, blank lines in front are passed over, a field is unfolded
 * before its name is looked for (some hide a From by folding it there). The
 * body begins after the first empty line; without one, at the first line that
 * is no field; where not one field is found, everything is body. Any thread;
 * linear in @len.
 *
 * Reference: RFC 5322 section 2.2.
 *
 * Returns: (transfer full): the fields
 */
PjMailHeaderScan *
pj_mail_header_scan_new (const char *bytes, gsize len)
{
  PjMailHeaderScan *self = g_new0 (PjMailHeaderScan, 1);
  g_autoptr (GString) logical = g_string_new (NULL);
  Pass pass = { .scan = self, .logical = logical };
  gsize body;

  self->fields = g_ptr_array_new_with_free_func (field_free);
  if (len == 0)
    return self;

  body = scan_lines (&pass, bytes, len, get_line_end (bytes, len));
  self->body_offset = self->fields->len > 0 ? body : 0;

  return self;
}

/**
 * pj_mail_header_scan_free:
 * @self: (transfer full): the scan
 */
void
pj_mail_header_scan_free (PjMailHeaderScan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->fields);
  g_free (self);
}

/**
 * pj_mail_header_scan_find:
 * @self: the scan
 * @name: field name, in any case
 *
 * Returns: (transfer none) (nullable): value of the first such field, not decoded
 */
const char *
pj_mail_header_scan_find (const PjMailHeaderScan *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (self->fields, i);

      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field->value;
    }

  return NULL;
}
