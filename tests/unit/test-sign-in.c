/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-sign-in.h"

static void
test_list (void)
{
  g_auto (GStrv) names = pj_sign_in_list_mechanisms ();

  g_assert_cmpuint (g_strv_length (names), ==, 13);
  g_assert_cmpstr (names[0], ==, "EXTERNAL");
  for (char **name = names; *name != NULL; name++)
    g_assert_cmpstr (pj_sign_in_find_mechanism (*name), ==, *name);
}

typedef struct
{
  const char *text;
  const char *name; /* NULL: not ours */
} Case;

static const Case cases[] = {
  { "PLAIN", "PLAIN" },   { "scram-sha-256", "SCRAM-SHA-256" },
  { "Apop", "APOP" },     { "user", "USER" },
  { "DIGEST-MD5", NULL }, { "PLAIN ", NULL },
  { "", NULL },
};

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (pj_sign_in_find_mechanism (cases[i].text), ==, cases[i].name);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/sign-in/all-that-are-listed-are-found", test_list);
  g_test_add_func ("/app/sign-in/find", test_find);
  return g_test_run ();
}
