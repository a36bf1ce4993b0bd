/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl.h"

#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

#define GOOD -1

/* "ann", "correct horse" in base64, each behind a NUL */
#define PLAIN "AGFubgBjb3JyZWN0IGhvcnNl"

/* r=x,s=AAAA,i=4096 : not our nonce */
#define OTHER_NONCE "cj14LHM9QUFBQSxpPTQwOTY="

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *script; /* after the greeting */
  int code;           /* of PJ_POP3_ERROR; GOOD: logged in */
} Case;

static const Case cases[] = {
  { "initial-response", "PLAIN", "C: AUTH PLAIN " PLAIN "\nS: +OK\n", GOOD },
  { "refused", "PLAIN", "C: AUTH PLAIN *\nS: -ERR [AUTH]\n", PJ_POP3_ERROR_AUTH },
  { "asked-again", "PLAIN", "C: AUTH PLAIN *\nS: +\nC: *\nS: -ERR cancelled\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "asked-again-with-rubbish", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "content-with-a-cancel", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: +OK\n",
    PJ_POP3_ERROR_PROTOCOL },
  { "goes-on-after-a-cancel", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: + AAAA\n",
    PJ_POP3_ERROR_PROTOCOL },
  { "busy-at-a-cancel", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: -ERR [SYS/TEMP]\n",
    PJ_POP3_ERROR_BUSY },
  { "wrong-at-a-cancel", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: -ERR [AUTH] expired\n",
    PJ_POP3_ERROR_AUTH },
  { "no-answer-at-all", "PLAIN", "C: AUTH PLAIN *\nS: what?\n", PJ_POP3_ERROR_PROTOCOL },
  { "login", "LOGIN",
    "C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: YW5u\nS: + UGFzc3dvcmQ6\n"
    "C: Y29ycmVjdCBob3JzZQ==\nS: +OK\n",
    GOOD },
  { "in-before-the-password", "LOGIN", "C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: YW5u\nS: +OK\n",
    PJ_POP3_ERROR_PROTOCOL },
  { "rubbish-for-a-challenge", "CRAM-MD5", "C: AUTH CRAM-MD5\nS: + Rubbish\nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "empty-challenge", "CRAM-MD5", "C: AUTH CRAM-MD5\nS:raw +\\n\nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "blank-challenge", "CRAM-MD5", "C: AUTH CRAM-MD5\nS: + \nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "nul-in-a-challenge", "CRAM-MD5", "C: AUTH CRAM-MD5\nS:raw + PD\\0==\\r\\n\nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_UNSUPPORTED },
  { "scram-ends-without-proof", "SCRAM-SHA-256", "C: AUTH SCRAM-SHA-256 *\nS: +OK\n",
    PJ_POP3_ERROR_PROTOCOL },
  { "scram-with-another-nonce", "SCRAM-SHA-256",
    "C: AUTH SCRAM-SHA-256 *\nS: + " OTHER_NONCE "\nC: *\nS: -ERR\n", PJ_POP3_ERROR_PROTOCOL },
  { "xoauth2-in-two-lines", "XOAUTH2",
    "C: AUTH XOAUTH2\nS: + \nC: dXNlcj1hbm4BYXV0aD1CZWFyZXIgeWEyOQEB\nS: +OK\n", GOOD },
  { "xoauth2-refused", "XOAUTH2",
    "C: AUTH XOAUTH2\nS: + \nC: *\nS: + eyJzdGF0dXMiOiI0MDEifQ==\nC: \nS: -ERR no\n",
    PJ_POP3_ERROR_AUTH },
  { "xoauth2-refused-for-now", "XOAUTH2",
    "C: AUTH XOAUTH2\nS: + \nC: *\nS: + e30=\nC: \nS: -ERR [SYS/TEMP] no\n", PJ_POP3_ERROR_BUSY },
  { "oauthbearer-refused", "OAUTHBEARER",
    "C: AUTH OAUTHBEARER *\nS: + eyJzdGF0dXMiOiI0MDEifQ==\nC: AQ==\nS: -ERR no\n",
    PJ_POP3_ERROR_AUTH },
};

