/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-message-fetch.h"

#include "check/pj-mailbox-lock.h"
#include "mailbox-fixture.h"
#include "model/pj-problem.h"
#include "pop3/pj-pop3-survey-private.h"

#define WHOLE G_MAXUINT

static PjFetchedMessage *
fetch (PjMailbox *mailbox, const char *uid, guint max_lines, GError **error)
{
  PjMessageFetchRequest *request = g_new0 (PjMessageFetchRequest, 1);
  PjFetchedMessage *message;

  request->mailbox = mailbox;
  request->uid = g_strdup (uid);
  request->max_lines = max_lines;
  message = pj_message_fetch_run (request, NULL, error);
  pj_message_fetch_request_free (request);

  return message;
}

static void
test_whole (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PjFetchedMessage) message =
      fetch (demo_fixture_open (fixture, "home", security), "home-02-sernik", WHOLE, &error);

  g_assert_no_error (error);
  g_assert_false (message->text->is_cut);
  g_assert_cmpuint (strlen (message->text->text), >, 0);
  g_assert_nonnull (pj_mail_text_get_header (message->text, "From"));
}

static void
test_beginning (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjFetchedMessage) head =
      fetch (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS), "home-02-sernik", 0, NULL);
  g_autoptr (PjFetchedMessage) some =
      fetch (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS), "home-02-sernik", 2, NULL);
  g_autoptr (PjFetchedMessage) all =
      fetch (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS), "home-02-sernik", 9999, NULL);

  g_assert_true (head->text->is_cut);
  g_assert_true (some->text->is_cut);
  g_assert_false (all->text->is_cut);
  g_assert_cmpuint (g_bytes_get_size (head->source), <, g_bytes_get_size (some->source));
  g_assert_cmpuint (g_bytes_get_size (some->source), <, g_bytes_get_size (all->source));
}

static void
test_unknown (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      fetch (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS), "nobody", WHOLE, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
}

