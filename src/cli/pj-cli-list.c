/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <glib/gi18n.h>

#include "cli/pj-cli-json.h"
#include "cli/pj-cli-listing.h"
#include "cli/pj-cli-text.h"

enum
{
  COLUMN_MAILBOX,
  COLUMN_UID,
  COLUMN_FROM,
  COLUMN_SUBJECT,
  COLUMN_DATE,
  COLUMN_SIZE,
};

static const char *
get_account_name (PjService *service, PjMessage *message)
{
  PjAccount *account = pj_service_find_account_by_id (service, pj_message_get_account_id (message));

  return account != NULL ? pj_account_get_name (account) : "";
}

static void
print_json (PjCliContext *context, PjService *service, GPtrArray *messages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);

      pj_cli_json_add_message (builder, message, get_account_name (service, message));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_table (PjService *service, GPtrArray *messages)
{
  const char *titles[] = { _ ("Mailbox"), _ ("UID"),  _ ("From"), _ ("Subject"),
                           _ ("Date"),    _ ("Size"), NULL };
  g_autoptr (PjCliTable) table = pj_cli_table_new (titles);

  pj_cli_table_keep_whole (table, COLUMN_MAILBOX);
  pj_cli_table_keep_whole (table, COLUMN_UID);
  pj_cli_table_keep_whole (table, COLUMN_DATE);
  pj_cli_table_keep_whole (table, COLUMN_SIZE);
  pj_cli_table_align_right (table, COLUMN_SIZE);

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);
      g_autofree char *sender = pj_cli_text_format_sender (message);
      g_autofree char *date = pj_cli_text_format_date (pj_message_get_date (message));
      g_autofree char *size = g_format_size (pj_message_get_octets (message));
      const char *cells[] = {
        get_account_name (service, message),
        pj_message_get_uid (message),
        sender,
        pj_message_get_subject (message),
        date,
        size,
      };

      pj_cli_table_add_row (table, cells);
    }

  pj_cli_text_print_table (table);
}

/**
 * pj_cli_list:
 * @context: the context
 *
 * `list [NAME]`: lists what the last check found on the server.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_list (PjCliContext *context)
{
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  PjCliStatus status = PJ_CLI_DONE;
  PjAccount *account = NULL;
  PjService *service;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;
  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);

  if (context->words[0] != NULL)
    {
      account = pj_cli_context_find_account (context, context->words[0], &status);
      if (account == NULL)
        return status;
    }

  pj_cli_listing_prepare (context, service, account);
  messages = pj_cli_listing_collect (service, account);
  if (context->as_json)
    print_json (context, service, messages);
  else if (messages->len > 0)
    print_table (service, messages);

  return status;
}
