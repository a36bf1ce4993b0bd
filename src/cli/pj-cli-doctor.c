/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "app/pj-doctor-words.h"
#include "app/pj-login-run.h"
#include "app/pj-smtp-run.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-table.h"
#include "cli/pj-cli-wait.h"

/* RFC 6409: where mail programs hand their mail over. */
#define SUBMISSION_PORT 587

/* Returns: (transfer full) (nullable): the name in HOST or HOST:PORT; %NULL when
 *   @text is neither */
static char *
parse_host (const char *text, guint16 default_port, guint16 *port)
{
  g_autoptr (GSocketConnectable) address = NULL;

  if (*text == '\0' || strpbrk (text, "/@ ") != NULL)
    return NULL;

  address = g_network_address_parse (text, default_port, NULL);
  if (address == NULL)
    return NULL;

  *port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  if (*port == 0)
    return NULL;

  return g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
}

/* Returns: (transfer full) (nullable): settings that reach HOST or HOST:PORT,
 *   without a user; %NULL when @text is neither */
static PjAccount *
make_draft (const char *text)
{
  PjSecurity security = PJ_SECURITY_TLS;
  PjAccount *draft;
  guint16 port = 0;
  g_autofree char *host = parse_host (text, pj_security_get_default_port (security), &port);

  if (host == NULL)
    return NULL;

  if (port == pj_security_get_default_port (PJ_SECURITY_STARTTLS))
    security = PJ_SECURITY_STARTTLS;

  draft = pj_account_new (NULL);
  g_object_set (draft, "name", text, "server", host, "port", (guint) port, "security", security,
                NULL);

  return draft;
}

static void
print_json (PjCliContext *context, GPtrArray *steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const PjDoctorStep *step = g_ptr_array_index (steps, i);

      pj_cli_json_add_step (builder, step, pj_doctor_words_remedy (step));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_padded (const char *text, guint width)
{
  guint taken = pj_cli_table_measure (text);

  printf ("%s%*s", text, taken < width ? (int) (width - taken) : 0, "");
}

static const char *
get_verdict (const PjDoctorStep *step)
{
  return step->ok ? _ ("ok") : _ ("failed");
}

static void
print_text (GPtrArray *steps)
{
  guint name_width = 0;
  guint verdict_width = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const PjDoctorStep *step = g_ptr_array_index (steps, i);

      name_width = MAX (name_width, pj_cli_table_measure (step->step));
      verdict_width = MAX (verdict_width, pj_cli_table_measure (get_verdict (step)));
    }

  for (guint i = 0; i < steps->len; i++)
    {
      const PjDoctorStep *step = g_ptr_array_index (steps, i);

      print_padded (step->step, name_width + 2);
      print_padded (get_verdict (step), verdict_width + 2);
      printf ("%6.3f s  %s\n", step->seconds, step->text);
      if (!step->ok)
        {
          print_padded ("", name_width + 2);
          printf ("%s\n", pj_doctor_words_remedy (step));
        }
    }
}

static PjCliStatus
judge (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const PjDoctorStep *step = g_ptr_array_index (steps, i);

      if (!step->ok)
        return PJ_CLI_FAILED;
    }

  return PJ_CLI_DONE;
}

/* Adds what is found of a mailbox. Returns: %FALSE with @error set */
static gboolean
examine_mailbox (PjCliContext *context, PjAccount *draft, GPtrArray *steps, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  PjCliWait wait = { NULL };

  pj_doctor_run_async (pj_cli_context_get_service (context, NULL), draft, NULL,
                       context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  found = pj_doctor_run_finish (result, error);
  if (found == NULL)
    return FALSE;

  g_ptr_array_extend_and_steal (steps, g_steal_pointer (&found));
  return TRUE;
}

/* Likewise, of the server for sending. @draft: (nullable): whom to trust */
static gboolean
examine_smtp (PjCliContext *context,
              PjAccount *draft,
              const char *host,
              guint16 port,
              GPtrArray *steps,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  PjCliWait wait = { NULL };

  pj_smtp_run_async (pj_cli_context_get_service (context, NULL), host, port,
                     draft != NULL ? pj_account_get_ca_file (draft) : NULL, context->cancellable,
                     pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  found = pj_smtp_run_finish (result, error);
  if (found == NULL)
    return FALSE;

  g_ptr_array_extend_and_steal (steps, g_steal_pointer (&found));
  return TRUE;
}

/* @smtp: (nullable): HOST or HOST:PORT */
static PjCliStatus
examine (PjCliContext *context, PjAccount *draft, const char *smtp)
{
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pj_doctor_step_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  guint16 port = 0;

  if (smtp != NULL && (host = parse_host (smtp, SUBMISSION_PORT, &port)) == NULL)
    return pj_cli_context_misused (context, _ ("“%s” is not HOST[:PORT]"), smtp);

  if (draft != NULL && !examine_mailbox (context, draft, steps, &error))
    return pj_cli_context_fail (context, pj_account_get_name (draft), error);
  if (host != NULL && !examine_smtp (context, draft, host, port, steps, &error))
    return pj_cli_context_fail (context, smtp, error);

  if (context->as_json)
    print_json (context, steps);
  else
    print_text (steps);

  return judge (steps);
}

/**
 * pj_cli_doctor:
 * @context: the context
 *
 * `doctor [HOST[:PORT] | NAME] [--smtp HOST[:PORT]]`: goes the way of a check
 * step by step, and that of a mail program that wants to send. A name of a
 * mailbox is preferred to a host of the same name. Without a mailbox nobody
 * logs in; port 110 means STARTTLS, every other TLS.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_doctor (PjCliContext *context)
{
  g_autofree char *smtp = NULL;
  const GOptionEntry entries[] = {
    { "smtp", 0, 0, G_OPTION_ARG_STRING, &smtp,
      N_ ("Examine the server for sending too; nothing is sent"), N_ ("HOST[:PORT]") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (GError) error = NULL;
  const char *word;
  PjService *service;
  PjAccount *account;

  if (!pj_cli_context_parse (context, entries))
    return PJ_CLI_USAGE;

  word = context->words[0];
  if (word == NULL && smtp == NULL)
    return pj_cli_context_misused (context, _ ("Usage: popinjayctl %s"),
                                   "doctor HOST[:PORT] | NAME");

  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);

  if (word == NULL)
    return examine (context, NULL, smtp);

  account = pj_service_find_account (service, word);
  draft = account != NULL ? g_object_ref (account) : make_draft (word);
  if (draft == NULL)
    return pj_cli_context_misused (context, _ ("“%s” is neither a mailbox nor HOST[:PORT]"), word);

  return examine (context, draft, smtp);
}