static void
test_locked (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  PjMailbox *mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);

  mailbox->lock_path = g_build_filename (dir, "lock", NULL);
  mailbox->limits.total_ms = 1;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, 0, NULL, NULL);
  g_assert_null (fetch (mailbox, "home-02-sernik", WHOLE, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
}

static void
test_free (void)
{
  pj_fetched_message_free (NULL);
  pj_message_fetch_request_free (NULL);
}

/* What a check of a mailbox with the messages aa and bb has left. */
static PjMailboxMemory *
remember_two (void)
{
  PjMailboxMemory *memory = pj_mailbox_memory_new ();
  PjPop3Survey *survey = pj_pop3_survey_new (2, 80);

  for (guint number = 1; number <= 2; number++)
    {
      pj_pop3_survey_set_uid (survey, number, number == 1 ? "aa" : "bb");
      pj_pop3_survey_set_octets (survey, number, 40);
    }
  pj_pop3_survey_finish (survey);
  memory->survey = survey;

  return memory;
}

#define HEAD_OF_ONE(number) "C: TOP " #number " 0\nS: +OK\nS: A: b\nS:\nS: .\n"

/* The number that a check has seen is tried before the list is asked for. */
static void
test_remembered (gconstpointer data)
{
  g_autofree char *script = g_strconcat (SCRIPT_LOGIN, (const char *) data, SCRIPT_QUIT, NULL);
  g_autoptr (ScriptFixture) fixture = script_fixture_new (script);
  g_autoptr (PjFetchedMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  PjMailbox *mailbox = script_fixture_open (fixture);

  mailbox->memory = remember_two ();
  message = fetch (mailbox, "bb", 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (message);
}

#define LISTING "C: STAT\nS: +OK 1 40\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"

typedef struct
{
  const char *name;
  guint max_lines;
  const char *script; /* from the fetching command to its end */
  const char *source;
  gboolean is_cut;
} Case;

static const Case cases[] = {
  { "whole", WHOLE, "C: RETR 1\nS: +OK\nS: A: b\nS:\nS: one\nS: two\nS: .\n",
    "A: b\r\n\r\none\r\ntwo\r\n", FALSE },
  { "whole-unstuffed", WHOLE, "C: RETR 1\nS: +OK\nS: A: b\nS:\nS: ..\nS: .\n", "A: b\r\n\r\n.\r\n",
    FALSE },
  { "header-alone", 0, "C: TOP 1 0\nS: +OK\nS: A: b\nS:\nS: .\n", "A: b\r\n\r\n", TRUE },
  { "as-many-lines-as-asked-for", 2, "C: TOP 1 2\nS: +OK\nS: A: b\nS:\nS: one\nS: two\nS: .\n",
    "A: b\r\n\r\none\r\ntwo\r\n", TRUE },
  { "fewer-lines-than-asked-for", 3, "C: TOP 1 3\nS: +OK\nS: A: b\nS:\nS: one\nS: two\nS: .\n",
    "A: b\r\n\r\none\r\ntwo\r\n", FALSE },
  { "no-body-at-all", 3, "C: TOP 1 3\nS: +OK\nS: A: b\nS: .\n", "A: b\r\n", FALSE },
  { "empty-lines-count", 2, "C: TOP 1 2\nS: +OK\nS: A: b\nS:\nS:\nS:\nS: .\n",
    "A: b\r\n\r\n\r\n\r\n", TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *script = g_strconcat (SCRIPT_LOGIN LISTING, c->script, SCRIPT_QUIT, NULL);
  g_autoptr (ScriptFixture) fixture = script_fixture_new (script);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjFetchedMessage) message = NULL;
  gconstpointer bytes;
  gsize size;

  message = fetch (script_fixture_open (fixture), "aa", c->max_lines, &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (message->source, &size);
  g_assert_cmpmem (bytes, size, c->source, strlen (c->source));
  g_assert_cmpint (message->text->is_cut, ==, c->is_cut);
}

/* Without consent the owner is asked for it, unless it would cost him the mail. */
static void
test_needs_whole (gconstpointer data)
{
  const gboolean expires = GPOINTER_TO_INT (data);
  g_autofree char *script = g_strdup_printf (
      "S: +OK POP3 ready\nC: CAPA\nS: +OK\nS: USER\nS: .\nC: USER *\nS: +OK\nC: PASS *\nS: +OK\n"
      "C: CAPA\nS: +OK\nS: UIDL\n%sS: .\n" LISTING "C: TOP 1 5\nS: -ERR what\n",
      expires ? "S: EXPIRE 0\n" : "");
  g_autoptr (ScriptFixture) fixture = script_fixture_new (script);
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (script_fixture_open (fixture), "aa", 5, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
  g_assert_cmpint (pj_problem_error_needs_whole (error), ==, !expires);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/check/message-fetch/whole-mail/tls", GINT_TO_POINTER (PJ_SECURITY_TLS),
                        test_whole);
  g_test_add_data_func ("/check/message-fetch/whole-mail/none", GINT_TO_POINTER (PJ_SECURITY_NONE),
                        test_whole);
  g_test_add_data_func ("/check/message-fetch/remembered/still-there",
                        "C: UIDL 2\nS: +OK 2 bb\n" HEAD_OF_ONE (2), test_remembered);
  g_test_add_data_func (
      "/check/message-fetch/remembered/moved",
      "C: UIDL 2\nS: -ERR\nC: STAT\nS: +OK 1 40\nC: UIDL\nS: +OK\nS: 1 bb\nS: .\n" HEAD_OF_ONE (1),
      test_remembered);
  g_test_add_data_func ("/check/message-fetch/remembered/another-is-there",
                        "C: UIDL 2\nS: +OK 2 cc\nC: STAT\nS: +OK 3 99\nC: UIDL\nS: +OK\n"
                        "S: 1 aa\nS: 2 cc\nS: 3 bb\nS: .\n" HEAD_OF_ONE (3),
                        test_remembered);
  g_test_add_data_func ("/check/message-fetch/needs-whole-mails", GINT_TO_POINTER (FALSE),
                        test_needs_whole);
  g_test_add_data_func ("/check/message-fetch/whole-mails-would-be-deleted", GINT_TO_POINTER (TRUE),
                        test_needs_whole);
  g_test_add_func ("/check/message-fetch/beginning", test_beginning);
  g_test_add_func ("/check/message-fetch/unknown-uid", test_unknown);
  g_test_add_func ("/check/message-fetch/mailbox-is-locked", test_locked);
  g_test_add_func ("/check/message-fetch/free-nothing", test_free);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/message-fetch/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
