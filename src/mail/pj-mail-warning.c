/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-warning.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *code;
  PjMailCertainty certainty;
  const char *text;
} Warning;

static const Warning warnings[] = {
  { PJ_MAIL_WARNING_SEVERAL_FROM, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The mail names more than one sender; only the first is shown.") },
  { PJ_MAIL_WARNING_NAME_HAS_ADDRESS, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The sender's name contains an address that is not the sender's address.") },
  { PJ_MAIL_WARNING_UNCLEAR_FROM, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The sender is not written as the rules for mail demand; it may be somebody else.") },
  { PJ_MAIL_WARNING_DMARC_FAIL, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("Your mail server checked the sender, and the check failed (DMARC).") },
  { PJ_MAIL_WARNING_DMARC_FAIL_LIST, PJ_MAIL_CERTAINTY_HINT,
    N_ ("Your mail server's check of the sender failed (DMARC), as it often does on mailing "
        "lists.") },
  { PJ_MAIL_WARNING_UNVERIFIED_BRAND, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("The address is that of a well-known company, but your mail server could not confirm "
        "it.") },
  { PJ_MAIL_WARNING_BRAND_NAME, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("The sender's name is that of a well-known company, but the address is not.") },
  { PJ_MAIL_WARNING_KNOWN_NAME, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("Somebody of this name has written to you before, but from elsewhere.") },
  { PJ_MAIL_WARNING_FIRST_TIME_SENDER, PJ_MAIL_CERTAINTY_HINT,
    N_ ("No other mail from this address is known here.") },
  { PJ_MAIL_WARNING_LOOK_ALIKE_DOMAIN, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("The sender's domain is easily taken for another one.") },
  { PJ_MAIL_WARNING_MIXED_SCRIPT_DOMAIN, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The sender's domain mixes letters of different scripts.") },
  { PJ_MAIL_WARNING_REPLY_TO_ELSEWHERE, PJ_MAIL_CERTAINTY_HINT,
    N_ ("An answer would not go to where the sender's address is.") },
  { PJ_MAIL_WARNING_DATE_FAR_OFF, PJ_MAIL_CERTAINTY_HINT,
    N_ ("The mail cannot have been written when it says.") },
  { PJ_MAIL_WARNING_MARKED_AS_SPAM, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("Your provider's filter takes the mail for spam.") },
  { PJ_MAIL_WARNING_TEXT_CUT, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The mail is too long to be shown in full.") },
  { PJ_MAIL_WARNING_BROKEN, PJ_MAIL_CERTAINTY_SURE,
    N_ ("The mail is damaged; its text is shown as it came.") },
  /* Newsletters count clicks on a host of their own. */
  { PJ_MAIL_WARNING_LINK_MISMATCH, PJ_MAIL_CERTAINTY_HINT,
    N_ ("A link leads to another site than its text names.") },
  { PJ_MAIL_WARNING_LINK_LOOK_ALIKE, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("A link leads to a site whose name is easily taken for another one.") },
  { PJ_MAIL_WARNING_LINK_OBSCURED, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("A link is written so that it is hard to see where it leads.") },
  { PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("An attachment may do harm when it is opened.") },
};

static const Warning *
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (warnings); i++)
    {
      if (g_str_equal (warnings[i].code, code))
        return &warnings[i];
    }

  return NULL;
}

/**
 * pj_mail_warning_get_text:
 * @code: one of PJ_MAIL_WARNING_…
 *
 * Returns: (transfer none): its sentence in the user's language
 */
const char *
pj_mail_warning_get_text (const char *code)
{
  const Warning *warning;

  g_return_val_if_fail (code != NULL, NULL);
  warning = find (code);
  g_return_val_if_fail (warning != NULL, code);

  return _ (warning->text);
}

/**
 * pj_mail_warning_make:
 * @code: one of PJ_MAIL_WARNING_…
 * @reason: (nullable): what was seen
 *
 * Returns: a warning that borrows all its strings, to be copied by
 *   pj_mail_text_add_warning()
 */
PjMailWarning
pj_mail_warning_make (const char *code, const char *reason)
{
  const Warning *warning = find (code);

  return (PjMailWarning){
    .code = code,
    .text = pj_mail_warning_get_text (code),
    .reason = reason,
    .certainty = warning != NULL ? warning->certainty : PJ_MAIL_CERTAINTY_HINT,
  };
}
