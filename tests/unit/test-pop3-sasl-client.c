/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl-client.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

#define GOOD -1

/* The example of RFC 2195 section 2. */
#define CRAM_CHALLENGE "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+"
#define CRAM_RESPONSE "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"

/* {"status":"401"} */
#define JSON "eyJzdGF0dXMiOiI0MDEifQ=="

typedef struct
{
  const char *challenge; /* NULL: the end of the exchange */
  const char *response;
} Turn;

typedef struct
{
  const char *name;
  const char *mechanism;
  Turn turns[4];
  int code; /* of the last turn */
  gboolean is_done;
  guint judged_at; /* turn from 1; 0: never */
} Case;

static const Case cases[] = {
  { "plain", "PLAIN", { { "", "AHRpbQB0YW5zdGFhZnRhbnN0YWFm" } }, GOOD, TRUE, 1 },
  { "plain-asked-twice",
    "PLAIN",
    { { "", "AHRpbQB0YW5zdGFhZnRhbnN0YWFm" }, { "", "*" } },
    PJ_POP3_ERROR_UNSUPPORTED,
    TRUE,
    1 },
  { "login",
    "LOGIN",
    { { "VXNlcm5hbWU6", "dGlt" }, { "UGFzc3dvcmQ6", "dGFuc3RhYWZ0YW5zdGFhZg==" } },
    GOOD,
    TRUE,
    2 },
  { "login-asked-for-the-name-alone", "LOGIN", { { "VXNlcm5hbWU6", "dGlt" } }, GOOD, FALSE, 0 },
  { "cram-md5", "CRAM-MD5", { { CRAM_CHALLENGE, CRAM_RESPONSE } }, GOOD, TRUE, 1 },
  { "cram-md5-without-a-challenge",
    "CRAM-MD5",
    { { "", "*" } },
    PJ_POP3_ERROR_UNSUPPORTED,
    FALSE,
    0 },
  { "not-base64", "CRAM-MD5", { { "Rubbish", "*" } }, PJ_POP3_ERROR_UNSUPPORTED, FALSE, 0 },
  { "blank-in-base64", "CRAM-MD5", { { "QUFB QUFB", "*" } }, PJ_POP3_ERROR_UNSUPPORTED, FALSE, 0 },
  { "external", "EXTERNAL", { { "", "dGlt" } }, GOOD, TRUE, 1 },
  { "xoauth2", "XOAUTH2", { { "", "dXNlcj10aW0BYXV0aD1CZWFyZXIgeWEyOQEB" } }, GOOD, TRUE, 1 },
  { "xoauth2-refused",
    "XOAUTH2",
    { { "", "dXNlcj10aW0BYXV0aD1CZWFyZXIgeWEyOQEB" }, { JSON, "" } },
    PJ_POP3_ERROR_AUTH,
    FALSE,
    1 },
  { "oauthbearer-refused",
    "OAUTHBEARER",
    { { "", "bixhPXRpbSwBaG9zdD1oAXBvcnQ9OTk1AWF1dGg9QmVhcmVyIHlhMjkBAQ==" }, { JSON, "AQ==" } },
    PJ_POP3_ERROR_AUTH,
    FALSE,
    1 },
  { "scram-answered-by-rubbish",
    "SCRAM-SHA-256",
    { { "", NULL }, { "AAAA", "*" } },
    PJ_POP3_ERROR_UNSUPPORTED,
    FALSE,
    0 },
};

static PjPop3Credentials *
make_credentials (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("tanstaaftanstaaf");
  PjPop3Credentials *credentials = pj_pop3_credentials_new ("tim", secret);

  credentials->token = pj_secret_new ("ya29");
  credentials->host = g_strdup ("h");
  credentials->port = 995;

  return credentials;
}

static void
test_exchange (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjPop3Credentials) credentials = make_credentials ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PjPop3SaslClient) client = pj_pop3_sasl_client_new (
      pj_pop3_mechanism_find (c->mechanism), credentials, "n", NULL, &error);
  gboolean is_good = TRUE;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (c->turns) && c->turns[i].challenge != NULL; i++)
    {
      g_autofree char *response = NULL;

      g_assert_true (is_good);
      is_good = pj_pop3_sasl_client_step (client, c->turns[i].challenge, &response,
                                          pj_deadline_never (), NULL, &error);
      if (c->turns[i].response != NULL)
        g_assert_cmpstr (response, ==, c->turns[i].response);
      g_assert_cmpint (pj_pop3_sasl_client_is_judged (client), ==,
                       c->judged_at != 0 && i + 1 >= c->judged_at);
    }

  g_assert_cmpint (is_good, ==, c->code == GOOD);
  if (c->code != GOOD)
    g_assert_error (error, PJ_POP3_ERROR, c->code);
  else
    g_assert_cmpint (pj_pop3_sasl_client_is_done (client), ==, c->is_done);
}

static void
test_unknown (void)
{
  static const PjPop3Mechanism unknown = { "X-NOBODY-HAS-THIS", PJ_POP3_FAMILY_PLAIN, TRUE, 1 };
  g_autoptr (PjPop3Credentials) credentials = make_credentials ();
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_pop3_sasl_client_new (&unknown, credentials, "n", NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED);
}

/* The longest line of RFC 4954 section 4 holds whatever passes the check. */
static void
test_longest (void)
{
  g_autofree char *commas = g_strnfill (1000, ',');
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new (commas, NULL);
  g_autoptr (PjPop3SaslClient) client = NULL;
  g_autofree char *response = NULL;

  credentials->token = pj_secret_new (endless);
  credentials->host = g_strnfill (1000, 'h');
  credentials->port = 65535;
  g_assert_true (pj_pop3_credentials_check (credentials, NULL));
  client = pj_pop3_sasl_client_new (pj_pop3_mechanism_find ("OAUTHBEARER"), credentials, "n", NULL,
                                    NULL);
  g_assert_true (
      pj_pop3_sasl_client_step (client, "", &response, pj_deadline_never (), NULL, NULL));
  g_assert_cmpuint (strlen (response), >, 10000);
  g_assert_cmpuint (strlen (response), <=, 12288 - strlen ("\r\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/sasl-client/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_exchange);
    }
  g_test_add_func ("/pop3/sasl-client/unknown-mechanism", test_unknown);
  g_test_add_func ("/pop3/sasl-client/longest-response", test_longest);

  return g_test_run ();
}
