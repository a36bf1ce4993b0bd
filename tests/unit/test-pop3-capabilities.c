/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-capabilities.h"

static PjPop3Capabilities *
told (const char *text)
{
  PjPop3Capabilities *capabilities = pj_pop3_capabilities_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_true (pj_pop3_capabilities_add_line (capabilities, lines[i]));

  return capabilities;
}

typedef struct
{
  const char *name;
  const char *lines;
  const char *capability;
  gboolean is_there;
} Case;

static const Case cases[] = {
  { "plain", "TOP\nUIDL", "UIDL", TRUE },
  { "lower-case", "top\nuidl", "TOP", TRUE },
  { "with-argument", "LOGIN-DELAY 300", "LOGIN-DELAY", TRUE },
  { "blank-around", "  TOP  ", "TOP", TRUE },
  { "glued-argument", "EXPIRE30", "EXPIRE", FALSE },
  { "junk-between", "CAPA\n\n2\nX-Y Z\nTOP", "TOP", TRUE },
  { "argument-is-no-name", "X TOP", "TOP", FALSE },
  { "not-utf8", "TOP\xff\nUIDL", "UIDL", TRUE },
  { "prefix", "TOPS", "TOP", FALSE },
};

static void
test_has (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjPop3Capabilities) capabilities = told (c->lines);

  g_assert_cmpint (pj_pop3_capabilities_has (capabilities, c->capability), ==, c->is_there);
}

static void
test_sasl (void)
{
  g_autoptr (PjPop3Capabilities) capabilities = told ("SASL SCRAM-SHA-256-PLUS plain\nLOGIN");

  g_assert_true (pj_pop3_capabilities_has_sasl (capabilities, "PLAIN"));
  g_assert_true (pj_pop3_capabilities_has_sasl (capabilities, "scram-sha-256-plus"));
  g_assert_false (pj_pop3_capabilities_has_sasl (capabilities, "SCRAM-SHA-256"));
  g_assert_false (pj_pop3_capabilities_has_sasl (capabilities, "LOGIN"));
  g_assert_false (pj_pop3_capabilities_has_sasl (capabilities, "SASL"));
}

static void
test_empty (void)
{
  g_autoptr (PjPop3Capabilities) capabilities = told ("");

  g_assert_true (pj_pop3_capabilities_is_empty (capabilities));
  g_assert_false (pj_pop3_capabilities_has_sasl (capabilities, "PLAIN"));
}

static void
test_expire_at_once (void)
{
  static const struct
  {
    const char *line;
    gboolean expected;
  } rows[] = {
    { "EXPIRE 0", TRUE },      { "expire 0", TRUE },   { "EXPIRE 0 USER", TRUE },
    { "EXPIRE NEVER", FALSE }, { "EXPIRE 30", FALSE }, { "EXPIRE", FALSE },
    { "TOP", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PjPop3Capabilities) capabilities = told (rows[i].line);

      g_assert_cmpint (pj_pop3_capabilities_expire_at_once (capabilities), ==, rows[i].expected);
    }
}

static void
test_login_delay (void)
{
  static const struct
  {
    const char *line;
    guint delay_s;
  } delays[] = {
    { "LOGIN-DELAY 300", 300 },
    { "login-delay 900 USER", 900 },
    { "LOGIN-DELAY", 0 },
    { "LOGIN-DELAY soon", 0 },
    { "LOGIN-DELAY -5", 0 },
    { "LOGIN-DELAY 99999999999", 24 * 60 * 60 },
    { "TOP", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autoptr (PjPop3Capabilities) capabilities = told (delays[i].line);

      g_assert_cmpuint (pj_pop3_capabilities_get_login_delay_s (capabilities), ==,
                        delays[i].delay_s);
    }
}

static void
test_endless (void)
{
  static const char *const lines[] = { "X-MORE", "", " \t", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (PjPop3Capabilities) capabilities = pj_pop3_capabilities_new ();
      guint n = 0;

      while (n < 100000 && pj_pop3_capabilities_add_line (capabilities, lines[i]))
        n++;

      g_assert_cmpuint (n, >=, 50);
      g_assert_cmpuint (n, <, 1000);
    }
}

static void
test_to_string (void)
{
  g_autoptr (PjPop3Capabilities) capabilities = told ("TOP\nSASL  PLAIN\nuidl");
  g_autofree char *text = pj_pop3_capabilities_to_string (capabilities);

  g_assert_cmpstr (text, ==, "TOP, SASL PLAIN, uidl");
}

/* A server may not write on the terminal of whoever asks what it can do. */
static void
test_to_string_is_clean (void)
{
  g_autoptr (PjPop3Capabilities) capabilities = told ("TOP\nX\033[2J\nU\342\200\256IDL\n\302\205");
  g_autofree char *text = pj_pop3_capabilities_to_string (capabilities);

  g_assert_cmpstr (text, ==, "TOP, X\357\277\275[2J, UIDL,");
}

static void
test_to_string_is_short (void)
{
  g_autofree char *line = g_strnfill (5000, 'X');
  g_autoptr (PjPop3Capabilities) capabilities = told (line);
  g_autofree char *text = pj_pop3_capabilities_to_string (capabilities);

  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 1001);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/capabilities/has/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_has);
    }
  g_test_add_func ("/pop3/capabilities/sasl-names-are-whole", test_sasl);
  g_test_add_func ("/pop3/capabilities/empty", test_empty);
  g_test_add_func ("/pop3/capabilities/expire-at-once", test_expire_at_once);
  g_test_add_func ("/pop3/capabilities/login-delay", test_login_delay);
  g_test_add_func ("/pop3/capabilities/endless-list-is-refused", test_endless);
  g_test_add_func ("/pop3/capabilities/to-string", test_to_string);
  g_test_add_func ("/pop3/capabilities/to-string-is-clean", test_to_string_is_clean);
  g_test_add_func ("/pop3/capabilities/to-string-is-short", test_to_string_is_short);

  return g_test_run ();
}
