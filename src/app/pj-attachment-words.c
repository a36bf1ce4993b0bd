/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-attachment-words.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "mail/pj-mail-danger.h"
#include "mail/pj-mail-file-name.h"

/**
 * pj_attachment_words_get_name:
 * @attachment: an attachment
 *
 * Returns: (transfer none): its name, or words that say that it has none
 */
const char *
pj_attachment_words_get_name (const PjMailAttachment *attachment)
{
  g_return_val_if_fail (attachment != NULL, NULL);

  return *attachment->name != '\0' ? attachment->name : _ ("(no name)");
}

/**
 * pj_attachment_words_dup_size:
 * @attachment: an attachment
 * @body_lines: lines of the mail's body that were fetched, if not all
 *
 * Returns: (transfer full): how large it is, or why that is not known; "" when
 *   there is nothing to say
 */
char *
pj_attachment_words_dup_size (const PjMailAttachment *attachment, guint body_lines)
{
  g_return_val_if_fail (attachment != NULL, NULL);

  if (attachment->octets >= 0)
    return g_format_size ((guint64) attachment->octets);
  if (!attachment->is_partial)
    return g_strdup ("");

  /* TRANSLATORS: stands in place of the size of an attachment of which only a
   * part was fetched; %u is how many lines of the mail were */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "from the first %u line",
                                       "from the first %u lines", body_lines),
                          body_lines);
}

/**
 * pj_attachment_words_dup_type:
 * @attachment: an attachment
 *
 * Returns: (transfer full): its type: as declared, unless that says nothing and
 *   its contents do; both where the difference may matter
 */
char *
pj_attachment_words_dup_type (const PjMailAttachment *attachment)
{
  g_return_val_if_fail (attachment != NULL, NULL);

  if (*attachment->sniffed != '\0' &&
      g_ascii_strcasecmp (attachment->type, "application/octet-stream") == 0)
    return g_strdup (attachment->sniffed);
  if (*attachment->sniffed == '\0' || attachment->dangers[0] == NULL ||
      g_ascii_strcasecmp (attachment->sniffed, attachment->type) == 0)
    return g_strdup (attachment->type);

  /* TRANSLATORS: media type of an attachment as its sender declares it, and the
   * one that its contents show */
  return g_strdup_printf (_ ("%s, contains %s"), attachment->type, attachment->sniffed);
}

/**
 * pj_attachment_words_dup_dangers:
 * @attachment: an attachment
 *
 * Returns: (transfer full): what is dangerous about it, a sentence a line, the
 *   worst first; "" when nothing was found
 */
char *
pj_attachment_words_dup_dangers (const PjMailAttachment *attachment)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  g_return_val_if_fail (attachment != NULL, NULL);

  for (gsize i = 0; attachment->dangers[i] != NULL; i++)
    g_ptr_array_add (lines, (gpointer) pj_mail_danger_get_text (attachment->dangers[i]));
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/**
 * pj_attachment_words_dup_save_name:
 * @attachment: an attachment
 *
 * Returns: (transfer full): the name to suggest for its file, never ""
 */
char *
pj_attachment_words_dup_save_name (const PjMailAttachment *attachment)
{
  g_return_val_if_fail (attachment != NULL, NULL);

  return pj_mail_file_name_to_save (attachment->name, attachment->type);
}
