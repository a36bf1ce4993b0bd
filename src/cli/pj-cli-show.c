/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "app/pj-attachment-words.h"
#include "app/pj-preview-run.h"
#include "app/pj-sign-words.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-listing.h"
#include "cli/pj-cli-save.h"
#include "cli/pj-cli-wait.h"

/* More lines than a mail of text has. By TOP, as only RETR marks mails read. */
#define MAX_LINES 100000

typedef struct
{
  gboolean headers;
  gboolean source;
  char *save; /* (owned) (nullable) "N" or "N=FILE" */
} Options;

static PjMailText *
fetch (PjCliContext *context,
       PjAccount *account,
       const Options *options,
       GBytes **source,
       GError **error)
{
  guint lines = options->source ? PJ_PREVIEW_WHOLE : options->headers ? 0 : MAX_LINES;
  g_autoptr (GAsyncResult) result = NULL;
  PjCliWait wait = { NULL };

  pj_preview_run_async (pj_cli_context_get_service (context, NULL), account, context->words[1],
                        lines, context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);

  return pj_preview_run_finish (result, source, error);
}

static void
print_headers (const PjMailText *mail)
{
  for (guint i = 0; i < mail->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (mail->headers, i);

      printf ("%s: %s\n", header->name, header->value);
    }
}

/* The fields that people read, in the order that they expect. */
static void
print_main_headers (const PjMailText *mail)
{
  static const char *const names[] = {
    "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = pj_mail_text_get_header (mail, names[i]);

      if (value != NULL)
        printf ("%s: %s\n", names[i], value);
    }
}

/* @number: from 1, as --save-attachment takes it */
static void
print_attachment (guint number, const PjMailAttachment *attachment, guint body_lines)
{
  g_autofree char *type = pj_attachment_words_dup_type (attachment);
  g_autofree char *size = pj_attachment_words_dup_size (attachment, body_lines);
  g_autofree char *words = pj_attachment_words_dup_dangers (attachment);
  g_auto (GStrv) dangers = g_strsplit (words, "\n", -1);
  const char *name = pj_attachment_words_get_name (attachment);

  if (*size != '\0')
    /* TRANSLATORS: number, name, media type and size of an attachment */
    printf (_ ("[Attachment %u: %s (%s, %s)]\n"), number, name, type, size);
  else
    /* TRANSLATORS: number, name and media type of an attachment */
    printf (_ ("[Attachment %u: %s (%s)]\n"), number, name, type);

  for (gsize i = 0; dangers[i] != NULL; i++)
    printf ("[! %s]\n", dangers[i]);
}

static void
print_warning (const PjMailWarning *warning)
{
  g_autofree char *why = pj_sign_words_dup_why (warning);
  g_auto (GStrv) lines = g_strsplit (why, "\n", -1);

  /* TRANSLATORS: %s is a sentence about what is suspicious in a mail */
  printf (_ ("Warning: %s\n"), warning->text);
  for (gsize i = 0; lines[i] != NULL; i++)
    printf ("  %s\n", lines[i]);
}

static void
print_findings (const PjMailText *mail)
{
  for (guint i = 0; i < mail->warnings->len; i++)
    print_warning (g_ptr_array_index (mail->warnings, i));

  if (mail->one_time_code != NULL)
    /* TRANSLATORS: a code for signing in somewhere that a mail has brought */
    printf (_ ("Code: %s\n"), mail->one_time_code);
  if (mail->unsubscribe != NULL)
    /* TRANSLATORS: host and address of the page on which a mailing list can be left */
    printf (_ ("This list can be left at %s: %s\n"), mail->unsubscribe->host,
            mail->unsubscribe->target);
}

static void
print_mail (const PjMailText *mail)
{
  gsize len = strlen (mail->text);

  print_main_headers (mail);
  print_findings (mail);
  printf ("\n%s%s", mail->text, len > 0 && mail->text[len - 1] != '\n' ? "\n" : "");
  if (mail->is_cut)
    printf ("%s\n", _ ("[There is more of it on the server.]"));

  for (guint i = 0; i < mail->attachments->len; i++)
    print_attachment (i + 1, g_ptr_array_index (mail->attachments, i), mail->body_lines);
}

