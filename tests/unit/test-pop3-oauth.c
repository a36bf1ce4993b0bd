/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-oauth.h"

#include <string.h>

#define EXPIRED "The server refuses the access token: it has expired or was withdrawn"
#define SILENT "The server refuses the access token and does not say why"

typedef struct
{
  const char *name;
  const char *json;
  const char *meaning;
} Case;

static const Case cases[] = {
  { "of-the-rfc", "{\"status\":\"invalid_token\",\"scope\":\"example_scope\"}", EXPIRED },
  { "google", "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}",
    EXPIRED },
  { "number", "{ \"Status\" : 401 }", EXPIRED },
  { "scope", "{\"schemes\":\"Bearer\",\"status\":\"insufficient_scope\"}",
    "The access token is valid, but not for reading mail by POP3" },
  { "unknown-status", "{\"status\":\"teapot\"}", SILENT },
  { "status-that-begins-alike", "{\"status\":\"4000\"}", SILENT },
  { "no-status", "{}", SILENT },
  { "no-json", "invalid_token", SILENT },
  { "not-utf8", "{\"status\":\"401\"}\377", SILENT },
  { "empty", "", SILENT },
};

static PjPop3Credentials *
make_credentials (const char *user, const char *token)
{
  PjPop3Credentials *credentials = pj_pop3_credentials_new (user, NULL);

  credentials->token = pj_secret_new (token);
  return credentials;
}

static void
test_failure (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *meaning = pj_pop3_oauth_explain_failure (c->json, strlen (c->json));

  g_assert_cmpstr (meaning, ==, c->meaning);
}

static void
test_failure_too_long (void)
{
  g_autofree char *padding = g_strnfill (5000, ' ');
  g_autofree char *json = g_strconcat ("{\"status\":\"401\"}", padding, NULL);
  g_autofree char *meaning = pj_pop3_oauth_explain_failure (json, strlen (json));

  g_assert_cmpstr (meaning, ==, SILENT);
}

static void
test_xoauth2 (void)
{
  g_autoptr (PjPop3Credentials) credentials = make_credentials ("ann,1@example.org", "ya29.x");
  g_autofree char *message = pj_pop3_oauth_dup_xoauth2 (credentials);

  g_assert_cmpstr (message, ==, "user=ann,1@example.org\001auth=Bearer ya29.x\001\001");
}

/* The example of RFC 7628 section 4.1, and one with a name to escape. */
static void
test_oauthbearer (void)
{
  g_autoptr (PjPop3Credentials) credentials =
      make_credentials ("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
  g_autoptr (PjPop3Credentials) other = make_credentials ("ann,1", "x");
  g_autofree char *message = NULL;
  g_autofree char *short_message = NULL;

  credentials->host = g_strdup ("server.example.com");
  credentials->port = 143;
  message = pj_pop3_oauth_dup_oauthbearer (credentials, NULL);
  g_assert_cmpstr (message, ==,
                   "n,a=user@example.com,\001host=server.example.com\001port=143\001"
                   "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001");

  short_message = pj_pop3_oauth_dup_oauthbearer (other, NULL);
  g_assert_cmpstr (short_message, ==, "n,a=ann=2C1,\001auth=Bearer x\001\001");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/oauth/failure/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_failure);
    }
  g_test_add_func ("/pop3/oauth/failure/too-long", test_failure_too_long);
  g_test_add_func ("/pop3/oauth/xoauth2", test_xoauth2);
  g_test_add_func ("/pop3/oauth/oauthbearer", test_oauthbearer);

  return g_test_run ();
}
