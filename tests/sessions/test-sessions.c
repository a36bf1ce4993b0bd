/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "base/pj-text.h"
#include "model/pj-problem.h"
#include "session-plain.h"
#include "session-run.h"

/*
 * Runs what a script commands against the server that plays it, and compares
 * what came of it with the script's EXPECT lines. Besides, whatever a script
 * is about: no error and no log line holds the password or a control
 * character, nothing of a login goes outside TLS where the account demands
 * TLS, and all ends in time.
 */

/* A sanitizer on a busy machine may take this much longer than the limit. */
#define GRACE_S 15

/* Words of an EXPECT line: "new=2" a figure, "within=3" seconds, "auth" the
 * code of an error. */
static void
compare_word (char *word, const SessionOutcome *outcome)
{
  char *sign = strchr (word, '=');

  if (sign == NULL)
    {
      g_assert_nonnull (outcome->error);
      g_assert_cmpstr (pj_problem_code_to_string ((PjProblemCode) outcome->error->code), ==, word);
      return;
    }

  *sign = '\0';
  if (g_str_equal (word, "within"))
    {
      g_assert_cmpfloat (outcome->seconds, <=, g_ascii_strtod (sign + 1, NULL));
      return;
    }
  g_assert_no_error (outcome->error);
  g_assert_cmpstr (g_hash_table_lookup (outcome->found, word), ==, sign + 1);
}

/* "text: *locked*": the words of an error; "subject1: Hello": a value with
 * its control characters as in C. `*` and `?` are as in a shell. */
static void
compare_pattern (const char *line, const char *colon, const SessionOutcome *outcome)
{
  g_autofree char *name = g_strndup (line, (gsize) (colon - line));
  g_autofree char *shown = NULL;
  const char *pattern = colon + strlen (": ");
  const char *value;
  char kept[130] = "\"";

  for (guint i = 0; i < 128; i++)
    kept[i + 1] = (char) (128 + i);

  if (g_str_equal (name, "text"))
    {
      g_assert_nonnull (outcome->error);
      value = outcome->error->message;
    }
  else
    {
      g_assert_no_error (outcome->error);
      value = g_hash_table_lookup (outcome->found, name);
      g_assert_nonnull (value);
    }

  shown = g_strescape (value, kept);
  if (!g_pattern_match_simple (pattern, shown))
    g_error ("%s is “%s”, expected “%s”", name, shown, pattern);
}

static void
compare (const char *expectation, const SessionOutcome *outcome)
{
  const char *colon = strstr (expectation, ": ");
  g_auto (GStrv) words = NULL;

  if (colon != NULL && memchr (expectation, ' ', (gsize) (colon - expectation)) == NULL)
    {
      compare_pattern (expectation, colon, outcome);
      return;
    }

  words = g_strsplit (expectation, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    compare_word (words[i], outcome);
}

/* An error may quote the server, whatever it said. */
static void
assert_showable (const GError *error)
{
  g_autofree char *clean = pj_text_clean_line (error->message, -1, G_MAXINT);

  g_assert_cmpstr (error->message, ==, clean);
  g_assert_null (strstr (error->message, SESSION_PASSWORD));
}

static void
judge (const char *const *expectations, const SessionOutcome *outcome)
{
  g_assert_nonnull (expectations[0]);
  if (outcome->error != NULL)
    assert_showable (outcome->error);
  for (gsize i = 0; expectations[i] != NULL; i++)
    compare (expectations[i], outcome);
  g_assert_cmpfloat (outcome->seconds, <, outcome->total_s + GRACE_S);
}

/* Returns: (transfer full) (element-type SessionOutcome): of each connection */
static GPtrArray *
play (PjDemoScript *script, PjScriptServer *server)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) session_outcome_free);

  for (guint i = 0; i < pj_demo_script_get_n_connections (script); i++)
    {
      SessionOutcome *outcome = session_run (script, server, i);

      if (outcome->error != NULL)
        g_test_message ("connection %u: %s", i + 1, outcome->error->message);
      g_ptr_array_add (outcomes, outcome);
    }

  return outcomes;
}

