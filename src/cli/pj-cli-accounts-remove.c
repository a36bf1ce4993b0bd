/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include "app/pj-account-edit.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-wait.h"

/**
 * pj_cli_accounts_remove:
 * @context: the context
 *
 * `accounts remove NAME`: removes a mailbox with its stored password. Its
 * messages stay on the server.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_accounts_remove (PjCliContext *context)
{
  g_autoptr (PjAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PjCliWait wait = { NULL };
  PjCliStatus status = PJ_CLI_DONE;
  PjAccount *found;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;

  found = pj_cli_context_find_account (context, context->words[0], &status);
  if (found == NULL)
    return status;
  account = g_object_ref (found);

  pj_account_edit_remove_async (pj_cli_context_get_service (context, NULL), account,
                                context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  if (!pj_account_edit_finish (result, &error))
    return pj_cli_context_fail (context, pj_account_get_name (account), error);

  if (context->as_json)
    pj_cli_context_print_account (context, account);

  return PJ_CLI_DONE;
}
