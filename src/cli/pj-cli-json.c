/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-json.h"

/**
 * pj_cli_json_add_date:
 * @builder: where a value is expected
 * @date: seconds since 1970-01-01 UTC; 0 for unknown
 *
 * Adds a date as RFC 3339 has it, in UTC, or null where there is none or one
 * beyond the year 9999.
 */
void
pj_cli_json_add_date (JsonBuilder *builder, gint64 date)
{
  g_autoptr (GDateTime) time = date != 0 ? g_date_time_new_from_unix_utc (date) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * pj_cli_json_add_string:
 * @builder: where a value is expected
 * @text: (nullable): a text; %NULL adds null
 *
 * Adds a text; what is not UTF-8 in it is replaced, as JSON demands UTF-8.
 */
void
pj_cli_json_add_string (JsonBuilder *builder, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

static void
add_string_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  pj_cli_json_add_string (builder, text);
}

static void
add_int_member (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * pj_cli_json_add_error:
 * @builder: where a value is expected
 * @code: what went wrong
 * @text: English
 *
 * Adds `{"code","text"}`. %PJ_PROBLEM_TURNED_AWAY is "busy" there: for a
 * program both mean later.
 */
void
pj_cli_json_add_error (JsonBuilder *builder, PjProblemCode code, const char *text)
{
  if (code == PJ_PROBLEM_TURNED_AWAY)
    code = PJ_PROBLEM_BUSY;

  json_builder_begin_object (builder);
  add_string_member (builder, "code", pj_problem_code_to_string (code));
  add_string_member (builder, "text", text);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_message:
 * @builder: where a value is expected
 * @message: a message
 * @account: name of its account
 *
 * Adds a message as in a listing.
 */
void
pj_cli_json_add_message (JsonBuilder *builder, PjMessage *message, const char *account)
{
  const char *const *warnings = pj_message_get_warnings (message);

  json_builder_begin_object (builder);
  add_string_member (builder, "account", account);
  add_string_member (builder, "uid", pj_message_get_uid (message));

  json_builder_set_member_name (builder, "from");
  json_builder_begin_object (builder);
  add_string_member (builder, "name", pj_message_get_from_name (message));
  add_string_member (builder, "address", pj_message_get_from_address (message));
  json_builder_end_object (builder);

  add_string_member (builder, "subject", pj_message_get_subject (message));
  json_builder_set_member_name (builder, "date");
  pj_cli_json_add_date (builder, pj_message_get_date (message));
  add_int_member (builder, "octets", (gint64) pj_message_get_octets (message));
  add_string_member (builder, "state", pj_message_state_to_string (pj_message_get_state (message)));

  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    pj_cli_json_add_string (builder, warnings[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_account_members:
 * @builder: within an object
 * @account: an account
 *
 * Adds how to reach an account and how it did at the last check.
 */
void
pj_cli_json_add_account_members (JsonBuilder *builder, PjAccount *account)
{
  PjProblem *problem = pj_account_get_problem (account);

  add_string_member (builder, "name", pj_account_get_name (account));
  add_string_member (builder, "server", pj_account_get_server (account));
  add_int_member (builder, "port", pj_account_get_port (account));
  add_string_member (builder, "security",
                     pj_security_to_string (pj_account_get_security (account)));
  add_string_member (builder, "user", pj_account_get_user (account));
  add_string_member (builder, "mechanism", pj_account_get_mechanism (account));
  add_string_member (builder, "client_certificate", pj_account_get_client_certificate (account));
  add_string_member (builder, "pin", pj_account_get_pin (account));
  json_builder_set_member_name (builder, "fetch_whole");
  json_builder_add_boolean_value (builder, pj_account_may_fetch_whole (account));

  json_builder_set_member_name (builder, "last_success");
  pj_cli_json_add_date (builder, pj_account_get_last_success (account));

  json_builder_set_member_name (builder, "error");
  if (problem != NULL)
    pj_cli_json_add_error (builder, pj_problem_get_code (problem), pj_problem_get_detail (problem));
  else
    json_builder_add_null_value (builder);
}

/* A field that stands once is a text, one that stands more often an array of
 * texts in the order of the mail; names differing only in case are one. */
static void
add_headers (JsonBuilder *builder, const PjMailText *mail)
{
  g_autoptr (GHashTable) values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < mail->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (mail->headers, i);
      g_autofree char *key = g_ascii_strdown (header->name, -1);
      GPtrArray *same = g_hash_table_lookup (values, key);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (values, g_steal_pointer (&key), same);
        }
      g_ptr_array_add (same, header->value);
    }

  json_builder_begin_object (builder);
  for (guint i = 0; i < mail->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (mail->headers, i);
      g_autofree char *key = g_ascii_strdown (header->name, -1);
      GPtrArray *same = g_hash_table_lookup (values, key);

      if (same == NULL)
        continue;

      json_builder_set_member_name (builder, header->name);
      if (same->len > 1)
        json_builder_begin_array (builder);
      for (guint j = 0; j < same->len; j++)
        pj_cli_json_add_string (builder, g_ptr_array_index (same, j));
      if (same->len > 1)
        json_builder_end_array (builder);
      g_hash_table_remove (values, key);
    }
  json_builder_end_object (builder);
}

static void
add_warning (JsonBuilder *builder, const PjMailWarning *warning)
{
  json_builder_begin_object (builder);
  add_string_member (builder, "code", warning->code);
  add_string_member (builder, "text", warning->text);
  add_string_member (builder, "reason", warning->reason);
  add_string_member (builder, "certainty", pj_mail_certainty_to_string (warning->certainty));
  json_builder_end_object (builder);
}

/* @link: (nullable): null stands for none */
static void
add_link (JsonBuilder *builder, const PjMailLink *link)
{
  if (link == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string_member (builder, "host", link->host);
  add_string_member (builder, "target", link->target);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_attachment:
 * @builder: where a value is expected
 * @attachment: an attachment
 *
 * Adds `{"name","type","octets","sniffed","dangers","partial"}`; `octets` is
 * null where the size is not known.
 */
void
pj_cli_json_add_attachment (JsonBuilder *builder, const PjMailAttachment *attachment)
{
  json_builder_begin_object (builder);
  add_string_member (builder, "name", attachment->name);
  add_string_member (builder, "type", attachment->type);
  json_builder_set_member_name (builder, "octets");
  if (attachment->octets >= 0)
    json_builder_add_int_value (builder, attachment->octets);
  else
    json_builder_add_null_value (builder);
  add_string_member (builder, "sniffed", attachment->sniffed);

  json_builder_set_member_name (builder, "dangers");
  json_builder_begin_array (builder);
  for (gsize i = 0; attachment->dangers[i] != NULL; i++)
    pj_cli_json_add_string (builder, attachment->dangers[i]);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "partial");
  json_builder_add_boolean_value (builder, attachment->is_partial);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_saved:
 * @builder: where a value is expected
 * @attachment: an attachment
 * @path: file that it was saved to
 *
 * Adds `{"saved","attachment"}`: the path and the attachment.
 */
void
pj_cli_json_add_saved (JsonBuilder *builder, const PjMailAttachment *attachment, const char *path)
{
  json_builder_begin_object (builder);
  add_string_member (builder, "saved", path);
  json_builder_set_member_name (builder, "attachment");
  pj_cli_json_add_attachment (builder, attachment);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_mail:
 * @builder: where a value is expected
 * @mail: a mail
 *
 * Adds a mail made safe.
 */
void
pj_cli_json_add_mail (JsonBuilder *builder, const PjMailText *mail)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "headers");
  add_headers (builder, mail);
  add_string_member (builder, "text", mail->text);

  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      pj_cli_json_add_attachment (builder, attachment);
    }
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mail->warnings->len; i++)
    add_warning (builder, g_ptr_array_index (mail->warnings, i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "unsubscribe");
  add_link (builder, mail->unsubscribe);
  add_string_member (builder, "one_time_code", mail->one_time_code);
  add_string_member (builder, "spam_verdict", mail->spam_verdict);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_receipt:
 * @builder: where a value is expected
 * @receipt: what became of one message
 *
 * Adds `{"uid","result","text"}`.
 */
void
pj_cli_json_add_receipt (JsonBuilder *builder, const PjDeleteReceipt *receipt)
{
  json_builder_begin_object (builder);
  add_string_member (builder, "uid", receipt->uid);
  add_string_member (builder, "result", pj_delete_outcome_to_string (receipt->outcome));
  add_string_member (builder, "text", receipt->text);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_add_step:
 * @builder: where a value is expected
 * @step: a step of the doctor
 * @remedy: (nullable): what to do when it failed
 *
 * Adds `{"step","ok","seconds","text","remedy"}`.
 */
void
pj_cli_json_add_step (JsonBuilder *builder, const PjDoctorStep *step, const char *remedy)
{
  json_builder_begin_object (builder);
  add_string_member (builder, "step", step->step);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, step->ok);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, step->seconds);
  add_string_member (builder, "text", step->text);
  add_string_member (builder, "remedy", remedy);
  json_builder_end_object (builder);
}

/**
 * pj_cli_json_to_string:
 * @builder: a document that is complete
 *
 * Returns: (transfer full): the document on one line, without line end
 */
char *
pj_cli_json_to_string (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
