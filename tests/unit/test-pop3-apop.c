/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-apop.h"

typedef struct
{
  const char *name;
  const char *greeting;
  const char *stamp; /* NULL: none */
} Case;

static const Case cases[] = {
  { "of-the-rfc", "POP3 server ready <1896.697170952@dbc.mtview.ca.us>",
    "<1896.697170952@dbc.mtview.ca.us>" },
  { "with-words-behind", "<1.2@a> Bad things happen", "<1.2@a>" },
  { "two-at-signs", "<a@b@c>", "<a@b@c>" },
  { "no-stamp", "POP3 server ready", NULL },
  { "unclosed", "ready <1896.697170952@dbc.mtview", NULL },
  { "no-at-sign", "ready <1896.697170952>", NULL },
  { "nothing-before-the-at-sign", "ready <@host>", NULL },
  { "nothing-behind-the-at-sign", "ready <1@>", NULL },
  { "blank-inside", "ready <1 2@host>", NULL },
  { "eight-bit", "ready <1\303\2512@host>", NULL },
  { "replaced-byte", "ready <1\357\277\2752@host>", NULL },
  { "control", "ready <1\0012@host>", NULL },
  { "bracket-inside", "ready <1<2@host>", NULL },
  { "empty", "", NULL },
};

static void
test_stamp (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *stamp = pj_pop3_apop_dup_stamp (c->greeting);

  g_assert_cmpstr (stamp, ==, c->stamp);
}

/* The example of RFC 1939 section 7. */
static void
test_digest (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("tanstaaf");
  g_autofree char *digest = pj_pop3_apop_dup_digest ("<1896.697170952@dbc.mtview.ca.us>", secret);

  g_assert_cmpstr (digest, ==, "c4c9334bac560ecc979e58001b3e22fb");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/apop/stamp/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_stamp);
    }
  g_test_add_func ("/pop3/apop/digest", test_digest);

  return g_test_run ();
}
