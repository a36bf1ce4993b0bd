/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-part.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-charset.h"
#include "mail/pj-mail-file-name.h"
#include "mail/pj-mail-html.h"
#include "mail/pj-mail-plain.h"

#define MAX_TYPE_CHARS 127 /* RFC 6838 section 4.2: 63 + 1 + 63 */
#define CHUNK_BYTES 16384

/* HTML 5 demands that a charset is declared within the first 1024 bytes. */
#define SNIFF_BYTES 1024

/* Text types that a person does not read: they are files. */
static const char *const file_types[] = {
  "calendar", "css", "csv", "directory", "javascript", "vcard", "x-vcard", "xml", NULL,
};

static gboolean
is_sent_as_file (GMimePart *part)
{
  const char *disposition = g_mime_object_get_disposition (GMIME_OBJECT (part));

  if (disposition != NULL && g_ascii_strcasecmp (disposition, "inline") == 0)
    return FALSE;

  return disposition != NULL || g_mime_part_get_filename (part) != NULL;
}

/**
 * pj_mail_part_get_kind:
 * @part: a part
 *
 * Returns: what to do with it
 */
PjMailPartKind
pj_mail_part_get_kind (GMimePart *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));

  if (!g_mime_content_type_is_type (type, "text", "*") || is_sent_as_file (part))
    return PJ_MAIL_PART_FILE;
  if (g_mime_content_type_is_type (type, "text", "html"))
    return PJ_MAIL_PART_HTML;

  for (gsize i = 0; file_types[i] != NULL; i++)
    {
      if (g_mime_content_type_is_type (type, "text", file_types[i]))
        return PJ_MAIL_PART_FILE;
    }

  return PJ_MAIL_PART_PLAIN;
}

/**
 * pj_mail_part_open:
 * @part: a part
 *
 * Returns: (transfer full) (nullable): its content with the content encoding
 *   undone, read from its beginning; %NULL when it has none. One at a time.
 */
GMimeStream *
pj_mail_part_open (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  g_autoptr (GMimeStream) filtered = NULL;
  g_autoptr (GMimeFilter) decoder = NULL;
  GMimeStream *raw;

  if (content == NULL)
    return NULL;

  raw = g_mime_data_wrapper_get_stream (content);
  g_mime_stream_reset (raw);
  filtered = g_mime_stream_filter_new (raw);
  decoder = g_mime_filter_basic_new (g_mime_data_wrapper_get_encoding (content), FALSE);
  g_mime_stream_filter_add (GMIME_STREAM_FILTER (filtered), decoder);

  return g_steal_pointer (&filtered);
}

/* Returns: (transfer full): decoded content, at most PJ_MAIL_MAX_PART_BYTES of it */
static GByteArray *
read_decoded (GMimePart *part, gboolean *is_cut)
{
  g_autoptr (GMimeStream) stream = pj_mail_part_open (part);
  GByteArray *bytes = g_byte_array_new ();

  while (stream != NULL && !g_mime_stream_eos (stream))
    {
      char chunk[CHUNK_BYTES];
      gssize n = g_mime_stream_read (stream, chunk, sizeof chunk);

      if (n <= 0)
        break;
      if (bytes->len + (gsize) n > PJ_MAIL_MAX_PART_BYTES)
        {
          *is_cut = TRUE;
          break;
        }
      g_byte_array_append (bytes, (const guint8 *) chunk, (guint) n);
    }

  return bytes;
}

/* Returns: (transfer full) (nullable): the charset that an HTML text names for itself */
static char *
sniff_charset (const char *html, gsize len)
{
  g_autofree char *start = g_ascii_strdown (html, (gssize) MIN (len, SNIFF_BYTES));
  const char *name = strstr (start, "charset=");
  gsize n = 0;

  if (name == NULL)
    return NULL;

  name += strlen ("charset=");
  name += strspn (name, "\"' ");
  while (g_ascii_isalnum (name[n]) || name[n] == '-' || name[n] == '_')
    n++;

  /* Of what we could read here, UTF-16 is not true (HTML 5.2 section 8.2.2.2). */
  if (n == 0 || g_str_has_prefix (name, "utf-16") || g_str_has_prefix (name, "utf-32"))
    return NULL;

  return g_strndup (name, n);
}

static gboolean
parameter_is (GMimeContentType *type, const char *name, const char *value)
{
  const char *found = g_mime_content_type_get_parameter (type, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

static PjMailPlainFormat
get_format (GMimeContentType *type)
{
  if (!parameter_is (type, "format", "flowed"))
    return PJ_MAIL_PLAIN_FIXED;

  return parameter_is (type, "delsp", "yes") ? PJ_MAIL_PLAIN_FLOWED_DELSP : PJ_MAIL_PLAIN_FLOWED;
}

/**
 * pj_mail_part_read_document:
 * @part: a part of kind %PJ_MAIL_PART_PLAIN or %PJ_MAIL_PART_HTML
 * @max_bytes: bytes of text after which to stop
 * @is_cut: (inout): set to %TRUE when the part has more than is returned
 *
 * Undoes content encoding, charset, and mark-up or flowed lines, in this order.
 *
 * Returns: (transfer full): the text with its form
 */
PjMailDocument *
pj_mail_part_read_document (GMimePart *part, gsize max_bytes, gboolean *is_cut)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char *declared = g_mime_content_type_get_parameter (type, "charset");
  g_autoptr (GByteArray) bytes = read_decoded (part, is_cut);
  const char *data = (const char *) bytes->data;
  gboolean is_html = pj_mail_part_get_kind (part) == PJ_MAIL_PART_HTML;
  PjMailDocument *document;
  gboolean is_document_cut;
  g_autofree char *sniffed = NULL;
  g_autofree char *text = NULL;

  if (is_html && declared == NULL && data != NULL)
    declared = sniffed = sniff_charset (data, bytes->len);
  text = pj_mail_charset_to_utf8 (data, bytes->len, declared);
  pj_text_unify_line_ends (text);

  if (is_html)
    document = pj_mail_html_to_document (text, strlen (text), max_bytes, &is_document_cut);
  else
    document = pj_mail_plain_to_document (text, get_format (type), max_bytes, &is_document_cut);
  *is_cut |= is_document_cut;

  return document;
}

/**
 * pj_mail_part_dup_name:
 * @part: a part
 *
 * GMime decodes it, whichever of RFC 2231, RFC 2047 or raw 8-bit it is in; the
 * disposition's name counts before the type's (RFC 2183 section 2.3).
 *
 * Returns: (transfer full): its file name by pj_mail_file_name_clean()
 */
char *
pj_mail_part_dup_name (GMimePart *part)
{
  return pj_mail_file_name_clean (g_mime_part_get_filename (part));
}

/**
 * pj_mail_part_dup_type:
 * @object: a part
 *
 * Returns: (transfer full): its media type as one clean line, "image/png"
 */
char *
pj_mail_part_dup_type (GMimeObject *object)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autofree char *name = g_mime_content_type_get_mime_type (type);

  return pj_text_clean_line (name, -1, MAX_TYPE_CHARS);
}
