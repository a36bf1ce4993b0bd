/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-context.h"

#include "pj-config.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "app/pj-problem-words.h"
#include "base/pj-text.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-wait.h"

/* An error is one line; this much of it is for reading. */
#define MAX_ERROR_CHARS 500

static GOptionEntry *
make_common_entries (PjCliContext *self)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->as_json, N_ ("Print one JSON document"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile_dir,
      N_ ("Keep settings and state below DIR"), N_ ("DIR") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->is_demo, N_ ("Use demonstration mailboxes"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return g_memdup2 (entries, sizeof entries);
}

/**
 * pj_cli_context_new_options:
 * @self: the context
 * @parameters: what follows the options, for the help
 *
 * Returns: (transfer full): options that stand before and behind a command alike
 */
GOptionContext *
pj_cli_context_new_options (PjCliContext *self, const char *parameters)
{
  g_autofree GOptionEntry *common = make_common_entries (self);
  GOptionContext *options = g_option_context_new (parameters);

  g_option_context_set_translation_domain (options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, common, GETTEXT_PACKAGE);

  return options;
}

static gboolean
on_interrupt (gpointer user_data)
{
  PjCliContext *self = user_data;

  self->interrupt_source = 0;
  g_cancellable_cancel (self->cancellable);
  /* Whoever presses Ctrl+C twice does not want to wait. */
  signal (SIGINT, SIG_DFL);

  return G_SOURCE_REMOVE;
}

/**
 * pj_cli_context_parse:
 * @self: the context
 * @entries: (nullable): options of the command, besides those of all
 *
 * Takes the options out of what follows the command; `words` holds the rest.
 * Every command calls this first; from then on Ctrl+C cancels. With --help it prints and exits.
 *
 * Returns: whether the command can go on; else the reason was printed and it
 *   returns %PJ_CLI_USAGE
 */
gboolean
pj_cli_context_parse (PjCliContext *self, const GOptionEntry *entries)
{
  const PjCliCommand *command = self->command;
  g_autofree char *usage = g_strdup_printf ("%s %s", command->name, command->parameters);
  g_autoptr (GOptionContext) options = pj_cli_context_new_options (self, g_strchomp (usage));
  g_autoptr (GError) error = NULL;
  const GOptionEntry log_entries[] = {
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &self->log_path,
      N_ ("Append what is said to servers to FILE, passwords left out"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  guint n;

  g_option_context_set_summary (options, _ (command->summary));
  if (command->has_log)
    g_option_context_add_main_entries (options, log_entries, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (options, &self->arguments, &error))
    {
      pj_cli_context_misused (self, "%s", error->message);
      return FALSE;
    }

  self->words = self->arguments + 1;
  n = g_strv_length (self->words);
  if (n < command->min_words || n > command->max_words)
    {
      pj_cli_context_misused (self, _ ("Usage: popinjayctl %s"), usage);
      return FALSE;
    }

  /* From here on there is something to interrupt. */
  self->interrupt_source = g_unix_signal_add (SIGINT, on_interrupt, self);
  return TRUE;
}

static PjService *
make_service (PjCliContext *self, GError **error)
{
  g_autoptr (PjProfile) profile = NULL;
  g_autoptr (PjSecretStore) secrets = NULL;
  g_autoptr (PjClock) clock = NULL;

  if (self->is_demo)
    return self->make_demo (self->demo_data, error);

  profile = pj_profile_new (self->profile_dir, error);
  if (profile == NULL)
    return NULL;

  secrets = pj_secret_store_new ();
  clock = pj_clock_new_system ();
  return pj_service_new (profile, secrets, clock, error);
}

/**
 * pj_cli_context_get_service:
 * @self: the context
 * @error: return location
 *
 * Opens the profile at the first call.
 *
 * Returns: (transfer none): the service, its lists filled; %NULL with @error set
 */
PjService *
pj_cli_context_get_service (PjCliContext *self, GError **error)
{
  g_autoptr (PjService) service = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  if (self->service != NULL)
    return self->service;

  service = make_service (self, error);
  if (service == NULL)
    return NULL;

  if (self->log_path != NULL && !pj_service_set_log_file (service, self->log_path, error))
    return NULL;

  pj_service_load_async (service, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  if (!pj_service_load_finish (service, result, error))
    return NULL;

  self->service = g_steal_pointer (&service);
  return self->service;
}

/**
 * pj_cli_context_find_account:
 * @self: the context
 * @name: what the user calls it
 * @status: (out): set when there is none; the reason was printed
 *
 * Returns: (transfer none) (nullable): the account
 */
PjAccount *
pj_cli_context_find_account (PjCliContext *self, const char *name, PjCliStatus *status)
{
  g_autoptr (GError) error = NULL;
  PjService *service = pj_cli_context_get_service (self, &error);
  PjAccount *account;

  if (service == NULL)
    {
      *status = pj_cli_context_fail (self, NULL, error);
      return NULL;
    }

  account = pj_service_find_account (service, name);
  if (account == NULL)
    *status = pj_cli_context_not_found (self, _ ("There is no mailbox named “%s”"), name);

  return account;
}

static void
print_error_line (const char *text)
{
  g_autofree char *line = pj_text_clean_line (text, -1, MAX_ERROR_CHARS);

  fprintf (stderr, "popinjayctl: %s\n", line);
}

static void
print_error_document (PjCliContext *self, PjProblemCode code, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!self->as_json)
    return;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  pj_cli_json_add_error (builder, code, text);
  json_builder_end_object (builder);
  pj_cli_context_print_json (self, builder);
}

/**
 * pj_cli_error_get_code:
 * @error: an error of the app layer
 *
 * Returns: its code
 */
PjProblemCode
pj_cli_error_get_code (const GError *error)
{
  if (error->domain == PJ_PROBLEM_ERROR)
    return (PjProblemCode) error->code;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? PJ_PROBLEM_CANCELLED
                                                                   : PJ_PROBLEM_INTERNAL;
}

/**
 * pj_cli_context_complain:
 * @self: the context
 * @about: (nullable): the mailbox that it is about
 * @error: what went wrong
 *
 * Prints an error in words on stderr, one line.
 */
void
pj_cli_context_complain (PjCliContext *self, const char *about, const GError *error)
{
  const char *title = pj_problem_words_title (pj_cli_error_get_code (error));
  g_autofree char *line = NULL;

  line = g_strdup_printf ("%s%s%s: %s", about != NULL ? about : "", about != NULL ? ": " : "",
                          title, error->message);
  print_error_line (line);
}

/**
 * pj_cli_context_fail:
 * @self: the context
 * @about: (nullable): the mailbox that it is about
 * @error: why the command could not do its work
 *
 * Prints the error on stderr and, with --json, as the one document.
 *
 * Returns: %PJ_CLI_FAILED
 */
PjCliStatus
pj_cli_context_fail (PjCliContext *self, const char *about, const GError *error)
{
  pj_cli_context_complain (self, about, error);
  print_error_document (self, pj_cli_error_get_code (error), error->message);

  return PJ_CLI_FAILED;
}

/**
 * pj_cli_context_not_found:
 * @self: the context
 * @format: what there is none of
 * @...: for @format
 *
 * Likewise.
 *
 * Returns: %PJ_CLI_NOT_FOUND
 */
PjCliStatus
pj_cli_context_not_found (PjCliContext *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  print_error_line (text);
  print_error_document (self, PJ_PROBLEM_INTERNAL, text);

  return PJ_CLI_NOT_FOUND;
}

/**
 * pj_cli_context_misused:
 * @self: the context
 * @format: what is wrong with the command line
 * @...: for @format
 *
 * Likewise.
 *
 * Returns: %PJ_CLI_USAGE
 */
PjCliStatus
pj_cli_context_misused (PjCliContext *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  print_error_line (text);
  print_error_document (self, PJ_PROBLEM_INTERNAL, text);

  return PJ_CLI_USAGE;
}

/**
 * pj_cli_context_print_json:
 * @self: the context
 * @builder: the document, complete
 *
 * Prints the one document that a command has.
 */
void
pj_cli_context_print_json (PjCliContext *self, JsonBuilder *builder)
{
  g_autofree char *text = pj_cli_json_to_string (builder);

  puts (text);
}

/**
 * pj_cli_context_print_account:
 * @self: the context
 * @account: an account
 *
 * Prints the account as the one document.
 */
void
pj_cli_context_print_account (PjCliContext *self, PjAccount *account)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  pj_cli_json_add_account_members (builder, account);
  json_builder_end_object (builder);
  pj_cli_context_print_json (self, builder);
}

/**
 * pj_cli_context_clear: (skip)
 * @self: the context
 */
void
pj_cli_context_clear (PjCliContext *self)
{
  if (self->service != NULL)
    pj_service_shut_down (self->service);
  g_clear_object (&self->service);
  g_clear_handle_id (&self->interrupt_source, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->profile_dir, g_free);
  g_clear_pointer (&self->log_path, g_free);
  g_clear_pointer (&self->arguments, g_strfreev);
}
