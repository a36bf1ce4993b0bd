/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <glib/gi18n.h>

#include "app/pj-problem-words.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-table.h"
#include "cli/pj-cli-text.h"

static void
print_json (PjCliContext *context, GListModel *accounts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      json_builder_begin_object (builder);
      pj_cli_json_add_account_members (builder, account);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_table (GListModel *accounts)
{
  const char *titles[] = { _ ("Mailbox"), _ ("Server"),     _ ("Security"),
                           _ ("User"),    _ ("Last check"), _ ("State"),
                           NULL };
  g_autoptr (PjCliTable) table = pj_cli_table_new (titles);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);
      PjProblem *problem = pj_account_get_problem (account);
      gint64 last_success = pj_account_get_last_success (account);
      g_autofree char *server =
          g_strdup_printf ("%s:%u", pj_account_get_server (account), pj_account_get_port (account));
      g_autofree char *date = pj_cli_text_format_date (last_success);
      const char *health = last_success > 0 ? _ ("fine") : _ ("not checked yet");
      const char *cells[] = {
        pj_account_get_name (account),
        server,
        pj_security_to_string (pj_account_get_security (account)),
        pj_account_get_user (account),
        date,
        problem != NULL ? pj_problem_words_title (pj_problem_get_code (problem)) : health,
      };

      pj_cli_table_add_row (table, cells);
    }

  pj_cli_text_print_table (table);
}

/**
 * pj_cli_accounts:
 * @context: the context
 *
 * `accounts`: lists the mailboxes and how their last checks went.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_accounts (PjCliContext *context)
{
  g_autoptr (GError) error = NULL;
  PjService *service;
  GListModel *accounts;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;

  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);

  accounts = pj_service_get_accounts (service);
  if (context->as_json)
    print_json (context, accounts);
  else if (g_list_model_get_n_items (accounts) > 0)
    print_table (accounts);

  return PJ_CLI_DONE;
}