static PjPop3SaslClient *
make_client (const char *mechanism, const char *password)
{
  g_autoptr (PjSecret) secret = pj_secret_new (password);
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new ("ann", secret);

  credentials->token = pj_secret_new ("ya29");
  return pj_pop3_sasl_client_new (pj_pop3_mechanism_find (mechanism), credentials, "n", NULL, NULL);
}

static void
test_authenticate (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *script = g_strdup_printf ("S: +OK\n%sSILENT\n", c->script);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3SaslClient) client = make_client (c->mechanism, "correct horse");
  g_autoptr (GError) error = NULL;
  gboolean is_in = pj_pop3_sasl_authenticate (session, client, NULL, &error);

  if (c->code == GOOD)
    {
      g_assert_no_error (error);
      g_assert_true (is_in);
      return;
    }

  g_assert_false (is_in);
  g_assert_error (error, PJ_POP3_ERROR, c->code);
}

/* RFC 5034 section 4: the line stays within 255 octets, so this one waits. */
static void
test_long_response (void)
{
  g_autofree char *password = g_strnfill (200, 'p');
  g_autofree char *plain = g_strdup_printf ("%cann%c%s", 1, 1, password);
  gsize len = strlen (plain);
  g_autofree char *encoded = NULL;
  g_autofree char *script = NULL;
  g_autoptr (Stage) stage = NULL;
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (PjPop3SaslClient) client = make_client ("PLAIN", password);
  g_autoptr (GError) error = NULL;

  plain[0] = '\0';
  plain[4] = '\0';
  encoded = g_base64_encode ((const guchar *) plain, len);
  script = g_strdup_printf ("S: +OK\nC: AUTH PLAIN\nS: + \nC: %s\nS: +OK\nSILENT\n", encoded);
  stage = stage_new (script);
  session = stage_greet (stage);

  g_assert_true (pj_pop3_sasl_authenticate (session, client, NULL, &error));
  g_assert_no_error (error);
}

/* 255 octets with CRLF go into the command and no more: base64 of 5 octets
 * beside the password leaves room for 175. */
static void
test_room_for_a_response (void)
{
  for (gsize len = 175; len <= 176; len++)
    {
      g_autofree char *password = g_strnfill (len, 'p');
      g_autoptr (PjPop3SaslClient) client = make_client ("PLAIN", password);
      g_autofree char *pending = NULL;
      g_autofree char *command =
          pj_pop3_sasl_dup_command (client, &pending, pj_deadline_never (), NULL, NULL);

      g_assert_cmpint (pending == NULL, ==, len == 175);
      g_assert_cmpint (g_str_equal (command, "AUTH PLAIN"), ==, len == 176);
    }
}

static void
test_keeps_asking (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: AUTH XOAUTH2\nS: + \nC: *\n"
                                       "S: + e30=\nC: \nS: + e30=\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3SaslClient) client = make_client ("XOAUTH2", "x");
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_sasl_authenticate (session, client, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
  g_assert_false (pj_pop3_session_is_usable (session));
}

static void
test_oversized_challenge (void)
{
  g_autofree char *noise = g_strnfill (20000, 'A');
  g_autofree char *script = g_strdup_printf ("S: +OK\nC: AUTH CRAM-MD5\nS: + %s\nSILENT\n", noise);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3SaslClient) client = make_client ("CRAM-MD5", "x");
  g_autoptr (GError) error = NULL;

  g_assert_false (pj_pop3_sasl_authenticate (session, client, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
  g_assert_false (pj_pop3_session_is_usable (session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/sasl/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_authenticate);
    }
  g_test_add_func ("/pop3/sasl/long-response-waits", test_long_response);
  g_test_add_func ("/pop3/sasl/room-for-a-response", test_room_for_a_response);
  g_test_add_func ("/pop3/sasl/keeps-asking", test_keeps_asking);
  g_test_add_func ("/pop3/sasl/oversized-challenge", test_oversized_challenge);

  return g_test_run ();
}