static void
print_json (PjCliContext *context, const PjMailText *mail, const Options *options, GBytes *source)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  if (!options->source)
    pj_cli_json_add_mail (builder, mail);
  else
    {
      text =
          g_utf8_make_valid (g_bytes_get_data (source, NULL), (gssize) g_bytes_get_size (source));
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "source");
      json_builder_add_string_value (builder, text);
      json_builder_end_object (builder);
    }

  pj_cli_context_print_json (context, builder);
}

static void
print_text (const PjMailText *mail, const Options *options, GBytes *source)
{
  if (options->source)
    fwrite (g_bytes_get_data (source, NULL), 1, g_bytes_get_size (source), stdout);
  else if (options->headers)
    print_headers (mail);
  else
    print_mail (mail);
}

/* An error that the mailbox's owner can mend says how, for programs too. */
static PjCliStatus
fail (PjCliContext *context, const GError *error)
{
  const char *name = context->words[0];
  g_autofree char *quoted = g_shell_quote (name);
  g_autoptr (GError) advice = NULL;

  if (!pj_problem_error_needs_whole (error))
    return pj_cli_context_fail (context, name, error);

  advice =
      g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                   /* TRANSLATORS: first %s says that the server has no TOP, second is the name of a
                      mailbox, quoted */
                   _ ("%s (to have whole mails fetched in its place, which may mark them as read: "
                      "popinjayctl accounts edit %s --fetch-whole)"),
                   error->message, quoted);
  return pj_cli_context_fail (context, name, advice);
}

static PjCliStatus
show (PjCliContext *context, PjService *service, PjAccount *account, const Options *options)
{
  PjMessage *known = pj_service_find_message (service, account, context->words[1]);
  g_autoptr (PjMailText) mail = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GError) error = NULL;

  if (known == NULL)
    return pj_cli_context_not_found (context, _ ("%s: there is no message “%s”"), context->words[0],
                                     context->words[1]);

  if (options->save != NULL)
    return pj_cli_save_attachment (context, service, account, options->save);

  mail = fetch (context, account, options, &source, &error);
  if (mail == NULL)
    return fail (context, error);

  if (context->as_json)
    print_json (context, mail, options, source);
  else
    print_text (mail, options, source);

  if (!options->headers && !options->source)
    pj_service_mark_seen (service, known);

  return PJ_CLI_DONE;
}

/**
 * pj_cli_show:
 * @context: the context
 *
 * `show NAME UID [--headers|--source|--save-attachment N[=FILE]]`: reads one
 * message from the server, or saves what is attached to it.
 * Everything but the source is safe to print on a terminal: control
 * characters are gone from it. The source is as the server sent it.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_show (PjCliContext *context)
{
  g_autofree char *save = NULL;
  Options options = { FALSE, FALSE, NULL };
  const GOptionEntry entries[] = {
    { "headers", 0, 0, G_OPTION_ARG_NONE, &options.headers, N_ ("Show the header fields only"),
      NULL },
    { "source", 0, 0, G_OPTION_ARG_NONE, &options.source,
      N_ ("Show the whole message as the server sends it"), NULL },
    { "save-attachment", 0, 0, G_OPTION_ARG_FILENAME, &save,
      N_ ("Save attachment number N to FILE, or to a free name in this folder"), N_ ("N[=FILE]") },
    G_OPTION_ENTRY_NULL,
  };
  PjCliStatus status = PJ_CLI_DONE;
  PjService *service;
  PjAccount *account;

  if (!pj_cli_context_parse (context, entries))
    return PJ_CLI_USAGE;
  options.save = save;
  if (options.headers + options.source + (save != NULL) > 1)
    return pj_cli_context_misused (
        context, "%s", _ ("--headers, --source and --save-attachment exclude each other"));
  if (save != NULL && !pj_cli_save_is_choice (save))
    return pj_cli_context_misused (context, _ ("“%s” is no number of an attachment"), save);

  account = pj_cli_context_find_account (context, context->words[0], &status);
  if (account == NULL)
    return status;

  service = pj_cli_context_get_service (context, NULL);
  pj_cli_listing_prepare (context, service, account);
  return show (context, service, account, &options);
}
