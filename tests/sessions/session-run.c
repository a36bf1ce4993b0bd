/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-run.h"

#include "check/pj-check-problem.h"
#include "check/pj-check.h"
#include "check/pj-message-delete.h"
#include "check/pj-message-fetch.h"

/* A script that falls silent shall not hold the test up for a minute. */
static PjNetLimits
get_test_limits (void)
{
  PjNetLimits limits = pj_net_limits_default;

  limits.connect_ms = 10 * 1000;
  limits.handshake_ms = 10 * 1000;
  limits.login_ms = 10 * 1000;
  limits.idle_ms = 1500;
  limits.total_ms = 30 * 1000;

  return limits;
}

static guint
parse_ms (const char *value)
{
  guint64 ms;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT, &ms, NULL))
    g_error ("“%s” are no milliseconds", value);

  return (guint) ms;
}

static void
set_user (PjMailbox *mailbox, const char *value)
{
  g_free (mailbox->user);
  mailbox->user = g_strdup (value);
}

static void
set_password (PjMailbox *mailbox, const char *value)
{
  pj_secret_unref (mailbox->secret);
  mailbox->secret = pj_secret_new (value);
}

/* In place of the password. */
static void
set_token (PjMailbox *mailbox, const char *value)
{
  g_clear_pointer (&mailbox->secret, pj_secret_unref);
  mailbox->token = pj_secret_new (value);
}

static void
set_mechanism (PjMailbox *mailbox, const char *value)
{
  mailbox->mechanism = g_strdup (value);
}

static void
set_has_worked (PjMailbox *mailbox, const char *value)
{
  g_assert_cmpstr (value, ==, "yes");
  mailbox->has_worked = TRUE;
}

static void
set_limits (PjMailbox *mailbox, const char *value)
{
  g_assert_cmpstr (value, ==, "default");
  mailbox->limits = pj_net_limits_default;
}

static void
set_idle_ms (PjMailbox *mailbox, const char *value)
{
  mailbox->limits.idle_ms = parse_ms (value);
}

static void
set_total_ms (PjMailbox *mailbox, const char *value)
{
  mailbox->limits.total_ms = parse_ms (value);
}

static void
set_handshake_ms (PjMailbox *mailbox, const char *value)
{
  mailbox->limits.handshake_ms = parse_ms (value);
}

static void
set_fetch_whole (PjMailbox *mailbox, const char *value)
{
  g_assert_cmpstr (value, ==, "agreed");
  mailbox->may_fetch_whole = TRUE;
}

static const struct
{
  const char *name;
  void (*set) (PjMailbox *mailbox, const char *value);
} settings[] = {
  { "user", set_user },
  { "password", set_password },
  { "token", set_token },
  { "mechanism", set_mechanism },
  { "has-worked", set_has_worked },
  { "limits", set_limits },
  { "idle-ms", set_idle_ms },
  { "total-ms", set_total_ms },
  { "handshake-ms", set_handshake_ms },
  { "fetch-whole", set_fetch_whole },
};

static void
change (PjMailbox *mailbox, const char *setting)
{
  gsize name_len = strcspn (setting, " ");

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (strlen (settings[i].name) == name_len &&
          strncmp (setting, settings[i].name, name_len) == 0)
        {
          settings[i].set (mailbox, setting + name_len + 1);
          return;
        }
    }

  g_error ("The script sets “%s”, which this test does not know", setting);
}

static PjMailbox *
make_mailbox (PjDemoScript *script, PjScriptServer *server, guint connection)
{
  PjMailbox *mailbox = pj_mailbox_new ("127.0.0.1", pj_script_server_get_port (server),
                                       pj_demo_script_get_security (script));
  const char *const *changes = pj_demo_script_get_settings (script, connection);

  mailbox->account_id = g_strdup ("account");
  mailbox->tls->ca_file = g_strdup (pj_script_server_get_ca_file (server));
  mailbox->user = g_strdup (SESSION_USER);
  mailbox->secret = pj_secret_new (SESSION_PASSWORD);
  mailbox->limits = get_test_limits ();
  for (gsize i = 0; changes[i] != NULL; i++)
    change (mailbox, changes[i]);

  return mailbox;
}

static void
note (SessionOutcome *outcome, const char *name, const char *value)
{
  g_hash_table_insert (outcome->found, g_strdup (name), g_strdup (value));
}

static void
note_figure (SessionOutcome *outcome, const char *name, guint64 figure)
{
  g_autofree char *value = g_strdup_printf ("%" G_GUINT64_FORMAT, figure);

  note (outcome, name, value);
}

