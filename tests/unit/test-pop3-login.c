/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-login.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

#define GOOD -1
#define CUT_OFF -2

/* "ann", "correct horse" in base64, each behind a NUL */
#define PLAIN "C: AUTH PLAIN AGFubgBjb3JyZWN0IGhvcnNl\n"
#define USER_AND_PASS "C: USER ann\nS: +OK\nC: PASS correct horse\nS: +OK\n"

/* "r=x,s=AAAA,i=4096", which is not our nonce */
#define OTHER_NONCE "S: + cj14LHM9QUFBQSxpPTQwOTY=\nC: *\nS: -ERR\n"

/* The example of RFC 1939 section 7, but for the password. */
#define STAMP "ready <1896.697170952@dbc.mtview.ca.us>"

typedef enum
{
  IN_PLAIN_TEXT,
  WITH_TLS,
} Protection;

typedef struct
{
  const char *name;
  Protection protection;
  const char *greeting;     /* behind +OK */
  const char *capabilities; /* lines; NULL: the server does not know CAPA */
  const char *talk;
  const char *only; /* (nullable): mechanism */
  int code;         /* of PJ_POP3_ERROR; GOOD: logged in; CUT_OFF: the network's */
  const char *used; /* (nullable): mechanism that succeeded */
} Case;

