/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-warning.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *code;
  const char *text;
} Warning;

static const Warning warnings[] = {
  { PJ_MAIL_WARNING_SEVERAL_FROM,
    N_ ("The mail names more than one sender; only the first is shown.") },
  { PJ_MAIL_WARNING_NAME_HAS_ADDRESS,
    N_ ("The sender's name contains an address that is not the sender's address.") },
  { PJ_MAIL_WARNING_UNCLEAR_FROM,
    N_ ("The sender is not written as the rules for mail demand; it may be somebody else.") },
  { PJ_MAIL_WARNING_TEXT_CUT, N_ ("The mail is too long to be shown in full.") },
  { PJ_MAIL_WARNING_BROKEN, N_ ("The mail is damaged; its text is shown as it came.") },
};

/**
 * pj_mail_warning_get_text:
 * @code: one of PJ_MAIL_WARNING_…
 *
 * Returns: (transfer none): its sentence in the user's language
 */
const char *
pj_mail_warning_get_text (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (warnings); i++)
    {
      if (g_str_equal (warnings[i].code, code))
        return _ (warnings[i].text);
    }

  g_return_val_if_reached (code);
}
