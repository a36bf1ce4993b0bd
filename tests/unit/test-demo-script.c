/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-script.h"

#include <string.h>

#include <glib/gstdio.h>

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  PjDemoScript *script = pj_demo_script_new ("", "empty.txt", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pj_demo_script_get_path (script), ==, "empty.txt");
  g_assert_cmpint (pj_demo_script_get_security (script), ==, PJ_SECURITY_NONE);
  g_assert_cmpint (pj_demo_script_get_certificate (script), ==, PJ_DEMO_CERTIFICATE_GOOD);
  g_assert_cmpuint (pj_demo_script_get_n_connections (script), ==, 1);
  g_assert_cmpuint (pj_demo_script_get_steps (script, 0)->len, ==, 0);
  g_assert_cmpstr (pj_demo_script_get_command (script, 0), ==, "check");
  g_assert_null (pj_demo_script_get_expectations (script, 0)[0]);
  g_assert_finalize_object (script);
}

static void
test_connections (void)
{
  static const char text[] = "# two connections\n"
                             "SECURITY starttls\n"
                             "CERT expired\n"
                             "COMMAND show 0001-aa\n"
                             "EXPECT network\n"
                             "S: +OK\n"
                             "EXPECT bytes_out=0\n"
                             "RESET\n"
                             "\n"
                             "--- again\n"
                             "C: QUIT\n"
                             "EXPECT messages=0\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "two.txt", &error);
  const char *const *expectations;

  g_assert_no_error (error);
  g_assert_cmpint (pj_demo_script_get_security (script), ==, PJ_SECURITY_STARTTLS);
  g_assert_cmpint (pj_demo_script_get_certificate (script), ==, PJ_DEMO_CERTIFICATE_EXPIRED);
  g_assert_cmpuint (pj_demo_script_get_n_connections (script), ==, 2);

  g_assert_cmpstr (pj_demo_script_get_command (script, 0), ==, "show 0001-aa");
  expectations = pj_demo_script_get_expectations (script, 0);
  g_assert_cmpstr (expectations[0], ==, "network");
  g_assert_cmpstr (expectations[1], ==, "bytes_out=0");
  g_assert_null (expectations[2]);
  g_assert_cmpuint (pj_demo_script_get_steps (script, 0)->len, ==, 2);

  g_assert_cmpstr (pj_demo_script_get_command (script, 1), ==, "check");
  expectations = pj_demo_script_get_expectations (script, 1);
  g_assert_cmpstr (expectations[0], ==, "messages=0");
  g_assert_null (expectations[1]);
  g_assert_cmpuint (pj_demo_script_get_steps (script, 1)->len, ==, 1);
}

typedef struct
{
  const char *name;
  const char *line;
  PjDemoStepKind kind;
  const char *bytes; /* for SEND and FLOOD */
  gsize n_bytes;
} StepCase;

#define BYTES(text) text, sizeof text - 1

static const StepCase step_cases[] = {
  { "line", "S: +OK", PJ_DEMO_STEP_SEND, BYTES ("+OK\r\n") },
  { "line-keeps-blanks", "S:  a ", PJ_DEMO_STEP_SEND, BYTES (" a \r\n") },
  { "empty-line", "S:", PJ_DEMO_STEP_SEND, BYTES ("\r\n") },
  { "raw", "S:raw +OK", PJ_DEMO_STEP_SEND, BYTES ("+OK") },
  { "escapes", "S:raw \\r\\n\\t\\0\\\\\\x1bz", PJ_DEMO_STEP_SEND, BYTES ("\r\n\t\0\\\x1bz") },
  { "repeat", "S:repeat 3 a\\t", PJ_DEMO_STEP_SEND, BYTES ("a\t\r\na\t\r\na\t\r\n") },
  { "raw-repeat", "S:raw-repeat 3 ab", PJ_DEMO_STEP_SEND, BYTES ("ababab") },
  { "wait", "WAIT 200", PJ_DEMO_STEP_WAIT, NULL, 0 },
  { "quiet", "QUIET 200", PJ_DEMO_STEP_QUIET, NULL, 0 },
  { "flood", "FLOOD a b\\n", PJ_DEMO_STEP_FLOOD, BYTES ("a b\n") },
  { "drip", "DRIP 200 a b", PJ_DEMO_STEP_FLOOD, BYTES ("a b") },
  { "tls", "TLS", PJ_DEMO_STEP_TLS, NULL, 0 },
  { "tls-refused", "TLS refused", PJ_DEMO_STEP_TLS_REFUSED, NULL, 0 },
  { "silent", "SILENT", PJ_DEMO_STEP_SILENT, NULL, 0 },
  { "cut", "CUT", PJ_DEMO_STEP_CUT, NULL, 0 },
  { "no-notify", "CLOSE-NOTIFY-MISSING", PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY, NULL, 0 },
  { "reset", "RESET", PJ_DEMO_STEP_RESET, NULL, 0 },
};