static const Case cases[] = {
  /* What is chosen */
  { "user-and-pass", IN_PLAIN_TEXT, "", "USER", USER_AND_PASS, NULL, GOOD, "USER" },
  { "old-server-without-capa", IN_PLAIN_TEXT, "", NULL, USER_AND_PASS, NULL, GOOD, "USER" },
  { "plain", IN_PLAIN_TEXT, "", "SASL PLAIN", PLAIN "S: +OK\n", NULL, GOOD, "PLAIN" },
  { "apop", IN_PLAIN_TEXT, STAMP, "USER", "C: APOP ann 57a2ea0f378e30f65e46bfc4cf607f90\nS: +OK\n",
    NULL, GOOD, "APOP" },
  { "no-apop-for-a-malformed-stamp", IN_PLAIN_TEXT, "ready <no-at-sign>", "USER", USER_AND_PASS,
    NULL, GOOD, "USER" },
  { "no-apop-with-tls", WITH_TLS, STAMP, "USER", USER_AND_PASS, NULL, GOOD, "USER" },
  { "nothing-in-common", WITH_TLS, "", "SASL GSSAPI", "", NULL, PJ_POP3_ERROR_UNSUPPORTED, NULL },
  { "only-login", WITH_TLS, "", "USER\nS: SASL PLAIN LOGIN",
    "C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: YW5u\nS: + UGFzc3dvcmQ6\nC: Y29ycmVjdCBob3JzZQ==\n"
    "S: +OK\n",
    "login", GOOD, "LOGIN" },
  { "only-an-unknown-one", WITH_TLS, "", "USER\nS: SASL NTLM", "", "NTLM",
    PJ_POP3_ERROR_UNSUPPORTED, NULL },
  { "only-apop-without-a-stamp", WITH_TLS, "hello", "USER", "", "APOP", PJ_POP3_ERROR_UNSUPPORTED,
    NULL },
  { "only-cram-md5-fails", WITH_TLS, "", "USER\nS: SASL CRAM-MD5 PLAIN",
    "C: AUTH CRAM-MD5\nS: -ERR\n", "CRAM-MD5", PJ_POP3_ERROR_UNSUPPORTED, NULL },

  /* What a refusal means */
  { "plain-refused", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [AUTH] no\n", NULL,
    PJ_POP3_ERROR_AUTH, NULL },
  { "plain-refused-in-words", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR Authentication failed\n", NULL, PJ_POP3_ERROR_AUTH, NULL },
  { "plain-refused-by-a-server-with-codes", WITH_TLS, "", "SASL PLAIN\nS: USER\nS: AUTH-RESP-CODE",
    PLAIN "S: -ERR Internal trouble\n", NULL, PJ_POP3_ERROR_BUSY, NULL },
  { "wrong-password-without-codes", WITH_TLS, "", "USER",
    "C: USER ann\nS: +OK\nC: PASS *\nS: -ERR no\n", NULL, PJ_POP3_ERROR_AUTH, NULL },
  { "no-pass-for-an-unknown-user", WITH_TLS, "", "USER", "C: USER ann\nS: -ERR unknown user\n",
    NULL, PJ_POP3_ERROR_AUTH, NULL },
  { "no-pass-after-a-bare-err", WITH_TLS, "", "USER", "C: USER ann\nS: -ERR\n", NULL,
    PJ_POP3_ERROR_AUTH, NULL },
  { "locked-without-codes", WITH_TLS, "", "USER",
    "C: USER ann\nS: +OK\nC: PASS *\nS: -ERR Mailbox locked\n", NULL, PJ_POP3_ERROR_BUSY, NULL },
  { "locked-without-codes-leads-nowhere", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR wait a minute\n", NULL, PJ_POP3_ERROR_BUSY, NULL },
  { "in-use", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [IN-USE] no\n", NULL,
    PJ_POP3_ERROR_BUSY, NULL },
  { "login-delay", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [LOGIN-DELAY] no\n", NULL,
    PJ_POP3_ERROR_BUSY, NULL },
  { "sys-temp", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [SYS/TEMP] no\n", NULL,
    PJ_POP3_ERROR_BUSY, NULL },
  { "sys-perm", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [SYS/PERM] no\n", NULL,
    PJ_POP3_ERROR_CLOSED, NULL },
  { "wrong-then-cut-is-still-wrong", IN_PLAIN_TEXT, "", "USER",
    "C: USER ann\nS: +OK\nC: PASS *\nS: -ERR [AUTH] no\nCUT\n", NULL, PJ_POP3_ERROR_AUTH, NULL },
  { "not-answered-by-pop3", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: 500 what\n", NULL,
    PJ_POP3_ERROR_PROTOCOL, NULL },

  /* What leads to the next one */
  { "plain-is-no-command-after-all", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR unknown command\n" USER_AND_PASS, NULL, GOOD, "USER" },
  { "plain-fails-without-a-word", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR\n" USER_AND_PASS, NULL, GOOD, "USER" },
  { "scram-fails-as-a-command", WITH_TLS, "", "SASL SCRAM-SHA-256 SCRAM-SHA-1 PLAIN",
    "C: AUTH SCRAM-SHA-256 *\nS: -ERR not today\n" PLAIN "S: +OK\n", NULL, GOOD, "PLAIN" },
  { "server-keeps-no-scram-keys", WITH_TLS, "", "SASL SCRAM-SHA-256 PLAIN\nS: AUTH-RESP-CODE",
    "C: AUTH SCRAM-SHA-256 *\nS: -ERR [AUTH] Authentication failed\n" PLAIN "S: +OK\n", NULL, GOOD,
    "PLAIN" },
  { "server-says-plus-and-cannot", WITH_TLS, "", "SASL SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN",
    "C: AUTH SCRAM-SHA-256-PLUS *\nS: + ZT11bnN1cHBvcnRlZC1jaGFubmVsLWJpbmRpbmctdHlwZQ==\nC: *\n"
    "S: -ERR\nC: AUTH SCRAM-SHA-256 *\nS: -ERR\n" PLAIN "S: +OK\n",
    NULL, GOOD, "PLAIN" },
  { "scram-challenge-is-rubbish", WITH_TLS, "", "SASL SCRAM-SHA-256 PLAIN",
    "C: AUTH SCRAM-SHA-256 *\nS: + Rubbish\nC: *\nS: -ERR\n" PLAIN "S: +OK\n", NULL, GOOD,
    "PLAIN" },
  { "each-family-once", WITH_TLS, "", "SASL SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN",
    "C: AUTH SCRAM-SHA-256 *\nS: -ERR\n" PLAIN "S: -ERR\n", NULL, PJ_POP3_ERROR_AUTH, NULL },

  /* What must not */
  { "scram-challenge-for-another", WITH_TLS, "", "SASL SCRAM-SHA-256 PLAIN\nS: USER",
    "C: AUTH SCRAM-SHA-256 *\n" OTHER_NONCE, NULL, PJ_POP3_ERROR_PROTOCOL, NULL },
  { "scram-without-proof", WITH_TLS, "", "SASL SCRAM-SHA-256 PLAIN\nS: USER",
    "C: AUTH SCRAM-SHA-256 *\nS: +OK\n", NULL, PJ_POP3_ERROR_PROTOCOL, NULL },
  { "plus-was-cut-out", WITH_TLS, "", "SASL SCRAM-SHA-256 PLAIN\nS: USER",
    "C: AUTH SCRAM-SHA-256 *\n"
    "S: + ZT1zZXJ2ZXItZG9lcy1zdXBwb3J0LWNoYW5uZWwtYmluZGluZw==\nC: *\nS: -ERR\n",
    NULL, PJ_POP3_ERROR_PROTOCOL, NULL },
  { "cut-off-is-the-end", IN_PLAIN_TEXT, "", "SASL CRAM-MD5", "C: AUTH CRAM-MD5\nCUT\n", NULL,
    CUT_OFF, NULL },
  { "no-password-in-plain-text-after-cram-md5", IN_PLAIN_TEXT, "", "SASL CRAM-MD5 PLAIN\nS: USER",
    "C: AUTH CRAM-MD5\nS: -ERR\n", NULL, PJ_POP3_ERROR_UNSUPPORTED, NULL },
  { "no-password-in-plain-text-after-scram", IN_PLAIN_TEXT, "", "SASL SCRAM-SHA-256 PLAIN\nS: USER",
    "C: AUTH SCRAM-SHA-256 *\nS: + Rubbish\nC: *\nS: -ERR\n", NULL, PJ_POP3_ERROR_UNSUPPORTED,
    NULL },
  { "no-password-in-plain-text-after-apop", IN_PLAIN_TEXT, STAMP, "USER\nS: SASL PLAIN",
    "C: APOP *\nS: -ERR not supported\n", NULL, PJ_POP3_ERROR_AUTH, NULL },
};

/* The last login with the same password succeeded. */
static const Case worked[] = {
  { "wrong", WITH_TLS, "", "USER", "C: USER ann\nS: +OK\nC: PASS *\nS: -ERR [AUTH] no\n", NULL,
    PJ_POP3_ERROR_AUTH, NULL },
  { "no-code", WITH_TLS, "", "USER",
    "C: USER ann\nS: +OK\nC: PASS *\nS: -ERR Authentication failed\n", NULL,
    PJ_POP3_ERROR_TURNED_AWAY, NULL },
  { "user-refused", WITH_TLS, "", "USER", "C: USER ann\nS: -ERR unknown user\n", NULL,
    PJ_POP3_ERROR_TURNED_AWAY, NULL },
  { "words-lead-nowhere", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR Authentication failed\n", NULL, PJ_POP3_ERROR_TURNED_AWAY, NULL },
  { "in-use", WITH_TLS, "", "SASL PLAIN\nS: USER", PLAIN "S: -ERR [IN-USE] no\n", NULL,
    PJ_POP3_ERROR_BUSY, NULL },
  { "by-another-way-than-the-first", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR\n" USER_AND_PASS, NULL, GOOD, "USER" },
  { "by-no-other-way-either", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR\nC: USER ann\nS: +OK\nC: PASS *\nS: -ERR\n", NULL, PJ_POP3_ERROR_TURNED_AWAY,
    NULL },
  { "wrong-by-the-other-way", WITH_TLS, "", "SASL PLAIN\nS: USER",
    PLAIN "S: -ERR\nC: USER ann\nS: +OK\nC: PASS *\nS: -ERR [AUTH] no\n", NULL, PJ_POP3_ERROR_AUTH,
    NULL },
  { "no-weaker-way", IN_PLAIN_TEXT, STAMP, "SASL CRAM-MD5",
    "C: AUTH CRAM-MD5\nS: + PDFAYi5jPg==\nC: *\nS: -ERR\n", NULL, PJ_POP3_ERROR_TURNED_AWAY, NULL },
  { "apop", IN_PLAIN_TEXT, STAMP, "USER\nS: SASL PLAIN", "C: APOP *\nS: -ERR\n", NULL,
    PJ_POP3_ERROR_TURNED_AWAY, NULL },
};

static PjPop3Session *
open_session (Stage *stage, Protection protection)
{
  g_autoptr (PjConnection) connection = stage_connect (stage);
  PjPop3Session *session;
  g_autoptr (GError) error = NULL;

  if (protection == WITH_TLS)
    pj_connection_start_tls (connection, stage->tls, NULL, &error);
  g_assert_no_error (error);
  session = pj_pop3_session_new (g_steal_pointer (&connection),
                                 protection == WITH_TLS ? PJ_SECURITY_TLS : PJ_SECURITY_NONE);
  pj_pop3_session_greet (session, NULL, &error);
  g_assert_no_error (error);
  pj_pop3_session_ask_capabilities (session, NULL, &error);
  g_assert_no_error (error);

  return session;
}

/* A stage with all up to the login. */
static Stage *
set_stage (Protection protection, const char *greeting, const char *capabilities, const char *talk)
{
  g_autofree char *listed = capabilities != NULL
                                ? g_strdup_printf ("S: +OK\nS: %s\nS: .\n", capabilities)
                                : g_strdup ("S: -ERR\n");
  g_autofree char *script = g_strconcat (protection == WITH_TLS ? "SECURITY tls\nTLS\n" : "",
                                         "S: +OK ", greeting, "\nC: CAPA\n", listed, talk,
                                         strstr (talk, "CUT") != NULL ? "" : "SILENT\n", NULL);

  return stage_new (script);
}

static PjPop3Credentials *
make_credentials (const char *user, const char *password)
{
  g_autoptr (PjSecret) secret = pj_secret_new (password);

  return pj_pop3_credentials_new (user, secret);
}

static void
log_in (const Case *c, gboolean has_worked)
{
  g_autoptr (Stage) stage = set_stage (c->protection, c->greeting, c->capabilities, c->talk);
  g_autoptr (PjPop3Session) session = open_session (stage, c->protection);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  const char *used = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_in;

  credentials->mechanism = g_strdup (c->only);
  credentials->has_worked = has_worked;
  is_in = pj_pop3_login (session, credentials, &used, NULL, &error);

  g_assert_cmpint (is_in, ==, c->code == GOOD);
  g_assert_cmpstr (used, ==, c->used);
  if (c->code == GOOD)
    {
      g_assert_no_error (error);
      return;
    }

  if (c->code == CUT_OFF)
    g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
  else
    g_assert_error (error, PJ_POP3_ERROR, c->code);
  g_assert_null (strstr (error->message, "correct horse"));
}

static void
test_login (gconstpointer data)
{
  log_in (data, FALSE);
}

static void
test_login_that_worked (gconstpointer data)
{
  log_in (data, TRUE);
}

/* The server hears nothing of these. */
static void
test_unsendable (void)
{
  static const char *const pairs[][2] = {
    { "ann\r\nDELE 1", "x" }, { "ann", "a\nDELE 1" }, { "", "x" }, { "ann", "" }
  };
  static const char *const mechanisms[] = { NULL,   "PLAIN",         "LOGIN",
                                            "USER", "SCRAM-SHA-256", "CRAM-MD5" };
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, "", "SASL PLAIN LOGIN SCRAM-SHA-256 CRAM-MD5\nS: USER", "");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (PjPop3Credentials) credentials = make_credentials (pairs[i][0], pairs[i][1]);

      for (gsize j = 0; j < G_N_ELEMENTS (mechanisms); j++)
        {
          g_autoptr (GError) error = NULL;

          g_free (credentials->mechanism);
          credentials->mechanism = g_strdup (mechanisms[j]);
          g_assert_false (pj_pop3_login (session, credentials, NULL, NULL, &error));
          g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
          g_assert_false (pj_pop3_login_send (session, credentials,
                                              mechanisms[j] != NULL ? mechanisms[j] : "PLAIN"));
        }
    }
}

static void
test_blanks_in_the_password (void)
{
  g_autoptr (Stage) stage =
      set_stage (IN_PLAIN_TEXT, "", NULL, "C: USER ann\nS: +OK\nC: PASS  a  b \nS: +OK\n");
  g_autoptr (PjPop3Session) session = open_session (stage, IN_PLAIN_TEXT);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", " a  b ");

  g_assert_true (pj_pop3_login (session, credentials, NULL, NULL, NULL));
}

static void
test_not_in_plain_text (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session =
      pj_pop3_session_new (stage_connect (stage), PJ_SECURITY_STARTTLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_pop3_session_greet (session, NULL, NULL));
  g_assert_false (pj_pop3_login (session, credentials, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS);
  g_assert_false (pj_pop3_login_send (session, credentials, "USER"));
}

static void
test_no_token_in_plain_text (void)
{
  g_autoptr (Stage) stage = set_stage (IN_PLAIN_TEXT, "", "SASL XOAUTH2 OAUTHBEARER", "");
  g_autoptr (PjPop3Session) session = open_session (stage, IN_PLAIN_TEXT);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "");
  g_autoptr (GError) error = NULL;

  credentials->token = pj_secret_new ("ya29");
  g_assert_false (pj_pop3_login (session, credentials, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_NO_TLS);
}

static void
test_token (void)
{
  g_autofree char *token = g_strnfill (4000, 'y');
  g_autofree char *message = g_strdup_printf ("user=ann\001auth=Bearer %s\001\001", token);
  g_autofree char *encoded = g_base64_encode ((const guchar *) message, strlen (message));
  g_autofree char *talk = g_strdup_printf ("C: AUTH XOAUTH2\nS: +\nC: %s\nS: +OK\n", encoded);
  g_autoptr (Stage) stage = set_stage (WITH_TLS, "", "SASL PLAIN XOAUTH2\nS: USER", talk);
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  const char *used = NULL;
  g_autoptr (GError) error = NULL;

  credentials->token = pj_secret_new (token);
  pj_pop3_login (session, credentials, &used, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (used, ==, "XOAUTH2");
}

/* A server may want the certificate to be talked to at all, and the password
 * to know who it is. */
static void
test_certificate_and_password (void)
{
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, "", "SASL EXTERNAL PLAIN",
                 "C: AUTH EXTERNAL YW5u\nS: -ERR [AUTH] no\n" PLAIN "S: +OK\n");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;
  const char *used = NULL;

  credentials->has_client_certificate = TRUE;
  pj_pop3_login (session, credentials, &used, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (used, ==, "PLAIN");
}

/* That the password has worked is no doubt about it when the certificate is refused. */
static void
test_certificate_and_password_that_worked (void)
{
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, "", "SASL EXTERNAL PLAIN",
                 "C: AUTH EXTERNAL YW5u\nS: -ERR Authentication failed\n" PLAIN "S: +OK\n");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;
  const char *used = NULL;

  credentials->has_client_certificate = TRUE;
  credentials->has_worked = TRUE;
  pj_pop3_login (session, credentials, &used, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (used, ==, "PLAIN");
}

static void
test_certificate_alone (void)
{
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, "", "SASL EXTERNAL PLAIN", "C: AUTH EXTERNAL YW5u\nS: -ERR [AUTH] no\n");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;

  credentials->has_client_certificate = TRUE;
  credentials->mechanism = g_strdup ("EXTERNAL");
  g_assert_false (pj_pop3_login (session, credentials, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "the client certificate was shown"));
}

/* The password does not stand in for a token that has expired. */
static void
test_expired_token (void)
{
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, "", "SASL PLAIN OAUTHBEARER XOAUTH2\nS: USER",
                 "C: AUTH OAUTHBEARER *\nS: + eyJzdGF0dXMiOiI0MDEifQ==\nC: AQ==\nS: -ERR\n");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;

  credentials->token = pj_secret_new ("ya29");
  g_assert_false (pj_pop3_login (session, credentials, NULL, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "expired"));
}

typedef struct
{
  const char *name;
  const char *capabilities;
  const char *mechanism;
  const char *talk; /* with a STAT behind the login in the same flight */
  int code;
} Flight;

static const Flight flights[] = {
  { "plain", "SASL PLAIN\nS: USER", "PLAIN", PLAIN "C: STAT\nS: +OK\nS: +OK 0 0\n", GOOD },
  { "user", "USER", "USER",
    "C: USER ann\nC: PASS correct horse\nC: STAT\nS: +OK\nS: +OK\nS: +OK 0 0\n", GOOD },
  { "plain-refused", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR [AUTH]\nS: -ERR\n",
    PJ_POP3_ERROR_AUTH },
  { "plain-refused-in-words", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR no\nS: -ERR\n",
    PJ_POP3_ERROR_AUTH },
  { "plain-locked-in-words", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR locked\nS: -ERR\n",
    PJ_POP3_ERROR_BUSY },
  { "plain-busy-by-leaving-out-the-code", "SASL PLAIN\nS: AUTH-RESP-CODE", "PLAIN",
    PLAIN "C: STAT\nS: -ERR no\nS: -ERR\n", PJ_POP3_ERROR_BUSY },
  { "pass-refused", "USER", "USER",
    "C: USER ann\nC: PASS *\nC: STAT\nS: +OK\nS: -ERR [AUTH]\nS: -ERR\n", PJ_POP3_ERROR_AUTH },
  { "user-refused", "USER", "USER",
    "C: USER ann\nC: PASS *\nC: STAT\nS: -ERR [IN-USE]\nS: -ERR\nS: -ERR\n", PJ_POP3_ERROR_BUSY },
  { "plain-asked-again", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: +\n", PJ_POP3_ERROR_PROTOCOL },
};

static const Flight worked_flights[] = {
  { "wrong", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR [AUTH]\nS: -ERR\n",
    PJ_POP3_ERROR_AUTH },
  { "no-code", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR no\nS: -ERR\n",
    PJ_POP3_ERROR_TURNED_AWAY },
  { "words-about-the-password", "USER", "USER",
    "C: USER ann\nC: PASS *\nC: STAT\nS: +OK\nS: -ERR Bad password\nS: -ERR\n",
    PJ_POP3_ERROR_TURNED_AWAY },
  { "locked-in-words", "SASL PLAIN", "PLAIN", PLAIN "C: STAT\nS: -ERR locked\nS: -ERR\n",
    PJ_POP3_ERROR_BUSY },
};

static void
fly (const Flight *c, gboolean has_worked)
{
  g_autofree char *capabilities = g_strconcat (c->capabilities, "\nS: PIPELINING", NULL);
  g_autoptr (Stage) stage = set_stage (WITH_TLS, "", capabilities, c->talk);
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");
  g_autoptr (GError) error = NULL;
  gboolean is_in;

  credentials->has_worked = has_worked;
  g_assert_true (pj_pop3_login_send (session, credentials, c->mechanism));
  pj_pop3_session_send (session, PJ_POP3_SINGLE, "STAT");
  is_in = pj_pop3_login_receive (session, credentials, c->mechanism, NULL, &error);

  g_assert_cmpint (is_in, ==, c->code == GOOD);
  if (c->code != GOOD)
    g_assert_error (error, PJ_POP3_ERROR, c->code);
  if (c->code != PJ_POP3_ERROR_PROTOCOL)
    g_assert_cmpint (pj_pop3_session_receive (session, NULL, NULL, NULL), ==, is_in);
  g_assert_cmpint (pj_pop3_session_is_usable (session), ==, c->code != PJ_POP3_ERROR_PROTOCOL);
}

static void
test_flight (gconstpointer data)
{
  fly (data, FALSE);
}

static void
test_flight_that_worked (gconstpointer data)
{
  fly (data, TRUE);
}

static void
test_no_flight (void)
{
  g_autoptr (Stage) stage =
      set_stage (WITH_TLS, STAMP, "SASL PLAIN LOGIN SCRAM-SHA-256\nS: USER", "");
  g_autoptr (PjPop3Session) session = open_session (stage, WITH_TLS);
  g_autofree char *password = g_strnfill (200, 'p');
  g_autoptr (PjPop3Credentials) endless = make_credentials ("ann", password);
  g_autoptr (PjPop3Credentials) token = make_credentials ("ann", "correct horse");
  g_autoptr (PjPop3Credentials) only = make_credentials ("ann", "correct horse");

  g_assert_false (pj_pop3_login_send (session, endless, "PLAIN"));
  g_assert_false (pj_pop3_login_send (session, endless, "LOGIN"));
  g_assert_false (pj_pop3_login_send (session, endless, "SCRAM-SHA-256"));
  g_assert_false (pj_pop3_login_send (session, endless, "APOP"));
  g_assert_false (pj_pop3_login_send (session, endless, "NTLM"));
  token->token = pj_secret_new ("ya29");
  g_assert_false (pj_pop3_login_send (session, token, "PLAIN"));
  only->mechanism = g_strdup ("SCRAM-SHA-256");
  g_assert_false (pj_pop3_login_send (session, only, "PLAIN"));
}

/* What was the best there was once is not, when a better way is offered. */
static void
test_no_flight_in_plain_text (void)
{
  static const struct
  {
    const char *greeting;
    const char *capabilities;
    gboolean is_sent;
  } servers[] = {
    { "", "USER\nS: SASL PLAIN", TRUE },
    { "", "USER\nS: SASL PLAIN SCRAM-SHA-256", FALSE },
    { STAMP, "USER", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (Stage) stage =
          set_stage (IN_PLAIN_TEXT, servers[i].greeting, servers[i].capabilities, "");
      g_autoptr (PjPop3Session) session = open_session (stage, IN_PLAIN_TEXT);
      g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann", "correct horse");

      g_assert_cmpint (pj_pop3_login_send (session, credentials, "USER"), ==, servers[i].is_sent);
    }
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
  for (gsize i = 0; i < G_N_ELEMENTS (worked); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/login/worked/%s", worked[i].name);

      g_test_add_data_func (path, &worked[i], test_login_that_worked);
    }
  g_test_add_func ("/pop3/login/unsendable", test_unsendable);
  g_test_add_func ("/pop3/login/blanks-in-the-password", test_blanks_in_the_password);
  g_test_add_func ("/pop3/login/never-in-plain-text-unasked", test_not_in_plain_text);
  g_test_add_func ("/pop3/login/no-token-in-plain-text", test_no_token_in_plain_text);
  g_test_add_func ("/pop3/login/token", test_token);
  g_test_add_func ("/pop3/login/expired-token", test_expired_token);
  g_test_add_func ("/pop3/login/certificate-and-password", test_certificate_and_password);
  g_test_add_func ("/pop3/login/certificate-and-password-that-worked",
                   test_certificate_and_password_that_worked);
  g_test_add_func ("/pop3/login/certificate-alone", test_certificate_alone);
  for (gsize i = 0; i < G_N_ELEMENTS (flights); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/login/flight/%s", flights[i].name);

      g_test_add_data_func (path, &flights[i], test_flight);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (worked_flights); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/pop3/login/flight/worked/%s", worked_flights[i].name);

      g_test_add_data_func (path, &worked_flights[i], test_flight_that_worked);
    }
  g_test_add_func ("/pop3/login/no-flight", test_no_flight);
  g_test_add_func ("/pop3/login/no-flight-in-plain-text", test_no_flight_in_plain_text);

  return g_test_run ();
}
