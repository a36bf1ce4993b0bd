/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-sasl.h"

#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

#define GOOD -1

/* "ann", "correct horse" in base64, each behind a NUL */
#define PLAIN "AGFubgBjb3JyZWN0IGhvcnNl"

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
    PJ_POP3_ERROR_REFUSED },
  { "asked-again-with-rubbish", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: -ERR\n",
    PJ_POP3_ERROR_REFUSED },
  { "content-with-a-cancel", "PLAIN", "C: AUTH PLAIN *\nS: + Rubbish\nC: *\nS: +OK\n",
    PJ_POP3_ERROR_PROTOCOL },
  { "no-answer-at-all", "PLAIN", "C: AUTH PLAIN *\nS: what?\n", PJ_POP3_ERROR_PROTOCOL },
  { "unknown-mechanism", "X-NOBODY-HAS-THIS", "", PJ_POP3_ERROR_UNSUPPORTED },
};

static void
test_authenticate (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *script = g_strdup_printf ("S: +OK\n%sSILENT\n", c->script);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjSecret) secret = pj_secret_new ("correct horse");
  g_autoptr (GError) error = NULL;
  gboolean is_in = pj_pop3_sasl_authenticate (session, c->mechanism, "ann", secret, NULL, &error);

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
  g_autoptr (PjSecret) secret = pj_secret_new (password);
  g_autoptr (GError) error = NULL;

  plain[0] = '\0';
  plain[4] = '\0';
  encoded = g_base64_encode ((const guchar *) plain, len);
  script = g_strdup_printf ("S: +OK\nC: AUTH PLAIN\nS: + \nC: %s\nS: +OK\nSILENT\n", encoded);
  stage = stage_new (script);
  session = stage_greet (stage);

  g_assert_true (pj_pop3_sasl_authenticate (session, "PLAIN", "ann", secret, NULL, &error));
  g_assert_no_error (error);
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

  return g_test_run ();
}
