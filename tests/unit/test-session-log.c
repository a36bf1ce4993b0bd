/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-session-log.h"

#include <sys/stat.h>
#include <unistd.h>

#include "mailbox-fixture.h"
#include "model/pj-problem.h"

#define NOON G_GINT64_CONSTANT (1700000000) /* 2023-11-14 22:13:20 UTC */

typedef struct
{
  const char *name;
  const char *line;
  gssize len; /* -1: up to NUL */
  const char *expected;
} Case;

static const Case cases[] = {
  { "plain", "+OK ready", -1, "S: +OK ready\n" },
  { "empty", "", -1, "S: \n" },
  { "tab", "a\tb", -1, "S: a\\tb\n" },
  { "backslash", "a\\x", -1, "S: a\\\\x\n" },
  { "escape-sequence", "\033[2J", -1, "S: \\x1B[2J\n" },
  { "carriage-return", "a\rb", -1, "S: a\\x0Db\n" },
  { "nul", "a\0b", 3, "S: a\\x00b\n" },
  { "utf-8", "Zdjęcia 日", -1, "S: Zdjęcia 日\n" },
  { "no-utf-8", "\xff\xe9", -1, "S: \\xFF\\xE9\n" },
  { "cut-utf-8", "a\xe6\x97", -1, "S: a\\xE6\\x97\n" },
  { "bidi-override", "a\u202Eb", -1, "S: a\\xE2\\x80\\xAEb\n" },
  { "c1-control",
    "a\xc2\x9b"
    "b",
    -1, "S: a\\xC2\\x9Bb\n" },
  { "line-separator", "a\u2028b", -1, "S: a\\xE2\\x80\\xA8b\n" },
};

static void
test_line (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjSessionLog) log = pj_session_log_new ();

  pj_session_log_hear (PJ_WIRE_RECEIVED, c->line, c->len < 0 ? strlen (c->line) : (gsize) c->len,
                       log);
  g_assert_cmpstr (pj_session_log_get_text (log), ==, c->expected);
}

static void
test_sessions (void)
{
  g_autoptr (PjSessionLog) log = pj_session_log_new ();

  pj_session_log_begin (log, "pop.example.org", 995, "POP3 tls", NOON);
  pj_session_log_hear (PJ_WIRE_RECEIVED, "+OK", 3, log);
  pj_session_log_hear (PJ_WIRE_SENT, "QUIT", 4, log);
  pj_session_log_begin (log, "::1", 110, "POP3 none", NOON);
  pj_session_log_note (log, "it\nbroke");
  g_assert_cmpstr (pj_session_log_get_text (log), ==,
                   "== 2023-11-14T22:13:20Z pop.example.org port 995 POP3 tls\nS: +OK\nC: QUIT\n"
                   "\n== 2023-11-14T22:13:20Z ::1 port 110 POP3 none\n* it broke\n");
}

/* Without a log there is nothing to do. */
static void
test_none (void)
{
  pj_session_log_begin (NULL, "pop.example.org", 995, "POP3 tls", NOON);
  pj_session_log_note (NULL, "nobody hears");
  pj_session_log_unref (NULL);
}

static void
test_bound (void)
{
  g_autoptr (PjSessionLog) log = pj_session_log_new ();
  g_autofree char *line = g_strnfill (1000, 'x');
  const char *text;

  pj_session_log_begin (log, "pop.example.org", 995, "POP3 tls", NOON);
  for (guint i = 0; i < 2000; i++)
    pj_session_log_hear (PJ_WIRE_RECEIVED, line, 1000, log);
  pj_session_log_note (log, "the end");

  text = pj_session_log_get_text (log);
  g_assert_cmpuint (strlen (text), <=, PJ_SESSION_LOG_MAX_BYTES + 100);
  g_assert_cmpuint (strlen (text), >, PJ_SESSION_LOG_MAX_BYTES - 2000);
  g_assert_true (g_str_has_suffix (text, "x\n… cut\n* the end\n"));

  /* The next session has room of its own. */
  pj_session_log_begin (log, "pop.example.org", 995, "POP3 tls", NOON);
  pj_session_log_hear (PJ_WIRE_RECEIVED, "+OK", 3, log);
  g_assert_true (g_str_has_suffix (pj_session_log_get_text (log), "tls\nS: +OK\n"));
}

