/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-sasl-client.h"

/* RFC 4954 section 4, less the line end. */
#define MAX_RESPONSE_BYTES 12288

/* No line of a server comes to the exchange that is longer. */
#define MAX_CHALLENGE_BYTES 8192

/* As many rounds as the session allows a server. */
#define MAX_ROUNDS 10

/* GSSAPI is missing: without a ticket it fails before any challenge is read. */
static const struct
{
  const char *mechanism;
  const char *gs2_flag;
} clients[] = {
  { "SCRAM-SHA-256", "n" }, { "SCRAM-SHA-256-PLUS", "p=tls-exporter" },
  { "SCRAM-SHA-1", "y" },   { "SCRAM-SHA-1-PLUS", "p=tls-server-end-point" },
  { "CRAM-MD5", "n" },      { "PLAIN", "n" },
  { "LOGIN", "n" },         { "EXTERNAL", "n" },
  { "XOAUTH2", "n" },       { "OAUTHBEARER", "n" },
};

static PjPop3Credentials *
new_credentials (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("kot i pies");
  PjPop3Credentials *credentials = pj_pop3_credentials_new ("ala", secret);

  credentials->token = pj_secret_new ("token");
  credentials->host = g_strdup ("pop.example.org");
  credentials->port = 995;

  return credentials;
}

static PjPop3SaslClient *
new_client (guint which)
{
  g_autoptr (PjPop3Credentials) credentials = new_credentials ();
  g_autoptr (GBytes) binding = NULL;
  g_autoptr (GError) error = NULL;
  PjPop3SaslClient *client;

  if (clients[which].gs2_flag[0] == 'p')
    binding = g_bytes_new_static ("binding", 7);
  client = pj_pop3_sasl_client_new (pj_pop3_mechanism_find (clients[which].mechanism), credentials,
                                    clients[which].gs2_flag, binding, &error);
  g_assert_no_error (error);

  return client;
}

/* Takes one step; what goes to the server is one line of base64.
 * Returns: the response, decoded; NULL when the exchange is over. */
static char *
step (PjPop3SaslClient *client, const char *challenge)
{
  g_autoptr (GError) error = NULL;
  g_autofree guchar *decoded = NULL;
  g_autofree char *again = NULL;
  char *response = NULL;
  gboolean is_good =
      pj_pop3_sasl_client_step (client, challenge, &response, pj_deadline_never (), NULL, &error);
  gsize len;

  fuzz_assert_outcome (is_good, error);
  g_assert_nonnull (response);
  g_assert_cmpuint (strlen (response), <=, MAX_RESPONSE_BYTES);
  g_assert_null (strpbrk (response, "\r\n"));
  if (!is_good)
    {
      g_assert_true (error->domain == PJ_POP3_ERROR);
      g_free (response);
      return NULL;
    }

  decoded = g_base64_decode (response, &len);
  again = g_base64_encode (decoded, len);
  g_assert_cmpstr (again, ==, response);
  g_free (response);

  return g_strndup ((const char *) decoded, len);
}

/* A SCRAM challenge must begin with the client's own random number; "r=" in the
 * input stands for "r=" and that. */
static char *
encode (const char *line, const char *nonce)
{
  g_autofree char *own = NULL;

  if (g_str_has_prefix (line, "r="))
    own = g_strconcat ("r=", nonce, line + strlen ("r="), NULL);
  else
    own = g_strdup (line);

  return g_base64_encode ((const guchar *) own, strlen (own));
}

static char *
dup_nonce (const char *first)
{
  const char *nonce = strstr (first, ",r=");

  return g_strdup (nonce != NULL ? nonce + strlen (",r=") : "");
}

/* The first line is a digit, which chooses the client, and "b" when the others
 * are in base64 already; each of them is a challenge. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_ROUNDS);
  g_autoptr (PjPop3SaslClient) client = NULL;
  g_autofree char *nonce = g_strdup ("");
  gboolean is_encoded;

  if (lines[0] == NULL || !g_ascii_isdigit (lines[0][0]))
    return 0;

  is_encoded = lines[0][1] == 'b';
  client = new_client ((guint) g_ascii_digit_value (lines[0][0]));
  g_assert_false (pj_pop3_sasl_client_is_done (client));
  g_assert_false (pj_pop3_sasl_client_is_judged (client));
  if (pj_pop3_sasl_client_get_mechanism (client)->speaks_first)
    {
      g_autofree char *first = step (client, "");

      g_assert_nonnull (first);
      g_free (nonce);
      nonce = dup_nonce (first);
    }

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_autofree char *challenge = is_encoded ? g_strdup (lines[i]) : encode (lines[i], nonce);
      g_autofree char *response = NULL;

      if (strlen (challenge) > MAX_CHALLENGE_BYTES)
        break;

      response = step (client, challenge);
      if (response == NULL)
        break;
    }

  return 0;
}
