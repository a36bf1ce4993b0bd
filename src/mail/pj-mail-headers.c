/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-headers.h"

#include "base/pj-text.h"
#include "mail/pj-mail-field.h"
#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "mail/pj-mail-sender.h"

/* RFC 5322 section 2.1.1 sets 998 octets for a line: no honest subject is longer. */
#define MAX_SUBJECT_CHARS 998

/* Returns: seconds since 1970-01-01 UTC; 0 when it cannot be read */
static gint64
parse_date (const char *raw)
{
  g_autoptr (GDateTime) date = raw != NULL ? g_mime_utils_header_decode_date (raw) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

/**
 * pj_mail_headers_parse:
 * @account_id: account that the mail lies in
 * @uid: its UIDL there
 * @octets: its size as the server says
 * @head: what TOP gave: LF or CRLF line ends, cut anywhere, of any content
 *
 * Reads what a row of the list shows of a mail. Whatever @head is, there is a
 * row for it; what cannot be read is empty. Any thread; linear in @head.
 *
 * Reference: RFC 5322, RFC 2047.
 *
 * Returns: (transfer full): the message, in state %PJ_MESSAGE_NEW
 */
PjMessage *
pj_mail_headers_parse (const char *account_id, const char *uid, guint64 octets, GBytes *head)
{
  g_autoptr (PjMailHeaderScan) scan = NULL;
  g_autoptr (GMimeParserOptions) options = NULL;
  g_autoptr (PjMailSender) sender = NULL;
  g_autofree char *charset = NULL;
  g_autofree char *subject = NULL;
  const char *bytes;
  const char *raw_subject;
  gsize len;

  g_return_val_if_fail (account_id != NULL && uid != NULL && head != NULL, NULL);

  bytes = g_bytes_get_data (head, &len);
  scan = pj_mail_header_scan_new (bytes, len);
  charset = pj_mail_field_dup_charset (scan);
  options = pj_mail_gmime_options_new (charset);

  sender = pj_mail_sender_new (scan, options);
  raw_subject = pj_mail_header_scan_find (scan, "Subject");
  if (raw_subject != NULL)
    subject = pj_mail_field_decode_text (options, raw_subject, MAX_SUBJECT_CHARS);

  g_ptr_array_add (sender->warnings, NULL);

  return pj_message_new (&(PjMessageFields){
      .account_id = account_id,
      .uid = uid,
      .from_name = sender->name,
      .from_address = sender->address,
      .subject = subject,
      .date = parse_date (pj_mail_header_scan_find (scan, "Date")),
      .octets = octets,
      .state = PJ_MESSAGE_NEW,
      .warnings = (const char *const *) sender->warnings->pdata,
  });
}
