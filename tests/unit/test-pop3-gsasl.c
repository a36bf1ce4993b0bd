/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-gsasl.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *challenges[3]; /* NULL: the end */
  const char *responses[3];  /* NULL: refused with UNSUPPORTED */
  gboolean is_done;
} Case;

static const Case cases[] = {
  { "external", "EXTERNAL", { "" }, { "tim" }, TRUE },
  { "external-asked-twice", "EXTERNAL", { "", "" }, { "tim", NULL }, TRUE },
  { "login", "LOGIN", { "Username:", "Password:" }, { "tim", "tanstaaftanstaaf" }, TRUE },
  { "login-half", "LOGIN", { "Username:" }, { "tim" }, FALSE },
  /* The example of RFC 2195 section 2. */
  { "cram-md5",
    "CRAM-MD5",
    { "<1896.697170952@postoffice.reston.mci.net>" },
    { "tim b913a602c7eda7a495b4e6e7334d3890" },
    TRUE },
  { "cram-md5-without-a-challenge", "CRAM-MD5", { "" }, { NULL }, FALSE },
};

static PjPop3Credentials *
make_credentials (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("tanstaaftanstaaf");
  PjPop3Credentials *credentials = pj_pop3_credentials_new ("tim", secret);

  credentials->host = g_strdup ("pop.example.org");

  return credentials;
}

static void
test_exchange (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjPop3Credentials) credentials = make_credentials ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PjPop3Gsasl) gsasl =
      pj_pop3_gsasl_new (pj_pop3_mechanism_find (c->mechanism), credentials, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (c->challenges) && c->challenges[i] != NULL; i++)
    {
      g_autoptr (GBytes) challenge = g_bytes_new (c->challenges[i], strlen (c->challenges[i]));
      g_autofree char *response = NULL;
      gsize len = 0;

      if (pj_pop3_gsasl_step (gsasl, challenge, &response, &len, pj_deadline_never (), NULL,
                              &error))
        {
          g_assert_cmpstr (response, ==, c->responses[i]);
          g_assert_cmpuint (len, ==, strlen (response));
        }
      else
        {
          g_assert_null (c->responses[i]);
          g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED);
        }
    }
  g_assert_cmpint (pj_pop3_gsasl_is_done (gsasl), ==, c->is_done);
}

/* In a realm without servers and with no ticket from before. */
static void
test_no_ticket (void)
{
  g_autoptr (PjPop3Credentials) credentials = make_credentials ();
  g_autoptr (PjPop3Gsasl) gsasl =
      pj_pop3_gsasl_new (pj_pop3_mechanism_find ("GSSAPI"), credentials, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autofree char *response = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  if (gsasl == NULL)
    {
      g_test_skip ("This GNU SASL has no GSSAPI");
      return;
    }

  g_assert_false (pj_pop3_gsasl_step (gsasl, nothing, &response, &len,
                                      pj_deadline_in (20 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "pop@pop.example.org"));
  g_assert_nonnull (strstr (error->message, "kinit"));
  g_assert_null (response);
}

int
main (int argc, char *argv[])
{
  g_setenv ("KRB5_CONFIG", "/dev/null", TRUE);
  g_setenv ("KRB5CCNAME", "FILE:/nonexistent/tickets", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/gsasl/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_exchange);
    }
  g_test_add_func ("/pop3/gsasl/no-ticket", test_no_ticket);

  return g_test_run ();
}
