/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-security.h"

typedef struct
{
  const char *word;
  PjSecurity security;
  guint16 port;
} Known;

static const Known known[] = {
  { "tls", PJ_SECURITY_TLS, 995 },
  { "starttls", PJ_SECURITY_STARTTLS, 110 },
  { "none", PJ_SECURITY_NONE, 110 },
};

static void
test_known (gconstpointer data)
{
  const Known *row = data;
  g_autofree char *upper = g_ascii_strup (row->word, -1);
  PjSecurity security = PJ_SECURITY_NONE + 1;

  g_assert_cmpstr (pj_security_to_string (row->security), ==, row->word);
  g_assert_true (pj_security_from_string (upper, &security));
  g_assert_cmpint (security, ==, row->security);
  g_assert_cmpuint (pj_security_get_default_port (row->security), ==, row->port);
}

static void
test_unknown (void)
{
  static const char *const words[] = { NULL, "", "ssl", "tls ", "nonetls" };
  PjSecurity security = PJ_SECURITY_STARTTLS;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (pj_security_from_string (words[i], &security));
  g_assert_cmpint (security, ==, PJ_SECURITY_STARTTLS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = g_strconcat ("/base/security/", known[i].word, NULL);

      g_test_add_data_func (path, &known[i], test_known);
    }
  g_test_add_func ("/base/security/unknown-word-changes-nothing", test_unknown);
  return g_test_run ();
}