static void
assert_nothing_leaked (PjDemoScript *script, PjScriptServer *server)
{
  g_autoptr (GBytes) plain = pj_script_server_dup_plain (server);

  if (pj_demo_script_get_security (script) == PJ_SECURITY_NONE)
    return;

  g_assert_false (session_plain_logs_in (plain));
  g_assert_false (session_plain_holds (plain, SESSION_USER));
  g_assert_false (session_plain_holds (plain, SESSION_PASSWORD));
}

static void
test_script (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_load (data, &error);
  g_autoptr (PjScriptServer) server = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *dir = g_dir_make_tmp ("pj-sessions-XXXXXX", NULL);
  g_autofree char *ca_file = NULL;

  g_assert_no_error (error);
  server = pj_script_server_new (script, dir, &error);
  g_assert_no_error (error);
  ca_file = g_strdup (pj_script_server_get_ca_file (server));

  outcomes = play (script, server);
  pj_script_server_finish (server, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < outcomes->len; i++)
    judge (pj_demo_script_get_expectations (script, i), g_ptr_array_index (outcomes, i));
  assert_nothing_leaked (script, server);

  if (ca_file != NULL)
    g_remove (ca_file);
  g_rmdir (dir);
}

typedef struct
{
  const char *name;
  const char *sent;
  gboolean holds_it;
  gboolean logs_in;
} PlainCase;

static const PlainCase plain_cases[] = {
  { "nothing", "", FALSE, FALSE },
  { "polite", "CAPA\r\nSTLS\r\n\x16\x03\x01", FALSE, FALSE },
  { "password", "CAPA\r\nPASS correct horse\r\n", TRUE, TRUE },
  { "behind-the-handshake", "STLS\r\n\x16\x03 correct horse", TRUE, FALSE },
  { "lower-case", "user x\r\n", FALSE, TRUE },
  { "half-a-verb-at-the-end", "CAPA\r\nPAS", FALSE, FALSE },
  { "apop", "STLS\r\nAPOP x 0123\r\n", FALSE, TRUE },
  { "plain", "AUTH PLAIN AGFubgBjb3JyZWN0IGhvcnNl\r\n", TRUE, TRUE },
  { "plain-shifted-by-one", "AUTH PLAIN\r\nAGFubjEAY29ycmVjdCBob3JzZQ==\r\n", TRUE, TRUE },
  { "plain-shifted-by-two", "AUTH PLAIN\r\nAGFubjEyAGNvcnJlY3QgaG9yc2U=\r\n", TRUE, TRUE },
  { "within-a-word", "\r\nxY29ycmVjdCBob3JzZQ==\r\n", TRUE, FALSE },
};

/* The judge itself: it finds what it is to find. */
static void
test_plain (gconstpointer data)
{
  const PlainCase *c = data;
  g_autoptr (GBytes) plain = g_bytes_new_static (c->sent, strlen (c->sent));

  g_assert_cmpint (session_plain_holds (plain, SESSION_PASSWORD), ==, c->holds_it);
  g_assert_cmpint (session_plain_logs_in (plain), ==, c->logs_in);
}

/* Also what is logged for the curious alone. */
static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0 &&
          strstr (fields[i].value, SESSION_PASSWORD) != NULL)
        g_abort ();
    }

  return g_log_writer_default (level, fields, n_fields, user_data);
}

static void
add_scripts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;

      path = g_strdup_printf ("/sessions/%.*s", (int) (strlen (name) - strlen (".txt")), name);
      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_script, g_free);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (on_log, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plain/", plain_cases[i].name, NULL);

      g_test_add_data_func (path, &plain_cases[i], test_plain);
    }
  folder = g_test_build_filename (G_TEST_DIST, "sessions", NULL);
  add_scripts (folder);

  return g_test_run ();
}