static void
test_step (gconstpointer data)
{
  const StepCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat ("# first line\n", c->line, "\n", NULL);
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "step.txt", &error);
  const PjDemoStep *step;

  g_assert_no_error (error);
  g_assert_cmpuint (pj_demo_script_get_steps (script, 0)->len, ==, 1);
  step = g_ptr_array_index (pj_demo_script_get_steps (script, 0), 0);
  g_assert_cmpint (step->kind, ==, c->kind);
  g_assert_cmpuint (step->line, ==, 2);
  g_assert_cmpuint (step->ms, ==, strstr (c->line, "200") != NULL ? 200 : 0);
  if (c->bytes == NULL)
    g_assert_null (step->bytes);
  else
    g_assert_cmpmem (g_bytes_get_data (step->bytes, NULL), g_bytes_get_size (step->bytes), c->bytes,
                     c->n_bytes);
}

static void
test_expect_and_bytewise (void)
{
  static const char text[] =
      "C: USER *\nC?: QUIT\nBYTEWISE on\nS: a\nBYTEWISE off\nS: b\nMAY: LIST\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "mix.txt", &error);
  PjDemoStep **steps;

  g_assert_no_error (error);
  g_assert_cmpuint (pj_demo_script_get_steps (script, 0)->len, ==, 5);
  steps = (PjDemoStep **) pj_demo_script_get_steps (script, 0)->pdata;
  g_assert_cmpstr (steps[0]->text, ==, "USER *");
  g_assert_false (steps[0]->optional);
  g_assert_cmpstr (steps[1]->text, ==, "QUIT");
  g_assert_true (steps[1]->optional);
  g_assert_true (steps[2]->bytewise);
  g_assert_false (steps[3]->bytewise);
  g_assert_cmpint (steps[4]->kind, ==, PJ_DEMO_STEP_MAY_EXPECT);
  g_assert_cmpstr (steps[4]->text, ==, "LIST");
}

/* Returns: (transfer full): all that the first connection sends or expects */
static char *
dup_talk (PjDemoScript *script)
{
  GPtrArray *steps = pj_demo_script_get_steps (script, 0);
  GString *talk = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const PjDemoStep *step = g_ptr_array_index (steps, i);
      gsize len = 0;
      const char *bytes = step->bytes != NULL ? g_bytes_get_data (step->bytes, &len) : step->text;

      g_string_append_len (talk, bytes, step->bytes != NULL ? (gssize) len : -1);
      g_string_append_c (talk, '|');
    }

  return g_string_free (talk, FALSE);
}

static void
test_rounds (void)
{
  static const char text[] = "FOR 9 11\nC: TOP {n} 0\nS: {n}{n} {m}\nEND\nS: end\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "rounds.txt", &error);
  g_autofree char *talk = NULL;
  GPtrArray *steps;

  g_assert_no_error (error);
  talk = dup_talk (script);
  g_assert_cmpstr (talk, ==,
                   "TOP 9 0|99 {m}\r\n|TOP 10 0|1010 {m}\r\n|TOP 11 0|1111 {m}\r\n|end\r\n|");
  steps = pj_demo_script_get_steps (script, 0);
  g_assert_cmpuint (((PjDemoStep *) g_ptr_array_index (steps, 4))->line, ==, 2);
  g_assert_cmpuint (((PjDemoStep *) g_ptr_array_index (steps, 6))->line, ==, 5);
}

static void
test_line_end (void)
{
  static const char text[] = "LINE-END lf\nS: a\nS:repeat 2 b\nLINE-END crlf\nS: c\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "ends.txt", &error);
  g_autofree char *talk = NULL;

  g_assert_no_error (error);
  talk = dup_talk (script);
  g_assert_cmpstr (talk, ==, "a\n|b\nb\n|c\r\n|");
}

static void
test_settings (void)
{
  static const char text[] = "WITH password  a\\r\\n \nWITH user bob\n---\nS: +OK\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "with.txt", &error);
  const char *const *settings;

  g_assert_no_error (error);
  settings = pj_demo_script_get_settings (script, 0);
  g_assert_cmpstr (settings[0], ==, "password  a\r\n ");
  g_assert_cmpstr (settings[1], ==, "user bob");
  g_assert_null (settings[2]);
  g_assert_null (pj_demo_script_get_settings (script, 1)[0]);
}

typedef struct
{
  const char *name;
  const char *text;
  guint line;
} BadCase;

