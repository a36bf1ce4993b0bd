/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-headers.h"

#include "mail/pj-mail-auth.h"
#include "mail/pj-mail-date.h"
#include "mail/pj-mail-field.h"
#include "mail/pj-mail-signs.h"
#include "mail/pj-mail-warning.h"

/* RFC 5322 section 2.1.1 sets 998 octets for a line: no honest subject is longer. */
#define MAX_SUBJECT_CHARS 998

/* In a list of mails, what honest ones have as well would only teach to look away.
 * Returns: (transfer container) (element-type utf8): codes, %NULL-ended */
static GPtrArray *
list_grave_codes (const PjMailSignsFacts *facts)
{
  g_autoptr (GPtrArray) signs = pj_mail_signs_list (facts);
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < signs->len; i++)
    {
      const PjMailSign *sign = g_ptr_array_index (signs, i);

      if (pj_mail_warning_make (sign->code, NULL).certainty >= PJ_MAIL_CERTAINTY_LIKELY)
        g_ptr_array_add (codes, (gpointer) sign->code);
    }

  g_ptr_array_add (codes, NULL);
  return codes;
}

static char *
dup_subject (const PjMailSignsFacts *facts)
{
  const char *raw = pj_mail_header_scan_find (facts->scan, "Subject");

  return raw != NULL ? pj_mail_field_decode_text (facts->options, raw, MAX_SUBJECT_CHARS) : NULL;
}

/**
 * pj_mail_headers_parse:
 * @account_id: account that the mail lies in
 * @uid: its UIDL there
 * @octets: its size as the server says
 * @head: what TOP gave: LF or CRLF line ends, cut anywhere, of any content
 * @context: (nullable): what is known of the mailbox
 * @authserv_id: (out) (optional) (nullable) (transfer full): who claims, topmost,
 *   to have verified the mail; %NULL for nobody
 *
 * Reads what a row of the list shows of a mail. Whatever @head is, there is a
 * row for it; what cannot be read is empty. Any thread; linear in @head.
 *
 * Reference: RFC 5322, RFC 2047.
 *
 * Returns: (transfer full): the message, in state %PJ_MESSAGE_NEW
 */
PjMessage *
pj_mail_headers_parse (const char *account_id,
                       const char *uid,
                       guint64 octets,
                       GBytes *head,
                       PjMailContext *context,
                       char **authserv_id)
{
  g_autoptr (PjMailHeaderScan) scan = NULL;
  g_autoptr (GMimeParserOptions) options = NULL;
  g_autoptr (PjMailSender) sender = NULL;
  g_autoptr (GPtrArray) codes = NULL;
  g_autofree char *subject = NULL;
  PjMailSignsFacts facts = { .context = context };
  const char *bytes;
  gsize len;

  g_return_val_if_fail (account_id != NULL && uid != NULL && head != NULL, NULL);

  bytes = g_bytes_get_data (head, &len);
  facts.scan = scan = pj_mail_header_scan_new (bytes, len);
  facts.options = options = pj_mail_field_new_options (scan, context);
  facts.sender = sender = pj_mail_sender_new (scan, options);
  facts.marks = pj_mail_marks_read (scan);
  subject = dup_subject (&facts);
  codes = list_grave_codes (&facts);
  if (authserv_id != NULL)
    *authserv_id = pj_mail_auth_dup_authserv_id (scan);

  return pj_message_new (&(PjMessageFields){
      .account_id = account_id,
      .uid = uid,
      .from_name = sender->name,
      .from_address = sender->address,
      .subject = subject,
      .date = pj_mail_date_read (scan, context != NULL ? context->now : 0),
      .octets = octets,
      .state = PJ_MESSAGE_NEW,
      .warnings = (const char *const *) codes->pdata,
      .is_list = (facts.marks & PJ_MAIL_MARK_LIST) != 0,
      .is_automatic = (facts.marks & PJ_MAIL_MARK_AUTOMATIC) != 0,
  });
}
