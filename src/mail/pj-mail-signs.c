/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-signs-private.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-date.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-spam.h"
#include "mail/pj-mail-warning.h"

/* As in the list of senders: no honest one is longer. */
#define MAX_REPLY_TO_BYTES 8192
#define MAX_ADDRESSES 20
#define MAX_REASON_CHARS 320

static void
take_sender_signs (PjMailCase *self)
{
  GPtrArray *found = self->facts->sender->signs;

  for (guint i = 0; i < found->len; i++)
    {
      const PjMailSign *sign = g_ptr_array_index (found, i);

      pj_mail_sign_list_take (self->signs, sign->code, g_strdup (sign->reason));
    }
}

/* Returns: (transfer full) (nullable): host of @address in ASCII */
static char *
dup_domain (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL ? pj_mail_domain_to_ascii (at + 1) : NULL;
}

/* Lists send answers to themselves. */
static void
judge_reply_to (PjMailCase *self)
{
  const PjMailSignsFacts *facts = self->facts;
  const char *raw = pj_mail_header_scan_find (facts->scan, "Reply-To");
  g_autoptr (InternetAddressList) list = NULL;
  int n;

  if (raw == NULL || self->domain == NULL || (facts->marks & PJ_MAIL_MARK_LIST) != 0 ||
      strlen (raw) > MAX_REPLY_TO_BYTES)
    return;

  list = pj_mail_gmime_parse_addresses (facts->options, raw);
  n = list != NULL ? MIN (internet_address_list_length (list), MAX_ADDRESSES) : 0;
  for (int i = 0; i < n; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);
      const char *reply_to =
          INTERNET_ADDRESS_IS_MAILBOX (address) ? INTERNET_ADDRESS_MAILBOX (address)->addr : NULL;
      g_autofree char *domain = reply_to != NULL ? dup_domain (reply_to) : NULL;

      if (domain != NULL && !pj_mail_domain_is_same_site (domain, self->domain))
        pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_REPLY_TO_ELSEWHERE,
                                pj_text_clean_line (reply_to, -1, MAX_REASON_CHARS));
    }
}

static void
judge_date (PjMailCase *self)
{
  const PjMailSignsFacts *facts = self->facts;
  gint64 now = facts->context != NULL ? facts->context->now : 0;
  const char *raw;

  if (!pj_mail_date_is_far_off (facts->scan, now))
    return;

  raw = pj_mail_header_scan_find (facts->scan, "Date");
  pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_DATE_FAR_OFF,
                          pj_text_clean_line (raw, -1, MAX_REASON_CHARS));
}

static void
judge_filter (PjMailCase *self)
{
  char *verdict = pj_mail_spam_find_verdict (self->facts->scan);

  if (verdict != NULL)
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_MARKED_AS_SPAM, verdict);
}

/**
 * pj_mail_signs_list:
 * @facts: one mail, as far as its header says
 *
 * Looks for what may be wrong with a mail. Nothing is looked up or fetched, and
 * that nothing was found proves nothing. Any thread.
 *
 * Returns: (transfer full) (element-type PjMailSign): what was found, what is seen
 *   in the sender first
 */
GPtrArray *
pj_mail_signs_list (const PjMailSignsFacts *facts)
{
  g_autoptr (GPtrArray) signs = pj_mail_sign_list_new ();
  g_autofree char *domain = NULL;
  PjMailCase self = { .facts = facts, .signs = signs };

  g_return_val_if_fail (facts != NULL && facts->scan != NULL && facts->sender != NULL, NULL);

  domain = dup_domain (facts->sender->address);
  self.domain = domain;
  take_sender_signs (&self);
  pj_mail_signs_judge_proof (&self);
  pj_mail_signs_judge_name (&self);
  pj_mail_signs_judge_domain (&self);
  judge_reply_to (&self);
  judge_date (&self);
  judge_filter (&self);

  return g_steal_pointer (&signs);
}