static const BadCase bad_cases[] = {
  { "unknown-word", "S: +OK\nHELLO\n", 2 },
  { "unknown-escape", "S: a\\q\n", 1 },
  { "escape-at-the-end", "S: a\\\n", 1 },
  { "half-a-byte", "S: \\x1\n", 1 },
  { "unknown-security", "SECURITY ssl\n", 1 },
  { "unknown-certificate", "CERT bad\n", 1 },
  { "wait-without-number", "WAIT\n", 1 },
  { "wait-for-an-hour", "WAIT 3600000\n", 1 },
  { "repeat-without-line", "S:repeat 3\n", 1 },
  { "repeat-never", "S:repeat 0 a\n", 1 },
  { "bytewise-perhaps", "BYTEWISE perhaps\n", 1 },
  { "tls-later", "TLS later\n", 1 },
  { "two-commands", "COMMAND check\nCOMMAND list\n", 2 },
  { "expect-nothing", "EXPECT\n", 1 },
  { "quiet-for-ever", "QUIET\n", 1 },
  { "flood-of-nothing", "FLOOD\n", 1 },
  { "drip-without-time", "DRIP a\n", 1 },
  { "line-end-perhaps", "LINE-END cr\n", 1 },
  { "rounds-without-end", "\nFOR 1 2\nS: a\n", 2 },
  { "rounds-backwards", "FOR 2 1\nS: a\nEND\n", 1 },
  { "rounds-without-numbers", "FOR one two\nS: a\nEND\n", 1 },
  { "fault-in-a-round", "FOR 1 2\nS: a\nHELLO\nEND\n", 3 },
  { "end-of-nothing", "S: a\nEND\n", 2 },
  { "more-than-memory",
    "S:raw-repeat 1000000 "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
    1 },
  { "setting-without-value", "WITH user\n", 1 },
  { "setting-with-nul", "WITH user a\\0b\n", 1 },
  { "after-the-end", "CUT\nS: +OK\n", 2 },
  { "cut-with-more", "CUT now\n", 1 },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *where = g_strdup_printf ("bad.txt:%u: ", c->line);

  g_assert_null (pj_demo_script_new (c->text, "bad.txt", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_true (g_str_has_prefix (error->message, where));
}

static void
test_load (void)
{
  static const char expected[] = "one\r\n..two\r\n...\r\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("pj-script-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "file.txt", NULL);
  g_autofree char *mail = g_build_filename (dir, "mail.eml", NULL);
  g_autoptr (PjDemoScript) script = NULL;
  const PjDemoStep *step;

  g_assert_null (pj_demo_script_load (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_file_set_contents (path, "S:file mail.eml\n", -1, &error);
  g_assert_no_error (error);
  g_assert_null (pj_demo_script_load (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_file_set_contents (mail, "one\n.two\r\n..", -1, &error);
  g_assert_no_error (error);
  script = pj_demo_script_load (path, &error);
  g_assert_no_error (error);
  step = g_ptr_array_index (pj_demo_script_get_steps (script, 0), 0);
  g_assert_cmpmem (g_bytes_get_data (step->bytes, NULL), g_bytes_get_size (step->bytes), expected,
                   strlen (expected));

  g_assert_cmpint (g_remove (mail), ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_part (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("pj-script-XXXXXX", &error);
  g_autofree char *parts = g_build_filename (dir, "parts", NULL);
  g_autofree char *part = g_build_filename (parts, "hello.txt", NULL);
  g_autofree char *path = g_build_filename (dir, "script.txt", NULL);
  g_autoptr (PjDemoScript) script = NULL;
  g_autofree char *talk = NULL;
  const PjDemoStep *step;

  g_assert_cmpint (g_mkdir (parts, 0700), ==, 0);
  g_file_set_contents (part, "# hello\n\n\nS: +OK\nC: CAPA\n", -1, &error);
  g_assert_no_error (error);
  script = pj_demo_script_new ("LINE-END lf\nUSE hello\nS: end\n", path, &error);
  g_assert_no_error (error);
  talk = dup_talk (script);
  g_assert_cmpstr (talk, ==, "+OK\n|CAPA|end\n|");
  /* A fault is looked for in the script that was run. */
  step = g_ptr_array_index (pj_demo_script_get_steps (script, 0), 1);
  g_assert_cmpuint (step->line, ==, 2);

  g_assert_null (pj_demo_script_new ("USE goodbye\n", path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_file_set_contents (part, "S: +OK\nUSE hello\n", -1, &error);
  g_assert_no_error (error);
  g_assert_null (pj_demo_script_new ("USE hello\n", path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "hello.txt:2: "));

  g_assert_cmpint (g_remove (part), ==, 0);
  g_assert_cmpint (g_rmdir (parts), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Every scenario in the tree can be read and expects something. */
static void
test_sessions (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "sessions", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (PjDemoScript) script = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;
      script = pj_demo_script_load (path, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < pj_demo_script_get_n_connections (script); i++)
        g_assert_nonnull (pj_demo_script_get_expectations (script, i)[0]);
      n++;
    }
  g_assert_cmpuint (n, >=, 9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/script/defaults", test_defaults);
  g_test_add_func ("/demo/script/connections", test_connections);
  for (gsize i = 0; i < G_N_ELEMENTS (step_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/script/step/", step_cases[i].name, NULL);

      g_test_add_data_func (path, &step_cases[i], test_step);
    }
  g_test_add_func ("/demo/script/expect-and-bytewise", test_expect_and_bytewise);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/script/bad/", bad_cases[i].name, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }
  g_test_add_func ("/demo/script/rounds", test_rounds);
  g_test_add_func ("/demo/script/line-end", test_line_end);
  g_test_add_func ("/demo/script/settings", test_settings);
  g_test_add_func ("/demo/script/part", test_part);
  g_test_add_func ("/demo/script/load", test_load);
  g_test_add_func ("/demo/script/all-sessions-are-sound", test_sessions);
  return g_test_run ();
}
