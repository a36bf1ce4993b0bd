/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli.h"

#include "pj-config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli/pj-cli-commands.h"

/* The longer of two names that begin alike stands first. */
static const PjCliCommand commands[] = {
  { "accounts add", N_ ("NAME"), N_ ("Add a mailbox; the login is tested first"), 1, 1, FALSE,
    pj_cli_accounts_add },
  { "accounts edit", N_ ("NAME"), N_ ("Change what a mailbox’s owner agrees to"), 1, 1, FALSE,
    pj_cli_accounts_edit },
  { "accounts remove", N_ ("NAME"), N_ ("Remove a mailbox and its stored password"), 1, 1, FALSE,
    pj_cli_accounts_remove },
  { "accounts", "", N_ ("List the mailboxes"), 0, 0, FALSE, pj_cli_accounts },
  { "check", N_ ("[NAME…]"), N_ ("Look into mailboxes and print what is new"), 0, G_MAXUINT, TRUE,
    pj_cli_check },
  { "list", N_ ("[NAME]"), N_ ("List the messages that are known to be on the server"), 0, 1, FALSE,
    pj_cli_list },
  { "show", N_ ("NAME UID"), N_ ("Show a message as safe text"), 2, 2, TRUE, pj_cli_show },
  { "delete", N_ ("NAME UID…"), N_ ("Delete messages on the server"), 2, G_MAXUINT, TRUE,
    pj_cli_delete },
  { "doctor", N_ ("HOST[:PORT] | NAME"), N_ ("Examine a server or a mailbox step by step"), 0, 1,
    TRUE, pj_cli_doctor },
  { "status", "", N_ ("Print counts and health, for status bars"), 0, 0, FALSE, pj_cli_status },
};

static char *
describe_commands (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *parameters = commands[i].parameters;
      g_autofree char *call =
          g_strdup_printf ("%s %s", commands[i].name, *parameters != '\0' ? _ (parameters) : "");

      g_string_append_printf (text, "\n  %s\n      %s", g_strchomp (call), _ (commands[i].summary));
    }

  return g_strdup (text->str);
}

/* Returns: how many words of @words the name has; 0 when it is another */
static guint
match_command (const PjCliCommand *command, char **words)
{
  g_auto (GStrv) name = g_strsplit (command->name, " ", -1);
  guint n = 0;

  while (name[n] != NULL)
    {
      if (words[n] == NULL || !g_str_equal (name[n], words[n]))
        return 0;
      n++;
    }

  return n;
}

static char **
make_arguments (const char *program, char **rest)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) rest);

  return g_strv_builder_end (builder);
}

static PjCliStatus
dispatch (PjCliContext *context, const char *program, char **words)
{
  if (words[0] == NULL)
    return pj_cli_context_misused (context, "%s",
                                   _ ("A command is missing; see “popinjayctl --help”"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint n = match_command (&commands[i], words);

      if (n == 0)
        continue;

      context->command = &commands[i];
      context->arguments = make_arguments (program, words + n);
      return commands[i].run (context);
    }

  return pj_cli_context_misused (context, _ ("There is no command “%s”; see “popinjayctl --help”"),
                                 words[0]);
}

static gboolean
has_word (char **words, const char *word)
{
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], word))
        return TRUE;
      if (g_str_equal (words[i], "--"))
        break;
    }

  return FALSE;
}

/* A pipe without a reader, as head(1) leaves one. */
static gboolean
is_reader_gone (void)
{
  GPollFD fd = { .fd = STDOUT_FILENO, .events = G_IO_OUT };

  return g_poll (&fd, 1, 0) > 0 && (fd.revents & G_IO_ERR) != 0;
}

/* What a command has printed may still be in the buffer, or lost.
 * Returns: what to exit with */
static PjCliStatus
flush_output (PjCliContext *context, PjCliStatus status)
{
  g_autoptr (GError) error = NULL;

  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  error = g_error_new_literal (PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                               _ ("The output could not be written"));
  if (!is_reader_gone ())
    pj_cli_context_complain (context, NULL, error);

  return status == PJ_CLI_DONE ? PJ_CLI_FAILED : status;
}

/**
 * pj_cli_run:
 * @argc: number of @argv
 * @argv: the command line
 * @make_demo: makes the service that --demo stands for
 * @user_data: for @make_demo
 *
 * Does what the command line says. Ctrl+C cancels what is running.
 *
 * Returns: a #PjCliStatus to exit with
 */
int
pj_cli_run (int argc, char *argv[], PjCliDemoFunc make_demo, gpointer user_data)
{
  g_auto (PjCliContext) context = { .make_demo = make_demo, .demo_data = user_data };
  g_autoptr (GOptionContext) options = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (argv);
  g_autofree char *description = NULL;
  gboolean wants_version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version, N_ ("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  /* Looked for by hand, as a command line that makes no sense also answers in
   * JSON. Programs read it: its words must not depend on who asks. */
  context.as_json = has_word (argv, "--json");
  if (context.as_json)
    setlocale (LC_MESSAGES, "C");

  description = describe_commands ();
  options = pj_cli_context_new_options (&context, _ ("COMMAND"));
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (options, description);
  g_option_context_set_strict_posix (options, TRUE);

  context.cancellable = g_cancellable_new ();

  if (!g_option_context_parse_strv (options, &words, &error))
    return pj_cli_context_misused (&context, "%s", error->message);

  if (wants_version)
    {
      printf ("popinjayctl %s\n", PJ_VERSION);
      return flush_output (&context, PJ_CLI_DONE);
    }

  return flush_output (&context, dispatch (&context, words[0], words + 1));
}
