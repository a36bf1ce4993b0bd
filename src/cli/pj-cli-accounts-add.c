/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/pj-account-edit.h"
#include "app/pj-login-run.h"
#include "app/pj-sign-in.h"
#include "base/pj-fingerprint.h"
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
  char *auth;
  char *password_command;
  char *token_command;
  char *client_certificate;
  char *ca_file;
  char *pin;
  gboolean password_stdin;
  gboolean fetch_whole;
  gboolean no_verify_now;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->server);
  g_free (options->security);
  g_free (options->user);
  g_free (options->auth);
  g_free (options->password_command);
  g_free (options->token_command);
  g_free (options->client_certificate);
  g_free (options->ca_file);
  g_free (options->pin);
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
    { "auth", 0, 0, G_OPTION_ARG_STRING, &options->auth,
      N_ ("Sign in by MECHANISM only, such as PLAIN or SCRAM-SHA-256"), N_ ("MECHANISM") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin,
      N_ ("Read the password from the first line of stdin"), NULL },
    { "password-command", 0, 0, G_OPTION_ARG_STRING, &options->password_command,
      N_ ("Run CMD for the password at each login, and store none"), N_ ("CMD") },
    { "token-command", 0, 0, G_OPTION_ARG_STRING, &options->token_command,
      N_ ("Run CMD for an OAuth access token at each login; there is no password then"),
      N_ ("CMD") },
    { "client-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->client_certificate,
      N_ ("Show the certificate in FILE (PEM, with its key) to the server"), N_ ("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_ ("Trust the certificates in FILE (PEM) and no others"), N_ ("FILE") },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &options->pin,
      N_ ("Accept the certificate with this SHA-256 fingerprint and no other"),
      N_ ("FINGERPRINT") },
    { "fetch-whole", 0, 0, G_OPTION_ARG_NONE, &options->fetch_whole,
      N_ ("Let whole mails be fetched where the server has no TOP; it may mark them as read"),
      NULL },
    { "no-verify-now", 0, 0, G_OPTION_ARG_NONE, &options->no_verify_now,
      N_ ("Add it without testing the login"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return pj_cli_context_parse (context, entries);
}

/* Returns: (nullable): what is wrong with how to reach the server, translated */
static const char *
find_server_fault (const Options *options, PjSecurity *security)
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

  return NULL;
}

/* Returns: (nullable): what is wrong with the certificates, translated */
static const char *
find_certificate_fault (const Options *options, PjSecurity security)
{
  g_autofree char *pin = options->pin != NULL ? pj_fingerprint_parse (options->pin) : NULL;

  if (options->ca_file != NULL && access (options->ca_file, R_OK) != 0)
    return _ ("The file that --ca-file names cannot be read");
  if (options->client_certificate != NULL && access (options->client_certificate, R_OK) != 0)
    return _ ("The file that --client-certificate names cannot be read");
  if (options->pin != NULL && pin == NULL)
    return _ ("--pin must be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons");
  if (security == PJ_SECURITY_NONE && (options->pin != NULL || options->client_certificate != NULL))
    return _ ("--pin and --client-certificate need --security tls or starttls");

  return NULL;
}

static gboolean
is_one_of (const char *name, const char *one, const char *other)
{
  return name != NULL &&
         (g_ascii_strcasecmp (name, one) == 0 || g_ascii_strcasecmp (name, other) == 0);
}

/* Returns: (nullable): what is wrong with how to sign in, translated */
static const char *
find_sign_in_fault (const Options *options)
{
  const gboolean is_oauth = is_one_of (options->auth, "OAUTHBEARER", "XOAUTH2");
  const gboolean is_external = is_one_of (options->auth, "EXTERNAL", "EXTERNAL");
  const gboolean is_proved =
      options->token_command != NULL || is_one_of (options->auth, "EXTERNAL", "GSSAPI");
  const gboolean has_password = options->password_stdin || options->password_command != NULL;

  if (is_external && options->client_certificate == NULL)
    return _ ("--auth EXTERNAL needs --client-certificate");
  if (is_oauth && options->token_command == NULL)
    return _ ("--auth OAUTHBEARER and --auth XOAUTH2 need --token-command");
  if (options->auth != NULL && !is_oauth && options->token_command != NULL)
    return _ ("--token-command goes with --auth OAUTHBEARER or XOAUTH2 only");
  if (options->password_stdin && options->password_command != NULL)
    return _ ("--password-stdin and --password-command exclude each other");
  if (is_proved && has_password)
    return _ ("With this way to sign in there is no password to give");
  if (!is_proved && !has_password && !isatty (STDIN_FILENO))
    return _ ("--password-stdin or --password-command is missing");

  return NULL;
}

/* Returns: whether the options can be used; else the reason was printed */
static gboolean
check_options (PjCliContext *context, const Options *options, PjSecurity *security)
{
  const char *fault = find_server_fault (options, security);

  if (options->auth != NULL && pj_sign_in_find_mechanism (options->auth) == NULL)
    {
      g_auto (GStrv) names = pj_sign_in_list_mechanisms ();
      g_autofree char *list = g_strjoinv (", ", names);

      /* TRANSLATORS: %s is a list of names such as “PLAIN, LOGIN” */
      pj_cli_context_misused (context, _ ("--auth must be one of %s"), list);
      return FALSE;
    }

  if (fault == NULL)
    fault = find_certificate_fault (options, *security);
  if (fault == NULL)
    fault = find_sign_in_fault (options);
  if (fault == NULL)
    return TRUE;

  pj_cli_context_misused (context, "%s", fault);
  return FALSE;
}

/* Returns: (transfer full) (nullable): later the program may start in another
 * folder */
static char *
dup_absolute (const char *path)
{
  return path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
}

static PjAccount *
make_draft (const char *name, const Options *options, PjSecurity security)
{
  PjAccount *draft = pj_account_new (NULL);
  guint port = options->port != PORT_NOT_GIVEN ? (guint) options->port
                                               : pj_security_get_default_port (security);
  g_autofree char *client_certificate = dup_absolute (options->client_certificate);
  g_autofree char *ca_file = dup_absolute (options->ca_file);
  g_autofree char *pin = options->pin != NULL ? pj_fingerprint_parse (options->pin) : NULL;

  g_object_set (draft, "name", name, "server", options->server, "port", port, "security", security,
                "user", options->user, "password-command", options->password_command,
                "token-command", options->token_command, "client-certificate", client_certificate,
                "ca-file", ca_file, "pin", pin, "may-fetch-whole", options->fetch_whole, NULL);
  if (options->auth != NULL)
    g_object_set (draft, "mechanism", pj_sign_in_find_mechanism (options->auth), NULL);

  return draft;
}

/* What the server's certificate says is kept with its pin, to be shown when
 * there is another one day. */
static gboolean
try_login (
    PjCliContext *context, PjAccount *draft, PjSecret *secret, guint *messages, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *certificate = NULL;
  PjCliWait wait = { NULL };

  pj_login_run_async (pj_cli_context_get_service (context, NULL), draft, secret,
                      context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  if (!pj_login_run_finish (result, messages, &certificate, error))
    return FALSE;

  if (pj_account_get_pin (draft) != NULL)
    g_object_set (draft, "pin-summary", certificate, NULL);
  return TRUE;
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

  if (!parse (context, &options) || !check_options (context, &options, &security))
    return PJ_CLI_USAGE;

  draft = make_draft (context->words[0], &options, security);
  if (!pj_account_is_valid (draft, &error))
    return pj_cli_context_misused (context, "%s", error->message);

  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);
  if (pj_service_find_account (service, context->words[0]) != NULL)
    return pj_cli_context_misused (context, _ ("There is a mailbox named “%s” already"),
                                   context->words[0]);

  if (options.password_command == NULL && pj_account_needs_password (draft))
    {
      secret = pj_cli_password_read (_ ("Password: "), context->cancellable);
      if (g_cancellable_set_error_if_cancelled (context->cancellable, &error))
        return pj_cli_context_fail (context, context->words[0], error);
      if (secret == NULL)
        return pj_cli_context_misused (context, "%s", _ ("No password was given"));
    }

  return verify_and_add (context, draft, secret, !options.no_verify_now);
}
