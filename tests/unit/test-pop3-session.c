/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-session.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

static void
test_greeting (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK Dove\\x1b[31mcot  ready\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);

  g_assert_cmpstr (pj_pop3_session_get_greeting (session), ==, "Dove\357\277\275[31mcot ready");
}

typedef struct
{
  const char *name;
  const char *script;
  int code;
} GreetingCase;

static const GreetingCase refusals[] = {
  { "refused", "S: -ERR\nSILENT\n", PJ_POP3_ERROR_REFUSED },
  { "busy", "S: -ERR [SYS/TEMP] later\nSILENT\n", PJ_POP3_ERROR_BUSY },
  { "something-else", "S: SSH-2.0-OpenSSH_9.2\nSILENT\n", PJ_POP3_ERROR_PROTOCOL },
  { "art-first", "S:   ___ ascii art\nSILENT\n", PJ_POP3_ERROR_PROTOCOL },
};

static void
test_refused_greeting (gconstpointer data)
{
  const GreetingCase *c = data;
  g_autoptr (Stage) stage = stage_new (c->script);
  g_autoptr (PjPop3Session) session = pj_pop3_session_new (stage_connect (stage), PJ_SECURITY_NONE);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_session_greet (session, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, c->code);
  g_assert_false (pj_pop3_session_is_usable (session));
}

static void
test_endless_greeting (void)
{
  g_autofree char *noise = g_strnfill (100 * 1000, '<');
  g_autofree char *script = g_strdup_printf ("S: +OK %s\nSILENT\n", noise);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = pj_pop3_session_new (stage_connect (stage), PJ_SECURITY_NONE);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_session_greet (session, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
}

/* Sends three commands and takes their answers. */
static void
delete_three (PjPop3Session *session)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *three = NULL;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "DELE 1");
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "DELE 2");
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "DELE 3");

  g_assert_true (pj_pop3_session_receive (session, &one, NULL, &error));
  g_assert_cmpstr (one, ==, "one");
  g_assert_false (pj_pop3_session_receive (session, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED);
  g_assert_true (pj_pop3_session_is_usable (session));
  g_assert_true (pj_pop3_session_receive (session, &three, NULL, NULL));
  g_assert_cmpstr (three, ==, "three");
}

#define CAPA_PIPELINING "S: +OK\nC: CAPA\nS: +OK\nS: PIPELINING\nS: .\n"
#define IN_TURN "C: DELE 1\nS: +OK one\nC: DELE 2\nS: -ERR two\nC: DELE 3\nS: +OK three\nSILENT\n"

/* An -ERR concerns its own command, wherever it stands. */
static void
test_answers_in_order (void)
{
  g_autoptr (Stage) stage = stage_new (CAPA_PIPELINING "C: DELE 1\nC: DELE 2\nC: DELE 3\n"
                                                       "S: +OK one\nS: -ERR two\nS: +OK three\n"
                                                       "SILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);

  delete_three (session);
  g_assert_true (pj_pop3_session_is_pipelining (session));
  g_assert_true (pj_pop3_session_has_pipelined (session));
}

/* The script takes each command only after the answer to the one before: one
 * that came too early would be left over in front of the answer. */
static void
test_one_by_one (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: CAPA\nS: -ERR\n" IN_TURN);
  g_autoptr (PjPop3Session) session = stage_greet (stage);

  delete_three (session);
  g_assert_false (pj_pop3_session_has_pipelined (session));
}

static void
test_sequential_by_demand (void)
{
  g_autoptr (Stage) stage = stage_new (CAPA_PIPELINING IN_TURN);
  g_autoptr (PjPop3Session) session = stage_greet (stage);

  pj_pop3_session_set_sequential (session);
  delete_three (session);
  g_assert_false (pj_pop3_session_is_pipelining (session));
  g_assert_false (pj_pop3_session_has_pipelined (session));
}

/* What is held goes out when the last line of the answer before it has come. */
static void
test_held_behind_lines (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: LIST\nS: +OK\nS: 1 5\nS: .\nC: NOOP\nS: +OK\n"
                                       "SILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  const char *row = NULL;

  pj_pop3_session_send (session, PJ_POP3_MULTI, "LIST");
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "NOOP");
  g_assert_true (pj_pop3_session_receive (session, NULL, NULL, NULL));
  do
    g_assert_true (pj_pop3_session_receive_row (session, &row, NULL, NULL));
  while (row != NULL);
  g_assert_true (pj_pop3_session_receive (session, NULL, NULL, NULL));
}