/* "subject2": of the second new message. */
static void
note_of (SessionOutcome *outcome, const char *name, guint number, const char *value)
{
  g_autofree char *numbered = g_strdup_printf ("%s%u", name, number);

  note (outcome, numbered, value);
}

static void
note_message (SessionOutcome *outcome, guint number, PjMessage *message)
{
  g_autofree char *octets = g_strdup_printf ("%" G_GUINT64_FORMAT, pj_message_get_octets (message));

  note_of (outcome, "uid", number, pj_message_get_uid (message));
  note_of (outcome, "octets", number, octets);
  note_of (outcome, "from", number, pj_message_get_from_address (message));
  note_of (outcome, "subject", number, pj_message_get_subject (message));
}

static void
run_check (PjMailbox *mailbox, char **words, SessionOutcome *outcome)
{
  g_autoptr (PjCheckRequest) request = g_new0 (PjCheckRequest, 1);
  g_autoptr (PjCheckResult) result = NULL;

  request->mailbox = mailbox;
  request->known_uids = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 1; words[i] != NULL; i++)
    g_hash_table_add (request->known_uids, words[i]);

  result = pj_check_run (request, NULL, NULL, &outcome->error);
  if (result == NULL)
    return;

  note_figure (outcome, "messages", result->messages);
  note_figure (outcome, "octets", result->octets);
  note_figure (outcome, "new", result->fresh->len);
  note_figure (outcome, "uids", result->uids->len);
  note_figure (outcome, "has-uids", result->has_uids ? 1 : 0);
  for (guint i = 0; i < result->fresh->len; i++)
    note_message (outcome, i + 1, g_ptr_array_index (result->fresh, i));
}

static void
run_show (PjMailbox *mailbox, char **words, SessionOutcome *outcome)
{
  PjMessageFetchRequest *request = g_new0 (PjMessageFetchRequest, 1);
  g_autoptr (PjFetchedMessage) message = NULL;
  g_autofree char *source = NULL;
  gsize size;
  const char *bytes;

  g_assert_nonnull (words[1]);
  request->mailbox = mailbox;
  request->uid = g_strdup (words[1]);
  request->max_lines = words[2] != NULL ? (guint) g_ascii_strtoull (words[2], NULL, 10) : G_MAXUINT;
  message = pj_message_fetch_run (request, NULL, &outcome->error);
  pj_message_fetch_request_free (request);
  if (message == NULL)
    return;

  bytes = g_bytes_get_data (message->source, &size);
  source = g_strndup (bytes, size);
  note (outcome, "bytes", source);
  note (outcome, "shown", message->text->text);
  note_figure (outcome, "source", size);
  note_figure (outcome, "cut", message->text->is_cut ? 1 : 0);
}

static void
run_delete (PjMailbox *mailbox, char **words, SessionOutcome *outcome)
{
  PjMessageDeleteRequest *request = g_new0 (PjMessageDeleteRequest, 1);
  g_autoptr (GPtrArray) receipts = NULL;

  request->mailbox = mailbox;
  request->uids = g_strdupv (words + 1);
  receipts = pj_message_delete_run (request, NULL, &outcome->error);
  pj_message_delete_request_free (request);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      note (outcome, receipt->uid, pj_delete_outcome_to_string (receipt->outcome));
    }
}

static const struct
{
  const char *name;
  void (*run) (PjMailbox *mailbox, char **words, SessionOutcome *outcome);
} commands[] = {
  { "check", run_check },
  { "show", run_show },
  { "delete", run_delete },
};

static void
run_command (const char *command, PjMailbox *mailbox, SessionOutcome *outcome)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (words[0], commands[i].name))
        {
          commands[i].run (mailbox, words, outcome);
          return;
        }
    }

  g_error ("The script commands “%s”, which this test does not know", command);
}

/* Runs what @script commands for @connection against the @server that plays
 * it. Blocks. */
SessionOutcome *
session_run (PjDemoScript *script, PjScriptServer *server, guint connection)
{
  SessionOutcome *outcome = g_new0 (SessionOutcome, 1);
  PjMailbox *mailbox = make_mailbox (script, server, connection);
  gint64 start = g_get_monotonic_time ();

  outcome->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  outcome->total_s = mailbox->limits.total_ms / 1000;
  run_command (pj_demo_script_get_command (script, connection), mailbox, outcome);
  outcome->seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  if (outcome->error != NULL)
    outcome->error = pj_check_problem_translate (outcome->error);

  return outcome;
}

void
session_outcome_free (SessionOutcome *self)
{
  g_hash_table_unref (self->found);
  g_clear_error (&self->error);
  g_free (self);
}
