/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <glib/gi18n.h>

#include "app/pj-account-edit.h"
#include "cli/pj-cli-wait.h"

typedef struct
{
  gboolean fetch_whole;
  gboolean no_fetch_whole;
} Options;

static gboolean
parse (PjCliContext *context, Options *options)
{
  const GOptionEntry entries[] = {
    { "fetch-whole", 0, 0, G_OPTION_ARG_NONE, &options->fetch_whole,
      N_ ("Let whole mails be fetched where the server has no TOP; it may mark them as read"),
      NULL },
    { "no-fetch-whole", 0, 0, G_OPTION_ARG_NONE, &options->no_fetch_whole,
      N_ ("Let no whole mail be fetched for a look"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return pj_cli_context_parse (context, entries);
}

static gboolean
update (PjCliContext *context, PjAccount *account, PjAccount *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  pj_account_edit_update_async (pj_cli_context_get_service (context, NULL), account, draft, NULL,
                                context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  return pj_account_edit_finish (result, error);
}

/**
 * pj_cli_accounts_edit:
 * @context: the context
 *
 * `accounts edit NAME [--fetch-whole|--no-fetch-whole]`: changes what a
 * mailbox's owner agrees to. How to reach it and how to log in stay as they
 * are.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_accounts_edit (PjCliContext *context)
{
  Options options = { FALSE, FALSE };
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (GError) error = NULL;
  PjCliStatus status = PJ_CLI_DONE;
  PjAccount *account;

  if (!parse (context, &options))
    return PJ_CLI_USAGE;
  if (options.fetch_whole && options.no_fetch_whole)
    return pj_cli_context_misused (context, "%s",
                                   _ ("--fetch-whole and --no-fetch-whole exclude each other"));
  if (!options.fetch_whole && !options.no_fetch_whole)
    return pj_cli_context_misused (context, "%s",
                                   _ ("--fetch-whole or --no-fetch-whole is missing"));

  account = pj_cli_context_find_account (context, context->words[0], &status);
  if (account == NULL)
    return status;

  draft = pj_account_new_copy (account);
  g_object_set (draft, "may-fetch-whole", options.fetch_whole, NULL);
  if (!update (context, account, draft, &error))
    return pj_cli_context_fail (context, pj_account_get_name (account), error);

  if (context->as_json)
    pj_cli_context_print_account (context, account);

  return PJ_CLI_DONE;
}
