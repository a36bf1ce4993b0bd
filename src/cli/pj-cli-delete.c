/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "app/pj-delete-run.h"
#include "base/pj-text.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-listing.h"
#include "cli/pj-cli-wait.h"

#define MAX_LINE_CHARS 500

static const char *
get_words (PjDeleteOutcome outcome)
{
  switch (outcome)
    {
    case PJ_DELETE_DELETED:
      return _ ("deleted");
    case PJ_DELETE_GONE:
      return _ ("no longer on the server");
    case PJ_DELETE_REFUSED:
      return _ ("refused by the server");
    case PJ_DELETE_UNCONFIRMED:
      return _ ("not confirmed; the next check tells");
    }

  g_return_val_if_reached ("");
}

static void
print_receipt (const PjDeleteReceipt *receipt)
{
  g_autofree char *line = g_strdup_printf ("%s: %s%s%s", receipt->uid, get_words (receipt->outcome),
                                           *receipt->text != '\0' ? ": " : "", receipt->text);
  g_autofree char *clean = pj_text_clean_line (line, -1, MAX_LINE_CHARS);

  printf ("%s\n", clean);
}

static void
print_json (PjCliContext *context, GPtrArray *receipts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < receipts->len; i++)
    pj_cli_json_add_receipt (builder, g_ptr_array_index (receipts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_text (GPtrArray *receipts)
{
  for (guint i = 0; i < receipts->len; i++)
    print_receipt (g_ptr_array_index (receipts, i));
}

static PjCliStatus
judge (GPtrArray *receipts)
{
  guint n_gone = 0;

  for (guint i = 0; i < receipts->len; i++)
    {
      const PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      if (receipt->outcome == PJ_DELETE_REFUSED || receipt->outcome == PJ_DELETE_UNCONFIRMED)
        return PJ_CLI_FAILED;
      if (receipt->outcome == PJ_DELETE_GONE)
        n_gone++;
    }

  return n_gone == receipts->len ? PJ_CLI_NOT_FOUND : PJ_CLI_DONE;
}

/**
 * pj_cli_delete:
 * @context: the context
 *
 * `delete NAME UID...`: deletes messages on the server, a line for each.
 * Fails when one of them was refused or not confirmed; finds nothing when
 * none of them was there.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_delete (PjCliContext *context)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;
  PjCliWait wait = { NULL };
  PjCliStatus status = PJ_CLI_DONE;
  PjService *service;
  PjAccount *account;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;
  account = pj_cli_context_find_account (context, context->words[0], &status);
  if (account == NULL)
    return status;

  service = pj_cli_context_get_service (context, NULL);
  pj_cli_listing_prepare (context, service, account);
  pj_delete_run_async (service, account, (const char *const *) context->words + 1,
                       context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  receipts = pj_delete_run_finish (result, &error);
  if (receipts == NULL)
    return pj_cli_context_fail (context, context->words[0], error);

  if (context->as_json)
    print_json (context, receipts);
  else
    print_text (receipts);

  return judge (receipts);
}
