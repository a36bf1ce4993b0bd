/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-step.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *line;
  gboolean matches;
} Case;

static const Case cases[] = {
  { "same", "STAT", "STAT", TRUE },
  { "verb-in-any-case", "STAT", "stat", TRUE },
  { "argument-in-its-case", "USER ann", "user Ann", FALSE },
  { "another-verb", "STAT", "LIST", FALSE },
  { "more-than-wanted", "LIST", "LIST 1", FALSE },
  { "less-than-wanted", "LIST 1", "LIST", FALSE },
  { "longer-verb", "TOP 1 0", "TOPS 1 0", FALSE },
  { "any-rest", "PASS *", "PASS  a b ", TRUE },
  { "any-rest-is-empty", "PASS *", "PASS ", TRUE },
  { "any-rest-needs-the-blank", "PASS *", "PASS", FALSE },
  { "any-rest-of-another-verb", "PASS *", "USER ann", FALSE },
  { "any-line", "*", "whatever", TRUE },
  { "any-empty-line", "*", "", TRUE },
  { "star-in-a-word-is-a-star", "USER a*", "USER ann", FALSE },
  { "two-words-and-any-rest", "AUTH PLAIN *", "auth PLAIN AGEAYg==", TRUE },
  { "base64-in-its-case", "AGEAYg==", "ageayg==", FALSE },
  { "empty-line", "", "", TRUE },
};

static void
test_matches (gconstpointer data)
{
  const Case *c = data;
  PjDemoStep step = { .kind = PJ_DEMO_STEP_EXPECT, .text = (char *) c->text };

  g_assert_cmpint (pj_demo_step_matches (&step, c->line), ==, c->matches);
}

static void
test_shown_line (void)
{
  static const struct
  {
    const char *line;
    const char *shown;
  } lines[] = {
    { "STAT", "\"STAT\"" },
    { "TOP 1 0", "\"TOP 1 0\"" },
    { "USER ann", "\"USER ann\"" },
    { "PASS swordfish", "\"PASS ***\"" },
    { "pass swordfish", "\"pass ***\"" },
    { "PASS", "\"PASS\"" },
    { "APOP ann 0123456789abcdef", "\"APOP ***\"" },
    { "AUTH PLAIN", "\"AUTH PLAIN\"" },
    { "AUTH PLAIN AGEAYg==", "\"AUTH PLAIN ***\"" },
    { "AGEAYg==", "a line of 8 bytes" },
    { "PASSswordfish", "a line of 13 bytes" },
    { "LIST \x1b[2J\xff", "\"LIST \xef\xbf\xbd[2J\xef\xbf\xbd\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *shown = pj_demo_step_dup_shown_line (lines[i].line);

      g_assert_cmpstr (shown, ==, lines[i].shown);
    }
}

static void
test_ends_connection (void)
{
  PjDemoStep step = { .kind = PJ_DEMO_STEP_TLS };

  g_assert_false (pj_demo_step_ends_connection (&step));
  step.kind = PJ_DEMO_STEP_TLS_REFUSED;
  g_assert_true (pj_demo_step_ends_connection (&step));
  step.kind = PJ_DEMO_STEP_RESET;
  g_assert_true (pj_demo_step_ends_connection (&step));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/step/matches/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_matches);
    }
  g_test_add_func ("/demo/step/a-secret-is-not-shown", test_shown_line);
  g_test_add_func ("/demo/step/ends-connection", test_ends_connection);
  return g_test_run ();
}
