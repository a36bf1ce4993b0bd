/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-sign-words.h"

#include <glib/gi18n.h>

/**
 * pj_sign_words_get_certainty:
 * @certainty: how sure a warning is
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
pj_sign_words_get_certainty (PjMailCertainty certainty)
{
  switch (certainty)
    {
    case PJ_MAIL_CERTAINTY_HINT:
      return _ ("A hint: honest mails have this as well.");
    case PJ_MAIL_CERTAINTY_LIKELY:
      return _ ("Likely: honest mails seldom have this.");
    case PJ_MAIL_CERTAINTY_SURE:
    default:
      return _ ("Sure: this can be seen in the mail itself.");
    }
}

/**
 * pj_sign_words_dup_why:
 * @warning: what is suspicious about a mail
 *
 * Returns: (transfer full): what was seen and how sure it is, each on a line
 */
char *
pj_sign_words_dup_why (const PjMailWarning *warning)
{
  const char *certainty;

  g_return_val_if_fail (warning != NULL && warning->reason != NULL, NULL);

  certainty = pj_sign_words_get_certainty (warning->certainty);
  return *warning->reason != '\0' ? g_strjoin ("\n", warning->reason, certainty, NULL)
                                  : g_strdup (certainty);
}
