/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preview-words.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/* A mail of a thousand parts must not push its own text out of the window. */
#define MAX_LINES 10

static char *
join (GPtrArray *lines, guint n_left_out)
{
  if (n_left_out > 0)
    g_ptr_array_add (lines, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more",
                                                          "and %u more", n_left_out),
                                             n_left_out));
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/**
 * pj_preview_words_dup_warnings:
 * @mail: a mail
 *
 * Returns: (transfer full): what is suspicious about it, a sentence a line;
 *   "" when nothing was noticed
 */
char *
pj_preview_words_dup_warnings (const PjMailText *mail)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n;

  g_return_val_if_fail (mail != NULL, NULL);

  n = MIN (mail->warnings->len, MAX_LINES);
  for (guint i = 0; i < n; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (mail->warnings, i);

      g_ptr_array_add (lines, g_strdup (warning->text));
    }

  return join (lines, mail->warnings->len - n);
}
