/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "app/pj-check-run.h"
#include "base/pj-text.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-text.h"
#include "cli/pj-cli-wait.h"

#define MAX_SUBJECT_CHARS 200

/* One mailbox that is looked into. */
typedef struct
{
  PjAccount *account;
  PjCheckReport *report; /* NULL: @error */
  GError *error;
  PjCliWait wait;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->report, pj_check_report_free);
  g_clear_error (&look->error);
  g_clear_object (&look->account);
  g_free (look);
}

static void
add_look (GPtrArray *looks, PjAccount *account)
{
  Look *look = g_new0 (Look, 1);

  look->account = g_object_ref (account);
  g_ptr_array_add (looks, look);
}

/* Returns: whether all names are known; @status is set when not */
static gboolean
choose_accounts (PjCliContext *context, PjService *service, GPtrArray *looks, PjCliStatus *status)
{
  GListModel *accounts = pj_service_get_accounts (service);

  for (gsize i = 0; context->words[i] != NULL; i++)
    {
      PjAccount *account = pj_cli_context_find_account (context, context->words[i], status);

      if (account == NULL)
        return FALSE;
      /* One mailbox is not looked into twice at a time. */
      if (!g_strv_contains ((const char *const *) context->words + i + 1, context->words[i]))
        add_look (looks, account);
    }

  if (context->words[0] != NULL)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      add_look (looks, account);
    }

  return TRUE;
}

static void
run_looks (PjCliContext *context, PjService *service, GPtrArray *looks)
{
  for (guint i = 0; i < looks->len; i++)
    {
      Look *look = g_ptr_array_index (looks, i);

      pj_check_run_async (service, look->account, context->cancellable, pj_cli_wait_on_ready,
                          &look->wait);
    }

  for (guint i = 0; i < looks->len; i++)
    {
      Look *look = g_ptr_array_index (looks, i);
      g_autoptr (GAsyncResult) result = pj_cli_wait_for_result (&look->wait);

      look->report = pj_check_run_finish (result, &look->error);
    }
}

static guint
count_new (const Look *look)
{
  return look->report->is_baseline ? 0 : look->report->added->len;
}

static void
add_number (JsonBuilder *builder, const char *name, gboolean is_known, guint64 value)
{
  json_builder_set_member_name (builder, name);
  if (is_known)
    json_builder_add_int_value (builder, (gint64) value);
  else
    json_builder_add_null_value (builder);
}

static void
add_look_json (JsonBuilder *builder, const Look *look)
{
  const char *name = pj_account_get_name (look->account);
  gboolean ok = look->report != NULL;
  const PjCheckResult *result = ok ? look->report->result : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  pj_cli_json_add_string (builder, name);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, ok);
  add_number (builder, "messages", ok, ok ? result->messages : 0);
  add_number (builder, "octets", ok, ok ? result->octets : 0);

  json_builder_set_member_name (builder, "new");
  json_builder_begin_array (builder);
  for (guint i = 0; ok && i < count_new (look); i++)
    pj_cli_json_add_message (builder, g_ptr_array_index (look->report->added, i), name);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "error");
  if (ok)
    json_builder_add_null_value (builder);
  else
    pj_cli_json_add_error (builder, pj_cli_error_get_code (look->error), look->error->message);

  add_number (builder, "round_trips", ok, ok ? result->round_trips : 0);
  add_number (builder, "bytes_in", ok, ok ? result->bytes_in : 0);
  add_number (builder, "bytes_out", ok, ok ? result->bytes_out : 0);
  json_builder_set_member_name (builder, "seconds");
  if (ok)
    json_builder_add_double_value (builder, result->seconds);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static void
print_json (PjCliContext *context, GPtrArray *looks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < looks->len; i++)
    add_look_json (builder, g_ptr_array_index (looks, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_look (const Look *look)
{
  const char *name = pj_account_get_name (look->account);
  guint messages = look->report->result->messages;
  guint n = count_new (look);

  if (look->report->is_baseline)
    printf (
        ngettext ("%s: %u message already there\n", "%s: %u messages already there\n", messages),
        name, messages);
  else
    printf (ngettext ("%s: %u new message\n", "%s: %u new messages\n", n), name, n);

  for (guint i = 0; i < n; i++)
    {
      PjMessage *message = g_ptr_array_index (look->report->added, i);
      g_autofree char *sender = pj_cli_text_format_sender (message);
      g_autofree char *line = g_strdup_printf ("%s: %s", sender, pj_message_get_subject (message));
      g_autofree char *clean = pj_text_clean_line (line, -1, MAX_SUBJECT_CHARS);

      printf ("  %s\n", clean);
    }
}

/**
 * pj_cli_check:
 * @context: the context
 *
 * `check [NAME...]`: looks into mailboxes, all at the same time, and prints
 * what is new. What is there at the first check of a mailbox is not new.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_check (PjCliContext *context)
{
  g_autoptr (GPtrArray) looks = g_ptr_array_new_with_free_func (look_free);
  g_autoptr (GError) error = NULL;
  PjCliStatus status = PJ_CLI_DONE;
  PjService *service;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;
  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);
  if (!choose_accounts (context, service, looks, &status))
    return status;

  run_looks (context, service, looks);
  if (context->as_json)
    print_json (context, looks);

  for (guint i = 0; i < looks->len; i++)
    {
      const Look *look = g_ptr_array_index (looks, i);

      if (look->report == NULL)
        {
          pj_cli_context_complain (context, pj_account_get_name (look->account), look->error);
          status = PJ_CLI_FAILED;
        }
      else if (!context->as_json)
        print_look (look);
    }

  return status;
}
