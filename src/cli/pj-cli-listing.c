/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-listing.h"

#include "app/pj-check-run.h"
#include "cli/pj-cli-wait.h"

static void
check (PjCliContext *context, PjService *service, PjAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PjCheckReport) report = NULL;
  g_autoptr (GError) error = NULL;
  PjCliWait wait = { NULL };

  pj_check_run_async (service, account, context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  report = pj_check_run_finish (result, &error);
  if (report == NULL)
    pj_cli_context_complain (context, pj_account_get_name (account), error);
}

/**
 * pj_cli_listing_prepare:
 * @context: the context
 * @service: its service
 * @account: (nullable): the mailbox that matters; %NULL for all
 *
 * Sees to it that there is something to list: the demonstration begins with
 * nothing known in each run. Other profiles are left as the last check
 * found them.
 */
void
pj_cli_listing_prepare (PjCliContext *context, PjService *service, PjAccount *account)
{
  GListModel *accounts = pj_service_get_accounts (service);

  if (!context->is_demo)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) each = g_list_model_get_item (accounts, i);

      if (account == NULL || each == account)
        check (context, service, each);
    }
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  gint64 first = pj_message_get_date (*(PjMessage *const *) a);
  gint64 second = pj_message_get_date (*(PjMessage *const *) b);

  return (first < second) - (first > second);
}

/**
 * pj_cli_listing_collect:
 * @service: the service
 * @account: (nullable): the mailbox; %NULL for all
 *
 * Returns: (transfer full) (element-type PjMessage): what is known to be on
 *   the server, the newest first
 */
GPtrArray *
pj_cli_listing_collect (PjService *service, PjAccount *account)
{
  GListModel *messages = pj_service_get_messages (service);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PjMessage) message = g_list_model_get_item (messages, i);

      if (account == NULL ||
          g_str_equal (pj_message_get_account_id (message), pj_account_get_id (account)))
        g_ptr_array_add (chosen, g_steal_pointer (&message));
    }

  g_ptr_array_sort (chosen, compare_dates);
  return chosen;
}
