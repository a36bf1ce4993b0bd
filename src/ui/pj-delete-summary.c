/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-delete-summary.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/**
 * pj_delete_summary_dup_words:
 * @receipts: (element-type PjDeleteReceipt): what became of each mail
 *
 * A mail that was no longer there counts as deleted: it is what was wanted.
 *
 * Returns: (transfer full): what became of them together, in a sentence or more
 */
char *
pj_delete_summary_dup_words (GPtrArray *receipts)
{
  guint counts[PJ_DELETE_UNCONFIRMED + 1] = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (receipts != NULL, NULL);

  for (guint i = 0; i < receipts->len; i++)
    {
      const PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      counts[receipt->outcome]++;
    }

  n = counts[PJ_DELETE_DELETED] + counts[PJ_DELETE_GONE];
  if (n > 0)
    g_string_append_printf (
        words, g_dngettext (GETTEXT_PACKAGE, "%u mail deleted.", "%u mails deleted.", n), n);

  n = counts[PJ_DELETE_REFUSED];
  if (n > 0)
    g_string_append_printf (words,
                            g_dngettext (GETTEXT_PACKAGE, " The server refused to delete %u mail.",
                                         " The server refused to delete %u mails.", n),
                            n);

  n = counts[PJ_DELETE_UNCONFIRMED];
  if (n > 0)
    g_string_append_printf (
        words,
        g_dngettext (GETTEXT_PACKAGE, " %u deletion was not confirmed; the next check tells.",
                     " %u deletions were not confirmed; the next check tells.", n),
        n);

  return g_strstrip (g_string_free (g_steal_pointer (&words), FALSE));
}
