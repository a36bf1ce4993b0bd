/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-login-run.h"

#include "doctor-steps.h"
#include "service-fixture.h"

static PjAccount *
demo_draft (DemoFixture *demo, const char *user)
{
  PjAccount *draft =
      draft_new ("draft", demo_fixture_get_port (demo, PJ_SECURITY_TLS), PJ_SECURITY_TLS, user);

  g_object_set (draft, "ca-file", pj_demo_server_get_ca_file (demo->server), NULL);
  return draft;
}

static gboolean
log_in (ServiceFixture *fixture,
        PjAccount *draft,
        const char *password,
        guint *messages,
        char **certificate,
        GError **error)
{
  g_autoptr (PjSecret) secret = password != NULL ? pj_secret_new (password) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_login_run_async (fixture->service, draft, secret, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_login_run_finish (result, messages, certificate, error);
}

static GPtrArray *
examine (ServiceFixture *fixture, PjAccount *draft, const char *password, GError **error)
{
  g_autoptr (PjSecret) secret = password != NULL ? pj_secret_new (password) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_doctor_run_async (fixture->service, draft, secret, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_doctor_run_finish (result, error);
}

static void
test_login (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = demo_draft (demo, "home");
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate = NULL;
  guint messages = 0;

  g_assert_true (log_in (fixture, draft, "parrot", &messages, &certificate, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (messages, ==, 12);
  g_assert_nonnull (strstr (certificate, "localhost"));
  g_assert_true (log_in (fixture, draft, "parrot", NULL, NULL, NULL));

  g_assert_false (log_in (fixture, draft, "cracker", &messages, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);

  /* A draft is tried, not added. */
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_accounts (fixture->service)), ==, 0);
}

static void
test_stored_password (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = demo_draft (demo, "home");
  g_autoptr (GError) error = NULL;

  g_assert_false (log_in (fixture, draft, NULL, NULL, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  service_fixture_set_password (fixture, draft, "parrot");
  g_assert_true (log_in (fixture, draft, NULL, NULL, NULL, NULL));
}

static void
test_doctor (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = demo_draft (demo, "home");
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  PjDoctorStep *last;

  steps = examine (fixture, draft, "parrot", &error);
  g_assert_no_error (error);
  last = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpstr (last->step, ==, "top");
  g_assert_true (last->ok);
}

static void
test_doctor_without_user (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = demo_draft (demo, NULL);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  PjDoctorStep *last;

  steps = examine (fixture, draft, NULL, &error);
  g_assert_no_error (error);
  last = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpstr (last->step, ==, "capa");
  g_assert_true (last->ok);
}

static void
test_doctor_without_password (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = demo_draft (demo, "home");
  g_autoptr (GError) error = NULL;

  g_assert_null (examine (fixture, draft, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
}

#define NO                                                                                         \
  "S: +OK\nC: CAPA\nS: -ERR what\nC: USER *\nS: +OK\nC: PASS *\n"                                  \
  "S: -ERR Authentication failed\nC?: QUIT\nS: +OK\n"

/* Who asks gets the plain answer, also when the password worked the last time. */
static void
test_no_benefit_of_the_doubt (void)
{
  g_autoptr (ScriptFixture) script = script_fixture_new (NO "--- next\n" NO);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_script (fixture, script);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (account, "has-worked", TRUE, NULL);
  g_assert_false (log_in (fixture, account, NULL, NULL, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);

  g_clear_error (&error);
  steps = examine (fixture, account, NULL, &error);
  g_assert_no_error (error);
  assert_last_problem (steps, PJ_PROBLEM_AUTH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/login-run/draft", test_login);
  g_test_add_func ("/app/login-run/stored-password", test_stored_password);
  g_test_add_func ("/app/login-run/doctor", test_doctor);
  g_test_add_func ("/app/login-run/doctor-without-user", test_doctor_without_user);
  g_test_add_func ("/app/login-run/no-benefit-of-the-doubt", test_no_benefit_of_the_doubt);
  g_test_add_func ("/app/login-run/doctor-without-password", test_doctor_without_password);

  return g_test_run ();
}
