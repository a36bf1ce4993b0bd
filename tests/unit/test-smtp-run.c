/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-smtp-run.h"

#include "doctor-steps.h"
#include "service-fixture.h"

static GPtrArray *
examine (ServiceFixture *fixture, ScriptFixture *script, const char *ca_file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  GPtrArray *steps;

  pj_smtp_run_async (fixture->service, "127.0.0.1", pj_script_server_get_port (script->server),
                     ca_file, NULL, await_ready, &slot);
  result = await_result (&slot);
  steps = pj_smtp_run_finish (result, &error);
  g_assert_no_error (error);

  return steps;
}

#define STARTTLS                                                                                   \
  "SECURITY starttls\nS: 220 ready\nC: EHLO *\nS: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 "    \
  "go\n"

static void
test_trusted (void)
{
  g_autoptr (ScriptFixture) script =
      script_fixture_new (STARTTLS "TLS\nC: EHLO *\nS: 250-x\nS: 250 AUTH PLAIN\nC: QUIT\n");
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GPtrArray) steps =
      examine (fixture, script, pj_script_server_get_ca_file (script->server));

  assert_steps (steps, "smtp-names smtp-tcp smtp-greeting smtp-ehlo smtp-tls smtp-certificate "
                       "smtp-ehlo smtp-auth");
}

static void
test_untrusted (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (STARTTLS "TLS refused\n");
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (GPtrArray) steps = examine (fixture, script, NULL);

  assert_steps (steps, "smtp-names smtp-tcp smtp-greeting smtp-ehlo !smtp-certificate");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/smtp-run/trusted", test_trusted);
  g_test_add_func ("/app/smtp-run/untrusted", test_untrusted);
  return g_test_run ();
}
