/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-field.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-bounds.h"
#include "mail/pj-mail-words.h"

/* Longer address lists are shown as they came: taking them apart serves nobody. */
#define MAX_ADDRESS_LIST_BYTES 32768

/**
 * pj_mail_field_decode_text:
 * @options: from pj_mail_gmime_options_new()
 * @raw: an unstructured field as sent
 * @max_chars: characters kept
 *
 * Undoes encoded words (RFC 2047) and makes the text fit to show.
 *
 * Returns: (transfer full): one clean line
 */
char *
pj_mail_field_decode_text (GMimeParserOptions *options, const char *raw, gsize max_chars)
{
  g_autofree char *joined = NULL;
  g_autofree char *decoded = NULL;

  g_return_val_if_fail (raw != NULL, NULL);

  joined = pj_mail_words_join (raw);
  decoded = g_mime_utils_header_decode_text (options, joined != NULL ? joined : raw);
  return pj_text_clean_line (decoded, -1, max_chars);
}

/**
 * pj_mail_field_decode:
 * @options: from pj_mail_gmime_options_new()
 * @field: a field of any name
 * @max_chars: characters kept
 *
 * Decodes a field for showing. In address lists only the names are decoded:
 * an encoded word within an address stays what it is, or one address could be
 * made to look like another (RFC 2047 section 5 forbids it there).
 *
 * Returns: (transfer full): one clean line
 */
char *
pj_mail_field_decode (GMimeParserOptions *options, const PjMailRawField *field, gsize max_chars)
{
  g_autoptr (InternetAddressList) list = NULL;
  g_autofree char *decoded = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  if (!pj_mail_bounds_is_address_field (field->name, strlen (field->name)))
    return pj_mail_field_decode_text (options, field->value, max_chars);

  if (strlen (field->value) <= MAX_ADDRESS_LIST_BYTES)
    list = pj_mail_gmime_parse_addresses (options, field->value);
  if (list != NULL)
    decoded = internet_address_list_to_string (list, NULL, FALSE);
  if (decoded == NULL || *decoded == '\0')
    return pj_text_clean_line (field->value, -1, max_chars);

  return pj_text_clean_line (decoded, -1, max_chars);
}

/**
 * pj_mail_field_dup_charset:
 * @scan: header of a mail
 *
 * Returns: (transfer full) (nullable): charset that its Content-Type names
 */
char *
pj_mail_field_dup_charset (const PjMailHeaderScan *scan)
{
  const char *raw = pj_mail_header_scan_find (scan, "Content-Type");
  g_autoptr (GMimeParserOptions) options = NULL;
  g_autoptr (GMimeContentType) type = NULL;

  if (raw == NULL)
    return NULL;

  options = pj_mail_gmime_options_new (NULL);
  type = g_mime_content_type_parse (options, raw);

  return g_strdup (g_mime_content_type_get_parameter (type, "charset"));
}

/**
 * pj_mail_field_new_options:
 * @scan: header of a mail
 * @context: (nullable): what is known of the mailbox
 *
 * Returns: (transfer full): how to read the fields of that mail
 */
GMimeParserOptions *
pj_mail_field_new_options (const PjMailHeaderScan *scan, const PjMailContext *context)
{
  g_autofree char *charset = pj_mail_field_dup_charset (scan);

  return pj_mail_gmime_options_new_full (charset,
                                         context != NULL ? context->fallback_charset : NULL);
}
