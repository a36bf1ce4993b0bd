/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

#define GOOD -1

typedef struct
{
  const char *name;
  const char *script; /* after the greeting */
  const char *user;
  const char *password;
  int code; /* of PJ_POP3_ERROR; GOOD: logged in */
} Case;

/* "ann", "correct horse" in base64, each behind a NUL */
#define PLAIN "AGFubgBjb3JyZWN0IGhvcnNl"

static const Case cases[] = {
  { "user-and-pass",
    "C: CAPA\nS: +OK\nS: USER\nS: .\nC: USER ann\nS: +OK\nC: PASS correct horse\nS: +OK\n", "ann",
    "correct horse", GOOD },
  { "blanks-in-the-password", "C: CAPA\nS: -ERR\nC: USER ann\nS: +OK\nC: PASS  a  b \nS: +OK\n",
    "ann", " a  b ", GOOD },
  { "old-server-without-capa",
    "C: CAPA\nS: -ERR\nC: USER ann\nS: +OK\nC: PASS correct horse\nS: +OK\n", "ann",
    "correct horse", GOOD },
  { "plain", "C: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH PLAIN " PLAIN "\nS: +OK\n", "ann",
    "correct horse", GOOD },
  { "plain-refused",
    "C: CAPA\nS: +OK\nS: SASL CRAM-MD5 PLAIN\nS: USER\nS: .\nC: AUTH PLAIN " PLAIN
    "\nS: -ERR [AUTH] no\n",
    "ann", "correct horse", PJ_POP3_ERROR_AUTH },
  { "plain-unknown-after-all-then-user",
    "C: CAPA\nS: +OK\nS: SASL PLAIN\nS: USER\nS: .\nC: AUTH PLAIN " PLAIN
    "\nS: -ERR unknown command\nC: USER ann\nS: +OK\nC: PASS correct horse\nS: +OK\n",
    "ann", "correct horse", GOOD },
  { "plain-refused-by-a-server-with-codes",
    "C: CAPA\nS: +OK\nS: SASL PLAIN\nS: USER\nS: AUTH-RESP-CODE\nS: .\nC: AUTH PLAIN " PLAIN
    "\nS: -ERR Internal trouble\n",
    "ann", "correct horse", PJ_POP3_ERROR_BUSY },
  { "wrong-password-without-codes",
    "C: CAPA\nS: +OK\nS: USER\nS: .\nC: USER ann\nS: +OK\nC: PASS *\nS: -ERR Bad login\n", "ann",
    "correct horse", PJ_POP3_ERROR_AUTH },
  { "locked-without-codes",
    "C: CAPA\nS: +OK\nS: USER\nS: .\nC: USER ann\nS: +OK\nC: PASS *\nS: -ERR Mailbox locked\n",
    "ann", "correct horse", PJ_POP3_ERROR_BUSY },
  { "no-pass-for-an-unknown-user",
    "C: CAPA\nS: +OK\nS: USER\nS: .\nC: USER ann\nS: -ERR unknown user\n", "ann", "correct horse",
    PJ_POP3_ERROR_AUTH },
  { "wrong-then-cut-is-still-wrong",
    "C: CAPA\nS: +OK\nS: USER\nS: .\nC: USER ann\nS: +OK\nC: PASS *\nS: -ERR [AUTH] no\nCUT\n",
    "ann", "correct horse", PJ_POP3_ERROR_AUTH },
  { "nothing-in-common", "C: CAPA\nS: +OK\nS: SASL GSSAPI\nS: .\n", "ann", "correct horse",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "crlf-in-the-user-name", "C: CAPA\nS: -ERR\n", "ann\r\nDELE 1", "correct horse",
    PJ_POP3_ERROR_AUTH },
  { "lf-in-the-password", "C: CAPA\nS: -ERR\n", "ann", "a\nDELE 1", PJ_POP3_ERROR_AUTH },
  { "empty-user-name", "C: CAPA\nS: -ERR\n", "", "correct horse", PJ_POP3_ERROR_AUTH },
  { "empty-password", "C: CAPA\nS: -ERR\n", "ann", "", PJ_POP3_ERROR_AUTH },
};

static void
test_login (gconstpointer data)
{
  const Case *c = data;
  gboolean is_cut = strstr (c->script, "CUT") != NULL;
  g_autofree char *script = g_strdup_printf ("S: +OK\n%s%s", c->script, is_cut ? "" : "SILENT\n");
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjSecret) secret = pj_secret_new (c->password);
  g_autoptr (GError) error = NULL;
  gboolean is_in;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  is_in = pj_pop3_login (session, c->user, secret, NULL, &error);

  if (c->code == GOOD)
    {
      g_assert_no_error (error);
      g_assert_true (is_in);
      return;
    }

  g_assert_false (is_in);
  g_assert_error (error, PJ_POP3_ERROR, c->code);
  if (*c->password != '\0')
    g_assert_null (strstr (error->message, c->password));
}

static void
test_not_in_plain_text (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session =
      pj_pop3_session_new (stage_connect (stage), PJ_SECURITY_STARTTLS);
  g_autoptr (PjSecret) secret = pj_secret_new ("correct horse");
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_greet (session, NULL, NULL));
  g_assert_false (pj_pop3_login (session, "ann", secret, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS);
}

/* No command may be longer than our buffer for it. */
static void
test_long_credentials (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autoptr (PjSecret) secret = pj_secret_new (endless);
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_login (session, "ann", secret, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/login/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_login);
    }
  g_test_add_func ("/pop3/login/never-in-plain-text-unasked", test_not_in_plain_text);
  g_test_add_func ("/pop3/login/endless-password", test_long_credentials);

  return g_test_run ();
}
