/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-finding.h"

#include "mail/pj-mail-code.h"
#include "mail/pj-mail-signs.h"
#include "mail/pj-mail-spam.h"
#include "mail/pj-mail-unsubscribe.h"
#include "mail/pj-mail-warning.h"

/* What is told of a mail besides its text. */

/**
 * pj_mail_finding_add_header:
 * @mail: a text in the making
 * @scan: its header
 * @options: from pj_mail_field_new_options()
 * @context: (nullable): what is known of the mailbox
 *
 * Adds what its header gives: warnings, how to leave the list, what the provider
 * thought of it. Any thread.
 */
void
pj_mail_finding_add_header (PjMailText *mail,
                            const PjMailHeaderScan *scan,
                            GMimeParserOptions *options,
                            PjMailContext *context)
{
  g_autoptr (PjMailSender) sender = NULL;
  g_autoptr (GPtrArray) signs = NULL;

  g_return_if_fail (mail != NULL && scan != NULL && options != NULL);

  sender = pj_mail_sender_new (scan, options);
  signs = pj_mail_signs_list (&(PjMailSignsFacts){
      .scan = scan,
      .options = options,
      .sender = sender,
      .marks = pj_mail_marks_read (scan),
      .context = context,
  });
  for (guint i = 0; i < signs->len; i++)
    {
      const PjMailSign *sign = g_ptr_array_index (signs, i);
      PjMailWarning warning = pj_mail_warning_make (sign->code, sign->reason);

      pj_mail_text_add_warning (mail, &warning);
    }

  g_clear_pointer (&mail->unsubscribe, pj_mail_link_unref);
  mail->unsubscribe = pj_mail_unsubscribe_find (scan);
  g_free (mail->spam_verdict);
  mail->spam_verdict = pj_mail_spam_find_verdict (scan);
}

/**
 * pj_mail_finding_add_code:
 * @mail: a text in the making, its headers and text set
 *
 * Adds the code for signing in somewhere that it brings, if it does. Any thread.
 */
void
pj_mail_finding_add_code (PjMailText *mail)
{
  const char *subject;

  g_return_if_fail (mail != NULL);

  subject = pj_mail_text_get_header (mail, "Subject");
  g_free (mail->one_time_code);
  mail->one_time_code = pj_mail_code_find (subject != NULL ? subject : "", mail->text);
}
