/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-head-fetch.h"

#include "mailbox-fixture.h"
#include "model/pj-message.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-survey-private.h"

#define LOGIN_WITHOUT_TOP                                                                          \
  "S: +OK POP3 ready\nC: CAPA\nS: +OK\nS: USER\nS: UIDL\nS: .\n"                                   \
  "C: USER *\nS: +OK\nC: PASS *\nS: +OK\nC: CAPA\nS: +OK\nS: UIDL\nS: .\n"
#define HEAD(subject) "S: +OK\nS: Subject: " subject "\nS:\nS: .\n"

typedef struct
{
  const char *name;
  gboolean is_agreed;
  const char *script;   /* up to QUIT */
  const char *subjects; /* of the two messages, "-" for none */
} Case;

static const Case cases[] = {
  { "top", TRUE, SCRIPT_LOGIN "C: TOP 1 0\n" HEAD ("a") "C: TOP 2 0\n" HEAD ("b"), "a b" },
  { "no-top-and-not-agreed", FALSE, LOGIN_WITHOUT_TOP, "- -" },
  { "refused-and-not-agreed", FALSE, SCRIPT_LOGIN "C: TOP 1 0\nS: -ERR\nC: TOP 2 0\nS: -ERR\n",
    "- -" },
  { "no-top-and-agreed", TRUE, LOGIN_WITHOUT_TOP "C: RETR 1\n" HEAD ("a") "C: RETR 2\n" HEAD ("b"),
    "a b" },
  { "refused-and-agreed", TRUE,
    SCRIPT_LOGIN "C: TOP 1 0\nS: -ERR\nC: TOP 2 0\nS: -ERR\n"
                 "C: RETR 1\nS: -ERR\nC: RETR 2\n" HEAD ("b"),
    "- b" },
  { "one-refused", TRUE, SCRIPT_LOGIN "C: TOP 1 0\n" HEAD ("a") "C: TOP 2 0\nS: -ERR\n", "a -" },
};

static PjPop3Survey *
make_survey (void)
{
  PjPop3Survey *survey = pj_pop3_survey_new (2, 600);

  for (guint number = 1; number <= 2; number++)
    {
      pj_pop3_survey_set_uid (survey, number, number == 1 ? "aa" : "bb");
      pj_pop3_survey_set_octets (survey, number, 300);
    }
  pj_pop3_survey_finish (survey);

  return survey;
}

/* Returns: what pj_head_fetch_run() does for both messages */
static GPtrArray *
fetch (PjMailbox *mailbox, GError **error)
{
  g_autoptr (PjPop3Session) session = pj_mailbox_log_in (mailbox, NULL, error);
  g_autoptr (PjPop3Survey) survey = make_survey ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *messages;

  for (guint number = 1; number <= 2; number++)
    g_array_append_val (numbers, number);

  g_assert_nonnull (session);
  messages = pj_head_fetch_run (session, mailbox, NULL, survey, numbers, ids, NULL, error);
  if (messages != NULL)
    pj_pop3_session_leave (session);

  return messages;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *script = g_strconcat (c->script, SCRIPT_QUIT, NULL);
  g_autoptr (ScriptFixture) fixture = script_fixture_new (script);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GString) subjects = g_string_new (NULL);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  mailbox->may_fetch_whole = c->is_agreed;
  messages = fetch (mailbox, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (messages->len, ==, 2);
  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);
      const char *subject = pj_message_get_subject (message);

      g_assert_cmpstr (pj_message_get_uid (message), ==, i == 0 ? "aa" : "bb");
      g_assert_cmpuint (pj_message_get_octets (message), ==, 300);
      g_string_append_printf (subjects, "%s%s", i > 0 ? " " : "", *subject != '\0' ? subject : "-");
    }
  g_assert_cmpstr (subjects->str, ==, c->subjects);
}

/* What was read before is freed, and what was not is not. */
static void
test_broken_between (void)
{
  g_autoptr (ScriptFixture) fixture =
      script_fixture_new (LOGIN_WITHOUT_TOP "C: RETR 1\n" HEAD ("a") "C: RETR 2\nS: +OK\nCUT\n");
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  mailbox->may_fetch_whole = TRUE;
  g_assert_null (fetch (mailbox, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/head-fetch/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/head-fetch/broken-between", test_broken_between);

  return g_test_run ();
}
