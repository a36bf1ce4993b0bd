/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-mailbox-run.h"

#include "mailbox-run-fixture.h"

/* How a job was told to log in: "mechanism password token certificate pin summary". */
static gpointer
describe_means (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;
  const char *words[] = { mailbox->mechanism,
                          mailbox->secret != NULL ? pj_secret_peek (mailbox->secret) : NULL,
                          mailbox->token != NULL ? pj_secret_peek (mailbox->token) : NULL,
                          mailbox->tls->client_certificate,
                          mailbox->tls->pin,
                          mailbox->tls->pin_summary };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i] != NULL ? words[i] : "-");

  return g_string_free (text, FALSE);
}

/* Whether a job may have whole mails sent for a look. */
static gpointer
describe_consent (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;

  return g_strdup (mailbox->may_fetch_whole ? "agreed" : "not agreed");
}

static gpointer
describe_standing (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;

  return g_strdup (mailbox->has_worked ? "has worked" : "has not");
}

static int is_waiting; /* atomic: the job below has begun */

static gpointer
wait_for_cancel (gconstpointer request, GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_atomic_int_set (&is_waiting, TRUE);
  g_main_context_wakeup (NULL);
  g_poll (&fd, 1, -1);
  g_cancellable_release_fd (cancellable);
  return g_strdup ("done all the same");
}

static void
test_given_password (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autofree char *text = run (fixture, draft, "given", &work, NULL, NULL);

  g_assert_cmpstr (text, ==, "ann@127.0.0.1:110 given");
}

static void
test_stored_password (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autofree char *text = NULL;

  service_fixture_set_password (fixture, draft, "stored");
  text = run (fixture, draft, NULL, &work, NULL, NULL);
  g_assert_cmpstr (text, ==, "ann@127.0.0.1:110 stored");
}

static void
test_command (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_object_set (draft, "password-command", "printf printed", NULL);
  text = run (fixture, draft, NULL, &work, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "ann@127.0.0.1:110 printed");
}

static void
test_command_fails (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;

  g_object_set (draft, "password-command", "false", NULL);
  g_assert_null (run (fixture, draft, NULL, &work, NULL, &error));
  g_assert_true (error->domain == PJ_PROBLEM_ERROR);
  g_assert_cmpuint (work.n_made, ==, 0);
}

static void
test_token_command_fails (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 995, PJ_SECURITY_TLS, "ann");
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;

  g_object_set (draft, "token-command", "false", NULL);
  g_assert_null (run (fixture, draft, NULL, &work, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_cmpstr (error->message, ==, "The token command failed with exit status 1");
}

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *password_command;
  const char *token_command;
  const char *client_certificate;
  const char *given; /* (nullable) a password that the caller has */
  const char *expected;
} Means;

static const Means means[] = {
  { "password", "PLAIN", "printf printed", NULL, NULL, NULL, "PLAIN printed - - P S" },
  { "token", NULL, NULL, "printf token", NULL, NULL, "- - token - P S" },
  { "token-beside-password", "XOAUTH2", NULL, "printf token", NULL, "given",
    "XOAUTH2 - token - P S" },
  { "certificate", "EXTERNAL", NULL, NULL, "/me.pem", NULL, "EXTERNAL - - /me.pem P S" },
  { "certificate-and-password", NULL, NULL, NULL, "/me.pem", "given", "- given - /me.pem P S" },
  { "ticket", "GSSAPI", "false", NULL, NULL, "given", "GSSAPI - - - P S" },
};

static void
test_means (gconstpointer data)
{
  const Means *row = data;
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 995, PJ_SECURITY_TLS, "ann");
  Work work = { .func = describe_means };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_object_set (draft, "mechanism", row->mechanism, "password-command", row->password_command,
                "token-command", row->token_command, "client-certificate", row->client_certificate,
                "pin", "P", "pin-summary", "S", NULL);
  text = run (fixture, draft, row->given, &work, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, row->expected);
}

static void
test_has_worked (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) account = draft_new ("home", 110, PJ_SECURITY_NONE, "ann");
  Work before = { .func = describe_standing };
  Work after = { .func = describe_standing };
  g_autofree char *untried = NULL;
  g_autofree char *proven = NULL;

  service_fixture_set_password (fixture, account, "stored");
  untried = run (fixture, account, NULL, &before, NULL, NULL);
  g_assert_cmpstr (untried, ==, "has not");

  g_object_set (account, "has-worked", TRUE, NULL);
  proven = run (fixture, account, NULL, &after, NULL, NULL);
  g_assert_cmpstr (proven, ==, "has worked");
}

