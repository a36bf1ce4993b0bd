/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pj_mailbox_run_async() leaves in the log of an account. */
#include "mailbox-run-fixture.h"

static gpointer
talk (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;

  pj_session_log_begin (mailbox->log, "pop.example.org", 995, "POP3 tls", START_S);
  pj_session_log_hear (PJ_WIRE_RECEIVED, "+OK", 3, mailbox->log);

  return g_strdup ("talked");
}

static gpointer
talk_and_fail (gconstpointer request, GCancellable *cancellable, GError **error)
{
  g_free (talk (request, cancellable, error));
  return fail (request, cancellable, error);
}

static gpointer
talk_and_leave (gconstpointer request, GCancellable *cancellable, GError **error)
{
  g_free (talk (request, cancellable, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "left");
  return NULL;
}

static gpointer
talk_long (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;
  gpointer result = talk (request, cancellable, error);

  while (pj_session_log_hear (PJ_WIRE_RECEIVED, "more", 4, mailbox->log))
    ;

  return result;
}

static gboolean
has_talked (gconstpointer result)
{
  return g_strcmp0 (result, "talked") == 0;
}

#define SESSION "== 2023-11-14T22:13:20Z pop.example.org port 995 POP3 tls\nS: +OK\n"

typedef struct
{
  const char *name;
  Work work;
  gboolean is_watched;
  const char *expected; /* what the log then holds */
} Visit;

static const Visit visits[] = {
  { "well", { .func = talk }, FALSE, "" },
  { "failed", { .func = talk_and_fail }, FALSE, SESSION "* later\n\n" },
  { "result-tells-of-failure", { .func = talk, .has_failed = has_talked }, FALSE, SESSION "\n" },
  { "failed-without-session",
    { .func = fail },
    FALSE,
    "== 2023-11-14T22:13:20Z 127.0.0.1 port 110 not connected\n* later\n\n" },
  { "cancelled", { .func = talk_and_leave }, FALSE, "" },
  { "watched-well", { .func = talk }, TRUE, SESSION "\n" },
  { "watched-without-session", { .func = describe }, TRUE, "" },
  { "watched-cancelled", { .func = talk_and_leave }, TRUE, SESSION "* left\n\n" },
};

static void
assert_log (ServiceFixture *fixture, PjAccount *account, const char *expected)
{
  PjProtocolLog *log = pj_service_get_protocol_log (fixture->service, account);
  g_autoptr (GBytes) text = pj_protocol_log_dup_text (log);

  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), expected,
                   strlen (expected));
}

static void
test_log (gconstpointer data)
{
  const Visit *row = data;
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account =
      service_fixture_add (fixture, draft_new ("ann", 110, PJ_SECURITY_NONE, "ann"), "pony");
  PjProtocolLog *log = pj_service_get_protocol_log (fixture->service, account);
  g_autofree char *result = NULL;
  Work work = row->work;

  pj_protocol_log_set_watched (log, row->is_watched);
  result = run (fixture, account, NULL, &work, NULL, NULL);
  assert_log (fixture, account, row->expected);
}

static void
test_log_without_password (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account =
      service_fixture_add (fixture, draft_new ("ann", 110, PJ_SECURITY_NONE, "ann"), "pony");
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  Work work = { .func = describe };

  g_object_set (account, "password-command", "false", NULL);
  g_assert_null (run (fixture, account, NULL, &work, NULL, &error));
  expected = g_strdup_printf ("== 2023-11-14T22:13:20Z 127.0.0.1 port 110 not connected\n* %s\n\n",
                              error->message);
  assert_log (fixture, account, expected);
}

/* Whoever watches sees more of a visit than what is kept for nobody. */
static void
test_log_length (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account =
      service_fixture_add (fixture, draft_new ("ann", 110, PJ_SECURITY_NONE, "ann"), "pony");
  PjProtocolLog *log = pj_service_get_protocol_log (fixture->service, account);
  gsize lengths[2];

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      Work work = { .func = talk_long, .has_failed = has_talked };
      g_autoptr (GBytes) text = NULL;

      g_free (run (fixture, account, NULL, &work, NULL, NULL));
      text = pj_protocol_log_dup_text (log);
      lengths[i] = g_bytes_get_size (text);
      pj_protocol_log_clear (log);
      pj_protocol_log_set_watched (log, TRUE);
    }

  g_assert_cmpuint (lengths[0], <, PJ_SESSION_LOG_SHORT_BYTES + 100);
  g_assert_cmpuint (lengths[0], >, PJ_SESSION_LOG_SHORT_BYTES - 100);
  g_assert_cmpuint (lengths[1], >, PJ_SESSION_LOG_MAX_BYTES - 100);
}

/* What is kept for nobody takes nothing from what goes to a file. */
static void
test_log_file (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  g_autofree char *path =
      g_build_filename (pj_profile_get_dir (fixture->profile), "protocol.log", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *result = NULL;
  Work work = { .func = talk_long };
  gsize len;

  g_assert_true (pj_service_set_log_file (fixture->service, path, &error));
  result = run (fixture, draft, "x", &work, NULL, &error);
  g_assert_true (g_file_get_contents (path, &text, &len, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (len, >, PJ_SESSION_LOG_MAX_BYTES - 100);
}

static void
test_no_log_of_a_draft (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) draft = draft_new ("draft", 110, PJ_SECURITY_NONE, "ann");
  Work work = { .func = talk_and_fail };

  g_assert_null (run (fixture, draft, "x", &work, NULL, NULL));
  g_assert_null (pj_service_get_protocol_log (fixture->service, draft));
}

static void
test_log_goes_with_the_account (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) account = g_object_ref (
      service_fixture_add (fixture, draft_new ("ann", 110, PJ_SECURITY_NONE, "ann"), "pony"));
  PjProtocolLog *log = g_object_ref (pj_service_get_protocol_log (fixture->service, account));
  Work work = { .func = talk_and_fail };
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_assert_null (run (fixture, account, NULL, &work, NULL, NULL));
  pj_account_edit_remove_async (fixture->service, account, NULL, await_ready, &slot);
  edit_finish (&slot, &error);
  g_assert_no_error (error);
  g_assert_null (pj_service_get_protocol_log (fixture->service, account));
  g_assert_finalize_object (log);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_autofree char *path = g_strconcat ("/app/mailbox-run-log/", visits[i].name, NULL);

      g_test_add_data_func (path, &visits[i], test_log);
    }
  g_test_add_func ("/app/mailbox-run-log/without-password", test_log_without_password);
  g_test_add_func ("/app/mailbox-run-log/length", test_log_length);
  g_test_add_func ("/app/mailbox-run-log/file", test_log_file);
  g_test_add_func ("/app/mailbox-run-log/none-of-a-draft", test_no_log_of_a_draft);
  g_test_add_func ("/app/mailbox-run-log/goes-with-the-account", test_log_goes_with_the_account);

  return g_test_run ();
}
