/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-save.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "app/pj-attachment-save-run.h"
#include "app/pj-attachment-words.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-wait.h"

/* A mail of more attachments is not listed to its end. */
#define MAX_NUMBER 1000

/* Returns: the number, from 1, and @file set to what follows the first "=", or
 * to "." without one; 0 for what is no choice */
static guint
parse_choice (const char *choice, const char **file)
{
  gsize len = strcspn (choice, "=");
  g_autofree char *digits = g_strndup (choice, len);
  guint64 number;

  if (!g_ascii_string_to_unsigned (digits, 10, 1, MAX_NUMBER, &number, NULL))
    return 0;

  *file = choice[len] == '=' ? choice + len + 1 : ".";
  return **file != '\0' ? (guint) number : 0;
}

/**
 * pj_cli_save_is_choice:
 * @choice: what a user typed
 *
 * Returns: whether it is "N" or "N=FILE" with a number from 1
 */
gboolean
pj_cli_save_is_choice (const char *choice)
{
  const char *file;

  g_return_val_if_fail (choice != NULL, FALSE);

  return parse_choice (choice, &file) > 0;
}

static void
print_saved (const PjMailAttachment *attachment, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *dangers = pj_attachment_words_dup_dangers (attachment);

  /* TRANSLATORS: %s is the path of a file */
  printf (_ ("Saved: %s\n"), name);
  if (*dangers != '\0')
    fprintf (stderr, "%s\n", dangers);
}

/**
 * pj_cli_save_attachment:
 * @context: the context; its words are an account and a message
 * @service: the service
 * @account: where the message lies
 * @choice: "N" or "N=FILE" with a number from 1; FILE may be a folder
 *
 * Saves one attachment, prints where, and warns on stderr of what is dangerous
 * about it.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_save_attachment (PjCliContext *context,
                        PjService *service,
                        PjAccount *account,
                        const char *choice)
{
  PjAttachmentWish wish = { .uid = context->words[1] };
  guint number = parse_choice (choice, &wish.path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PjMailText) mail = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const PjMailAttachment *attachment;
  PjCliWait wait = { NULL };
  guint place;

  g_return_val_if_fail (number > 0, PJ_CLI_USAGE);

  wish.place = number - 1;
  pj_attachment_save_run_async (service, account, &wish, context->cancellable, pj_cli_wait_on_ready,
                                &wait);
  result = pj_cli_wait_for_result (&wait);
  path = pj_attachment_save_run_finish (result, &mail, &place, &error);
  if (path == NULL)
    return pj_cli_context_fail (context, context->words[0], error);

  attachment = g_ptr_array_index (mail->attachments, place);
  if (context->as_json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      pj_cli_json_add_saved (builder, attachment, path);
      pj_cli_context_print_json (context, builder);
    }
  else
    {
      print_saved (attachment, path);
    }

  return PJ_CLI_DONE;
}