static void
test_consent (gconstpointer data)
{
  const gboolean is_agreed = GPOINTER_TO_INT (data);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe_consent };
  g_autofree char *text = NULL;

  g_object_set (draft, "may-fetch-whole", is_agreed, NULL);
  text = run (fixture, draft, "given", &work, NULL, NULL);
  g_assert_cmpstr (text, ==, is_agreed ? "agreed" : "not agreed");
}

static void
test_no_user (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, NULL);
  Work work = { .func = describe };
  g_autofree char *text = run (fixture, draft, NULL, &work, NULL, NULL);

  g_assert_cmpstr (text, ==, "-@127.0.0.1:110 -");
}

static void
test_no_password (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture, draft, NULL, &work, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_cmpuint (work.n_made, ==, 0);
}

static void
test_job_fails (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = fail };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture, draft, "x", &work, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
}

static void
test_cancelled_before (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (run (fixture, draft, "x", &work, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (work.n_made, ==, 0);
}

static void
test_shut_down_before (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = describe };
  g_autoptr (GError) error = NULL;

  pj_service_shut_down (fixture->service);
  g_assert_null (run (fixture, draft, "x", &work, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What a job has done to a mailbox must be told, however late the cancel. */
static void
test_late_result (gconstpointer data)
{
  gboolean keeps_result = GPOINTER_TO_INT (data);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  g_autoptr (PjSecret) secret = pj_secret_new ("x");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GAsyncResult *slot = NULL;
  Work work = { .func = wait_for_cancel, .keeps_result = keeps_result };

  g_atomic_int_set (&is_waiting, FALSE);
  pj_mailbox_run_async (fixture->service, draft, secret, make_job, &work, work_free, cancellable,
                        await_ready, &slot);
  while (!g_atomic_int_get (&is_waiting))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);

  text = pj_mailbox_run_finish (result, &error);
  if (keeps_result)
    g_assert_cmpstr (text, ==, "done all the same");
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
on_idle_cancel (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle_shut_down (gpointer user_data)
{
  pj_service_shut_down (PJ_SERVICE (user_data));
  return G_SOURCE_REMOVE;
}

static void
test_cancelled_while_running (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Work work = { .func = wait_for_cancel };
  g_autoptr (GError) error = NULL;

  g_idle_add (on_idle_cancel, cancellable);
  g_assert_null (run (fixture, draft, "x", &work, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_shut_down_while_running (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Work work = { .func = wait_for_cancel };
  g_autoptr (GError) error = NULL;

  g_idle_add (on_idle_shut_down, fixture->service);
  g_assert_null (run (fixture, draft, "x", &work, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_cancellable_is_cancelled (cancellable));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/mailbox-run/given-password", test_given_password);
  g_test_add_func ("/app/mailbox-run/stored-password", test_stored_password);
  g_test_add_func ("/app/mailbox-run/password-command", test_command);
  g_test_add_func ("/app/mailbox-run/password-command-fails", test_command_fails);
  g_test_add_func ("/app/mailbox-run/token-command-fails", test_token_command_fails);
  g_test_add_data_func ("/app/mailbox-run/whole-mails/agreed", GINT_TO_POINTER (TRUE),
                        test_consent);
  g_test_add_data_func ("/app/mailbox-run/whole-mails/not-agreed", GINT_TO_POINTER (FALSE),
                        test_consent);
  g_test_add_func ("/app/mailbox-run/no-user-needs-no-password", test_no_user);
  g_test_add_func ("/app/mailbox-run/no-password", test_no_password);
  g_test_add_func ("/app/mailbox-run/has-worked", test_has_worked);
  g_test_add_func ("/app/mailbox-run/job-fails", test_job_fails);
  g_test_add_func ("/app/mailbox-run/cancelled-before", test_cancelled_before);
  g_test_add_func ("/app/mailbox-run/shut-down-before", test_shut_down_before);
  g_test_add_func ("/app/mailbox-run/cancelled-while-running", test_cancelled_while_running);
  g_test_add_func ("/app/mailbox-run/shut-down-while-running", test_shut_down_while_running);

  for (gsize i = 0; i < G_N_ELEMENTS (means); i++)
    {
      g_autofree char *path = g_strconcat ("/app/mailbox-run/means/", means[i].name, NULL);

      g_test_add_data_func (path, &means[i], test_means);
    }

  g_test_add_data_func ("/app/mailbox-run/late-result-is-dropped", GINT_TO_POINTER (FALSE),
                        test_late_result);
  g_test_add_data_func ("/app/mailbox-run/late-result-is-kept-on-demand", GINT_TO_POINTER (TRUE),
                        test_late_result);

  return g_test_run ();
}