/* Whoever listens is told that the rest need not be heard. */
static void
test_short (void)
{
  g_autoptr (PjSessionLog) log = pj_session_log_new_short ();
  g_autofree char *line = g_strnfill (1000, 'x');
  gsize kept = 0;

  g_assert_false (pj_session_log_has_session (log));
  pj_session_log_begin (log, "pop.example.org", 995, "POP3 tls", NOON);
  g_assert_true (pj_session_log_has_session (log));
  while (pj_session_log_hear (PJ_WIRE_RECEIVED, line, 1000, log))
    kept += 1000;
  g_assert_false (pj_session_log_hear (PJ_WIRE_RECEIVED, "y", 1, log));

  g_assert_cmpuint (kept, <=, PJ_SESSION_LOG_SHORT_BYTES);
  g_assert_cmpuint (kept, >, PJ_SESSION_LOG_SHORT_BYTES - 2000);
  g_assert_true (g_str_has_suffix (pj_session_log_get_text (log), "x\n… cut\n"));

  pj_session_log_begin (log, "pop.example.org", 995, "POP3 tls", NOON);
  g_assert_true (pj_session_log_hear (PJ_WIRE_RECEIVED, "y", 1, log));
}

static void
test_save (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  g_autoptr (PjSessionLog) log = pj_session_log_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat status;

  g_assert_true (pj_session_log_save (log, path, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  pj_session_log_note (log, "one");
  g_assert_true (pj_session_log_try_file (path, &error));
  g_assert_true (pj_session_log_save (log, path, &error));
  g_assert_true (pj_session_log_save (log, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "* one\n\n* one\n\n");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, 0600);
}

static void
assert_refused (const char *path, const char *words)
{
  g_autoptr (PjSessionLog) log = pj_session_log_new ();
  g_autoptr (GError) error = NULL;

  pj_session_log_note (log, "one");
  g_assert_false (pj_session_log_try_file (path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_false (pj_session_log_save (log, path, NULL));
}

static void
test_link (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  g_autofree char *target = g_build_filename (dir, "target", NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
  assert_refused (path, "link");
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
test_no_file (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *pipe = g_build_filename (dir, "pipe", NULL);
  g_autofree char *missing = g_build_filename (dir, "no", "such", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (pipe, pipe);
  assert_refused (dir, dir);
  assert_refused (missing, missing);
}

/* From the wire to the text, through a login. */
static void
test_no_secret (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (SCRIPT_LOGIN);
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;

  mailbox->log = pj_session_log_new ();
  session = pj_mailbox_log_in (mailbox, NULL, &error);
  g_assert_no_error (error);
  text = pj_session_log_get_text (mailbox->log);
  g_assert_nonnull (strstr (text, " 127.0.0.1 port "));
  g_assert_nonnull (strstr (text, " POP3 none\nS: +OK POP3 ready\nC: CAPA\n"));
  g_assert_nonnull (strstr (text, "C: PASS ********\n"));
  g_assert_null (strstr (text, "correct"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/session-log/line/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_line);
    }
  g_test_add_func ("/check/session-log/sessions", test_sessions);
  g_test_add_func ("/check/session-log/none", test_none);
  g_test_add_func ("/check/session-log/bound", test_bound);
  g_test_add_func ("/check/session-log/short", test_short);
  g_test_add_func ("/check/session-log/save", test_save);
  g_test_add_func ("/check/session-log/link", test_link);
  g_test_add_func ("/check/session-log/no-file", test_no_file);
  g_test_add_func ("/check/session-log/no-secret", test_no_secret);

  return g_test_run ();
}
