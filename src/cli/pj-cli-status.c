/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "app/pj-problem-words.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-listing.h"

static guint
count (PjService *service, PjAccount *account, PjMessageState state)
{
  g_autoptr (GPtrArray) messages = pj_cli_listing_collect (service, account);
  guint n = 0;

  for (guint i = 0; i < messages->len; i++)
    n += pj_message_get_state (g_ptr_array_index (messages, i)) == state;

  return n;
}

static void
add_count (JsonBuilder *builder, const char *name, guint n)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, n);
}

static void
print_json (PjCliContext *context, PjService *service)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GListModel *accounts = pj_service_get_accounts (service);

  json_builder_begin_object (builder);
  add_count (builder, "new", count (service, NULL, PJ_MESSAGE_NEW));
  add_count (builder, "waiting", count (service, NULL, PJ_MESSAGE_WAITING));

  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      json_builder_begin_object (builder);
      pj_cli_json_add_account_members (builder, account);
      add_count (builder, "new", count (service, account, PJ_MESSAGE_NEW));
      add_count (builder, "waiting", count (service, account, PJ_MESSAGE_WAITING));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_text (PjService *service)
{
  GListModel *accounts = pj_service_get_accounts (service);

  /* TRANSLATORS: how many messages are new, how many wait to be opened */
  printf (_ ("%u new, %u waiting\n"), count (service, NULL, PJ_MESSAGE_NEW),
          count (service, NULL, PJ_MESSAGE_WAITING));

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);
      PjProblem *problem = pj_account_get_problem (account);

      if (problem != NULL)
        printf ("%s: %s\n", pj_account_get_name (account),
                pj_problem_words_title (pj_problem_get_code (problem)));
    }
}

/**
 * pj_cli_status:
 * @context: the context
 *
 * `status`: prints what the last checks left: how many messages are new or
 * wait, and which mailboxes are in trouble. Asks no server.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_status (PjCliContext *context)
{
  g_autoptr (GError) error = NULL;
  PjService *service;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;
  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);

  pj_cli_listing_prepare (context, service, NULL);
  if (context->as_json)
    print_json (context, service);
  else
    print_text (service);

  return PJ_CLI_DONE;
}
