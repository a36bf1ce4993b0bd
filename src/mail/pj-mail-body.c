/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-body.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-bounds.h"
#include "mail/pj-mail-charset.h"
#include "mail/pj-mail-field.h"
#include "mail/pj-mail-finding.h"
#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "mail/pj-mail-link-signs.h"
#include "mail/pj-mail-parts.h"
#include "mail/pj-mail-plain.h"
#include "mail/pj-mail-root.h"
#include "mail/pj-mail-warning.h"

/* Lists of recipients and signatures are the longest that one reads. */
#define MAX_VALUE_CHARS 4000

/* Servers refuse mails of a tenth of this. */
#define MAX_MAIL_BYTES (512 * 1024 * 1024)

static void
warn (PjMailText *mail, const char *code)
{
  PjMailWarning warning = pj_mail_warning_make (code, NULL);

  pj_mail_text_add_warning (mail, &warning);
}

static void
add_headers (PjMailText *mail, const PjMailHeaderScan *scan, GMimeParserOptions *options)
{
  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);
      g_autofree char *value = pj_mail_field_decode (options, field, MAX_VALUE_CHARS);

      pj_mail_text_add_header (mail, field->name, value);
    }
}

static guint
count_lines (const char *body, gsize len)
{
  const char *end = body + len;
  guint n = 0;

  while (len > 0 && (body = memchr (body, '\n', len)) != NULL)
    {
      n++;
      body++;
      len = (gsize) (end - body);
    }

  return n;
}

static PjMailDocument *
read_raw (const char *body, gsize len, const char *charset, gboolean *is_cut)
{
  g_autofree char *text = pj_mail_charset_to_utf8 (body, len, charset);
  gboolean is_document_cut;
  PjMailDocument *document;

  pj_text_unify_line_ends (text);
  document = pj_mail_plain_to_document (text, PJ_MAIL_PLAIN_FIXED, PJ_MAIL_MAX_TEXT_BYTES,
                                        &is_document_cut);
  *is_cut |= is_document_cut;

  return document;
}

/**
 * pj_mail_body_parse:
 * @mail: a mail, or its first lines as TOP gave them: LF or CRLF line ends, of
 *   any content
 * @is_cut: whether there is more of it on the server
 * @context: (nullable): what is known of the mailbox
 *
 * Makes a mail safe to show. Whatever @mail is, there is a result: where its
 * structure makes no sense, the text is shown as it came, with a warning.
 * Nothing is fetched, run or written. Any thread; linear in @mail.
 *
 * Reference: RFC 5322, RFC 2045 to 2047.
 *
 * Returns: (transfer full): the text
 */
PjMailText *
pj_mail_body_parse (GBytes *mail, gboolean is_cut, PjMailContext *context)
{
  g_autoptr (PjMailText) result = pj_mail_text_new ();
  g_autoptr (PjMailHeaderScan) scan = NULL;
  g_autoptr (GMimeParserOptions) options = NULL;
  g_autoptr (GMimeObject) root = NULL;
  g_autofree char *charset = NULL;
  PjMailDocument *document;
  gboolean is_text_cut;
  const char *bytes;
  const char *body;
  gsize len;
  gsize body_len;

  g_return_val_if_fail (mail != NULL, NULL);

  bytes = g_bytes_get_data (mail, &len);
  if (len == 0)
    bytes = "";
  is_text_cut = len > MAX_MAIL_BYTES;
  len = MIN (len, MAX_MAIL_BYTES);
  result->is_cut = is_cut;

  scan = pj_mail_header_scan_new (bytes, len);
  charset = pj_mail_field_dup_charset (scan);
  options = pj_mail_field_new_options (scan, context);
  add_headers (result, scan, options);
  pj_mail_finding_add_header (result, scan, options, context);

  body = bytes + scan->body_offset;
  result->body_lines = count_lines (body, len - scan->body_offset);
  body_len = pj_mail_bounds_measure_parts (body, len - scan->body_offset);
  is_text_cut |= body_len < len - scan->body_offset;

  root = pj_mail_root_parse (scan, options, body, body_len);
  if (root != NULL)
    document = pj_mail_parts_read (root, result, &is_text_cut);
  else
    {
      document = read_raw (body, body_len, charset, &is_text_cut);
      warn (result, PJ_MAIL_WARNING_BROKEN);
    }

  pj_mail_text_take_document (result, document);
  pj_mail_link_signs_add (result);
  if (is_text_cut)
    warn (result, PJ_MAIL_WARNING_TEXT_CUT);
  pj_mail_finding_add_code (result);

  return g_steal_pointer (&result);
}
