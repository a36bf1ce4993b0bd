/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/pj-account-edit.h"
#include "app/pj-login-run.h"
#include "cli/pj-cli-password.h"
#include "cli/pj-cli-wait.h"

/* No port number, so that 0 can be told that it is none. */
#define PORT_NOT_GIVEN G_MININT

typedef struct
{
  char *server;
  int port; /* or PORT_NOT_GIVEN: by the kind of security */
  char *security;
  char *user;
  char *password_command;
  char *ca_file;
  gboolean password_stdin;
  gboolean no_verify_now;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->server);
  g_free (options->security);
  g_free (options->user);
  g_free (options->password_command);
  g_free (options->ca_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (PjCliContext *context, Options *options)
{
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &options->server, N_ ("Name of the server"),
      N_ ("HOST") },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, N_ ("Port, 995 or 110 when not given"),
      N_ ("N") },
    { "security", 0, 0, G_OPTION_ARG_STRING, &options->security,
      N_ ("How the connection is protected; none sends the password unprotected"),
      "tls|starttls|none" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user, N_ ("User name there"), N_ ("USER") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin,
      N_ ("Read the password from the first line of stdin"), NULL },
    { "password-command", 0, 0, G_OPTION_ARG_STRING, &options->password_command,
      N_ ("Run CMD for the password at each login, and store none"), N_ ("CMD") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_ ("Trust the certificates in FILE (PEM) and no others"), N_ ("FILE") },
    { "no-verify-now", 0, 0, G_OPTION_ARG_NONE, &options->no_verify_now,
      N_ ("Add it without testing the login"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return pj_cli_context_parse (context, entries);
}

/* Returns: (nullable): what is wrong with the options, translated */
static const char *
find_fault (const Options *options, PjSecurity *security)
{
  *security = PJ_SECURITY_TLS;

  if (options->server == NULL || *options->server == '\0')
    return _ ("--server is missing");
  if (options->user == NULL || *options->user == '\0')
    return _ ("--user is missing");
  if (options->security != NULL && !pj_security_from_string (options->security, security))
    return _ ("--security must be tls, starttls or none");
  if (options->port != PORT_NOT_GIVEN && (options->port < 1 || options->port > G_MAXUINT16))
    return _ ("--port must be between 1 and 65535");
  if (options->password_stdin && options->password_command != NULL)
    return _ ("--password-stdin and --password-command exclude each other");
  if (!options->password_stdin && options->password_command == NULL && !isatty (STDIN_FILENO))
    return _ ("--password-stdin or --password-command is missing");
  if (options->ca_file != NULL && access (options->ca_file, R_OK) != 0)
    return _ ("The file that --ca-file names cannot be read");

  return NULL;
}

static PjAccount *
make_draft (const char *name, const Options *options, PjSecurity security)
{
  PjAccount *draft = pj_account_new (NULL);
  guint port = options->port != PORT_NOT_GIVEN ? (guint) options->port
                                               : pj_security_get_default_port (security);
  g_autofree char *ca_file = NULL;

  /* Later the program may start in another folder. */
  if (options->ca_file != NULL)
    ca_file = g_canonicalize_filename (options->ca_file, NULL);

  g_object_set (draft, "name", name, "server", options->server, "port", port, "security", security,
                "user", options->user, "ca-file", ca_file, "password-command",
                options->password_command, NULL);

  return draft;
}

static gboolean
try_login (
    PjCliContext *context, PjAccount *draft, PjSecret *secret, guint *messages, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  pj_login_run_async (pj_cli_context_get_service (context, NULL), draft, secret,
                      context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  return pj_login_run_finish (result, messages, error);
}

static gboolean
add (PjCliContext *context, PjAccount *draft, PjSecret *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  pj_account_edit_add_async (pj_cli_context_get_service (context, NULL), draft, secret,
                             context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  return pj_account_edit_finish (result, error);
}

static gboolean
take_back (PjCliContext *context, PjAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  /* No cancellable: an account without its password must not stay. */
  pj_account_edit_remove_async (pj_cli_context_get_service (context, NULL), account, NULL,
                                pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  return pj_account_edit_finish (result, error);
}

/* The memory of a program that ends with its command keeps no password. Only
 * the saving tells whether a secret service answers, so the account is there
 * by now. A demonstration ends as a whole, and its accounts with it.
 * Returns: whether the next login finds the password; else @account is gone */
static gboolean
keep_password (PjCliContext *context, PjAccount *account, GError **error)
{
  PjService *service = pj_cli_context_get_service (context, NULL);

  if (context->is_demo || pj_secret_store_is_persistent (pj_service_get_secrets (service)))
    return TRUE;

  if (take_back (context, account, error))
    g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                         _ ("No password store answers, so the password cannot be kept and the "
                            "mailbox was not added; see --password-command"));
  return FALSE;
}

static PjCliStatus
verify_and_add (PjCliContext *context, PjAccount *draft, PjSecret *secret, gboolean verifies)
{
  const char *name = pj_account_get_name (draft);
  g_autoptr (GError) error = NULL;
  guint messages = 0;

  if (verifies && !try_login (context, draft, secret, &messages, &error))
    return pj_cli_context_fail (context, name, error);

  if (!add (context, draft, secret, &error))
    return pj_cli_context_fail (context, name, error);

  if (secret != NULL && !keep_password (context, draft, &error))
    return pj_cli_context_fail (context, name, error);

  if (context->as_json)
    pj_cli_context_print_account (context, draft);
  else if (verifies)
    printf (ngettext ("%s: added; %u message there\n", "%s: added; %u messages there\n", messages),
            name, messages);
  else
    /* TRANSLATORS: %s is the name of a mailbox */
    printf (_ ("%s: added, not tested\n"), name);

  return PJ_CLI_DONE;
}

/**
 * pj_cli_accounts_add:
 * @context: the context
 *
 * `accounts add NAME`: adds a mailbox. The password comes from stdin or from
 * a command, never from the command line, where all users could see it.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_accounts_add (PjCliContext *context)
{
  g_auto (Options) options = { .port = PORT_NOT_GIVEN };
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (PjSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  PjService *service;
  PjSecurity security;
  const char *fault;

  if (!parse (context, &options))
    return PJ_CLI_USAGE;
  fault = find_fault (&options, &security);
  if (fault != NULL)
    return pj_cli_context_misused (context, "%s", fault);

  draft = make_draft (context->words[0], &options, security);
  if (!pj_account_is_valid (draft, &error))
    return pj_cli_context_misused (context, "%s", error->message);

  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);
  if (pj_service_find_account (service, context->words[0]) != NULL)
    return pj_cli_context_misused (context, _ ("There is a mailbox named “%s” already"),
                                   context->words[0]);

  if (options.password_command == NULL)
    {
      secret = pj_cli_password_read (_ ("Password: "), context->cancellable);
      if (g_cancellable_set_error_if_cancelled (context->cancellable, &error))
        return pj_cli_context_fail (context, context->words[0], error);
      if (secret == NULL)
        return pj_cli_context_misused (context, "%s", _ ("No password was given"));
    }

  return verify_and_add (context, draft, secret, !options.no_verify_now);
}
