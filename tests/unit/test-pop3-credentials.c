/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-credentials.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

typedef struct
{
  const char *name;
  const char *user;
  const char *password;
  const char *token;     /* (nullable) */
  const char *mechanism; /* (nullable) */
  gboolean has_client_certificate;
  gboolean is_good;
} Case;

static const Case cases[] = {
  { "ordinary", "ann", "correct horse", NULL, NULL, FALSE, TRUE },
  { "not-ascii", "zo\303\253", "\305\274\303\263\305\202w", NULL, NULL, FALSE, TRUE },
  { "crlf-in-the-user-name", "ann\r\nDELE 1", "x", NULL, NULL, FALSE, FALSE },
  { "tab-in-the-user-name", "ann\tb", "x", NULL, NULL, FALSE, FALSE },
  { "delete-in-the-user-name", "ann\177", "x", NULL, NULL, FALSE, FALSE },
  { "empty-user-name", "", "x", NULL, NULL, FALSE, FALSE },
  { "lf-in-the-password", "ann", "a\nDELE 1", NULL, NULL, FALSE, FALSE },
  { "cr-in-the-password", "ann", "a\rb", NULL, NULL, FALSE, FALSE },
  { "empty-password", "ann", "", NULL, NULL, FALSE, FALSE },
  { "token-in-place-of-a-password", "ann", "", "ya29.x", NULL, FALSE, TRUE },
  { "lf-in-the-token", "ann", "", "ya29\nx", NULL, FALSE, FALSE },
  { "separator-in-the-token", "ann", "", "ya29\001x", NULL, FALSE, FALSE },
  { "empty-token", "ann", "x", "", NULL, FALSE, FALSE },
  { "lf-in-the-password-beside-a-token", "ann", "a\nb", "ya29.x", NULL, FALSE, FALSE },
  { "certificate-in-place-of-a-password", "ann", "", NULL, NULL, TRUE, TRUE },
  { "certificate-is-not-for-plain", "ann", "", NULL, "PLAIN", TRUE, FALSE },
  { "ticket-in-place-of-a-password", "ann", "", NULL, "gssapi", FALSE, TRUE },
};

static void
test_check (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjSecret) secret = pj_secret_new (c->password);
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new (c->user, secret);
  g_autoptr (GError) error = NULL;

  credentials->token = c->token != NULL ? pj_secret_new (c->token) : NULL;
  credentials->mechanism = g_strdup (c->mechanism);
  credentials->has_client_certificate = c->has_client_certificate;

  g_assert_cmpint (pj_pop3_credentials_check (credentials, &error), ==, c->is_good);
  if (c->is_good)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  if (strlen (c->password) > 1)
    g_assert_null (strstr (error->message, c->password));
}

static void
test_length (void)
{
  g_autofree char *endless = g_strnfill (1001, 'x');
  g_autoptr (PjSecret) secret = pj_secret_new (endless);
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new ("ann", secret);

  g_assert_false (pj_pop3_credentials_check (credentials, NULL));
  /* A token may be that long. */
  pj_secret_unref (credentials->secret);
  credentials->secret = NULL;
  credentials->token = pj_secret_ref (secret);
  g_assert_true (pj_pop3_credentials_check (credentials, NULL));
}

static void
test_host (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("x");
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new ("ann", secret);

  credentials->host = g_strdup ("pop.example.org\001auth=x");
  g_assert_false (pj_pop3_credentials_check (credentials, NULL));
}

static void
test_saslname (void)
{
  static const struct
  {
    const char *user;
    const char *name;
  } names[] = {
    { "ann", "ann" },
    { "a=b,c", "a=3Db=2Cc" },
    { "I\302\255X", "IX" }, /* RFC 4013 section 3: a soft hyphen is nothing */
    { "\302\252", "a" },    /* the same: normalised by NFKC */
    { "\330\247"
      "1",
      NULL }, /* the same: right to left and back */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new (names[i].user, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = pj_pop3_credentials_dup_saslname (credentials, &error);

      g_assert_cmpstr (name, ==, names[i].name);
      if (name == NULL)
        g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/credentials/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_check);
    }
  g_test_add_func ("/pop3/credentials/length", test_length);
  g_test_add_func ("/pop3/credentials/host", test_host);
  g_test_add_func ("/pop3/credentials/saslname", test_saslname);

  return g_test_run ();
}
