/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-commands.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "app/pj-login-run.h"
#include "app/pj-problem-words.h"
#include "cli/pj-cli-json.h"
#include "cli/pj-cli-wait.h"

/* Returns: (transfer full) (nullable): settings that reach HOST or HOST:PORT,
 *   without a user; %NULL when @text is neither */
static PjAccount *
make_draft (const char *text)
{
  g_autoptr (GSocketConnectable) address = NULL;
  PjSecurity security = PJ_SECURITY_TLS;
  PjAccount *draft;
  guint16 port;

  if (*text == '\0' || strpbrk (text, "/@ ") != NULL)
    return NULL;

  address = g_network_address_parse (text, pj_security_get_default_port (security), NULL);
  if (address == NULL)
    return NULL;

  port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  if (port == 0)
    return NULL;
  if (port == pj_security_get_default_port (PJ_SECURITY_STARTTLS))
    security = PJ_SECURITY_STARTTLS;

  draft = pj_account_new (NULL);
  g_object_set (draft, "name", text, "server",
                g_network_address_get_hostname (G_NETWORK_ADDRESS (address)), "port", (guint) port,
                "security", security, NULL);

  return draft;
}

static const char *
get_remedy (const PjDoctorStep *step)
{
  return step->ok ? NULL : pj_problem_words_remedy (pj_problem_get_code (step->problem));
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

      pj_cli_json_add_step (builder, step, get_remedy (step));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  pj_cli_context_print_json (context, builder);
}

static void
print_step (const PjDoctorStep *step)
{
  printf ("%-12s %-6s %6.3f s  %s\n", step->step, step->ok ? _ ("ok") : _ ("failed"), step->seconds,
          step->text);
  if (!step->ok)
    printf ("%-12s %s\n", "", get_remedy (step));
}

static void
print_text (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    print_step (g_ptr_array_index (steps, i));
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

/**
 * pj_cli_doctor:
 * @context: the context
 *
 * `doctor HOST[:PORT] | NAME`: goes the way of a check step by step. A name
 * of a mailbox is preferred to a host of the same name. Without a mailbox
 * nobody logs in; port 110 means STARTTLS, every other TLS.
 *
 * Returns: what to exit with
 */
PjCliStatus
pj_cli_doctor (PjCliContext *context)
{
  g_autoptr (PjAccount) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  PjCliWait wait = { NULL };
  PjService *service;
  PjAccount *account;

  if (!pj_cli_context_parse (context, NULL))
    return PJ_CLI_USAGE;
  service = pj_cli_context_get_service (context, &error);
  if (service == NULL)
    return pj_cli_context_fail (context, NULL, error);

  account = pj_service_find_account (service, context->words[0]);
  draft = account != NULL ? g_object_ref (account) : make_draft (context->words[0]);
  if (draft == NULL)
    return pj_cli_context_misused (context, _ ("“%s” is neither a mailbox nor HOST[:PORT]"),
                                   context->words[0]);

  pj_doctor_run_async (service, draft, NULL, context->cancellable, pj_cli_wait_on_ready, &wait);
  result = pj_cli_wait_for_result (&wait);
  steps = pj_doctor_run_finish (result, &error);
  if (steps == NULL)
    return pj_cli_context_fail (context, context->words[0], error);

  if (context->as_json)
    print_json (context, steps);
  else
    print_text (steps);

  return judge (steps);
}