/* A challenge has to be answered before anything else: with more commands on
 * their way the server would take those for the answer. */
static void
test_challenge_among_others (void)
{
  g_autoptr (Stage) stage =
      stage_new (CAPA_PIPELINING "C: AUTH PLAIN AGEAYg==\nC: STAT\nS: + \nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autofree char *challenge = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "AUTH PLAIN AGEAYg==");
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "STAT");
  g_assert_false (pj_pop3_session_receive_challenge (session, &challenge, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
}

static void
test_leave (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: QUIT\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);

  pj_pop3_session_leave (session);
  g_assert_false (pj_pop3_session_is_usable (session));
}

static void
test_adopted_capabilities (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3Capabilities) remembered = pj_pop3_capabilities_new ();

  pj_pop3_capabilities_add_line (remembered, "PIPELINING");
  pj_pop3_session_adopt_capabilities (session, remembered);
  g_assert_true (pj_pop3_session_is_pipelining (session));
}

static void
test_rows (void)
{
  g_autoptr (Stage) stage =
      stage_new ("S: +OK\nC: LIST\nS: +OK\nS: 1 5\nS: ..dot\nS: a\\0b\nS:\nS: .\n"
                 "C: NOOP\nS: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  static const char *const expected[] = { "1 5", ".dot",
                                          "a\x01"
                                          "b",
                                          "", NULL };
  const char *row = NULL;

  pj_pop3_session_send (session, PJ_POP3_MULTI, "LIST");
  g_assert_true (pj_pop3_session_receive (session, NULL, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (pj_pop3_session_receive_row (session, &row, NULL, NULL));
      g_assert_cmpstr (row, ==, expected[i]);
    }
  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
}

/* In a mail a line may be as long as it likes; a dot behind a cut is text. */
static void
test_long_lines (void)
{
  g_autofree char *noise = g_strnfill (8192, 'x');
  g_autofree char *script =
      g_strdup_printf ("S: +OK\nC: TOP 1 0\nS: +OK\nS: %s.\nS: .\nSILENT\n", noise);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  PjLine line;
  gboolean is_end = FALSE;

  pj_pop3_session_send (session, PJ_POP3_MULTI, "TOP 1 0");
  g_assert_true (pj_pop3_session_receive (session, NULL, NULL, NULL));

  g_assert_true (pj_pop3_session_receive_line (session, &line, &is_end, NULL, NULL));
  g_assert_cmpuint (line.len, ==, 8192);
  g_assert_cmpuint (line.end_len, ==, 0);
  g_assert_true (pj_pop3_session_receive_line (session, &line, &is_end, NULL, NULL));
  g_assert_cmpmem (line.bytes, line.len, ".", 1);
  g_assert_false (is_end);
  g_assert_true (pj_pop3_session_receive_line (session, &line, &is_end, NULL, NULL));
  g_assert_true (is_end);
}

static void
test_unasked (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: NOOP\nS:raw +OK\\r\\n+OK Logged in\\r\\n\n"
                                       "SILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "STAT");
  g_assert_false (pj_pop3_session_is_usable (session));
  g_assert_false (pj_pop3_session_receive (session, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
}

static void
test_capabilities (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\n"
                                       "C: CAPA\nS: +OK\nS: TOP\nS: sasl plain\nS: .\n"
                                       "C: CAPA\nS: -ERR what?\n"
                                       "SILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, &error));
  g_assert_true (
      pj_pop3_capabilities_has_sasl (pj_pop3_session_get_capabilities (session), "PLAIN"));

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (pj_pop3_capabilities_is_empty (pj_pop3_session_get_capabilities (session)));
  g_assert_true (pj_pop3_session_is_usable (session));
}

static void
test_endless_capabilities (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: CAPA\nS: +OK\nS:repeat 500 X-MORE\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_session_ask_capabilities (session, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
  g_assert_false (pj_pop3_session_is_usable (session));
}

static void
test_start_tls (void)
{
  g_autoptr (Stage) stage = stage_new ("SECURITY starttls\nS: +OK\n"
                                       "C: CAPA\nS: +OK\nS: STLS\nS: .\n"
                                       "C: STLS\nS: +OK\nTLS\nC: NOOP\nS: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, &error));
  g_assert_true (pj_pop3_session_start_tls (session, stage->tls, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (pj_connection_is_encrypted (pj_pop3_session_get_connection (session)));
  /* What was told in plain text is forgotten. */
  g_assert_true (pj_pop3_capabilities_is_empty (pj_pop3_session_get_capabilities (session)));
  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
}

static void
test_start_tls_refused (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: STLS\nS: -ERR [SYS/PERM] no\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_session_start_tls (session, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS);
  g_assert_false (pj_pop3_session_is_usable (session));
}

static void
test_quit (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: QUIT\nS: +OK\n"
                                       "--- refused\nS: +OK\nC: QUIT\nS: -ERR not removed\n"
                                       "--- cut\nS: +OK\nC: QUIT\nCUT\n");
  g_autoptr (PjPop3Session) good = stage_greet (stage);
  g_autoptr (PjPop3Session) refused = NULL;
  g_autoptr (PjPop3Session) cut = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_quit (good, NULL, &error));
  g_assert_false (pj_pop3_session_is_usable (good));
  g_clear_pointer (&good, pj_pop3_session_free);

  refused = stage_greet (stage);
  g_assert_false (pj_pop3_session_quit (refused, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED);
  g_clear_error (&error);
  g_clear_pointer (&refused, pj_pop3_session_free);

  cut = stage_greet (stage);
  g_assert_false (pj_pop3_session_quit (cut, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/session/greeting/%s", refusals[i].name);

      g_test_add_data_func (path, &refusals[i], test_refused_greeting);
    }
  g_test_add_func ("/pop3/session/greeting/is-cleaned", test_greeting);
  g_test_add_func ("/pop3/session/greeting/endless", test_endless_greeting);
  g_test_add_func ("/pop3/session/answers-come-in-order", test_answers_in_order);
  g_test_add_func ("/pop3/session/one-by-one", test_one_by_one);
  g_test_add_func ("/pop3/session/sequential-by-demand", test_sequential_by_demand);
  g_test_add_func ("/pop3/session/held-behind-lines", test_held_behind_lines);
  g_test_add_func ("/pop3/session/challenge-among-others", test_challenge_among_others);
  g_test_add_func ("/pop3/session/leave", test_leave);
  g_test_add_func ("/pop3/session/adopted-capabilities", test_adopted_capabilities);
  g_test_add_func ("/pop3/session/rows", test_rows);
  g_test_add_func ("/pop3/session/long-lines", test_long_lines);
  g_test_add_func ("/pop3/session/unasked-answer-ends-it", test_unasked);
  g_test_add_func ("/pop3/session/capabilities", test_capabilities);
  g_test_add_func ("/pop3/session/endless-capabilities", test_endless_capabilities);
  g_test_add_func ("/pop3/session/start-tls", test_start_tls);
  g_test_add_func ("/pop3/session/start-tls-refused", test_start_tls_refused);
  g_test_add_func ("/pop3/session/quit", test_quit);

  return g_test_run ();
}
