/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-smtp-reply.h"

#include "model/pj-problem.h"
#include "net/pj-net-error.h"
#include "script-fixture.h"

typedef struct
{
  const char *name;
  const char *line;
  guint code; /* 0: no line of a reply */
  gboolean is_last;
  const char *text;
} LineCase;

static const LineCase line_cases[] = {
  { "last", "250 mail.example.org", 250, TRUE, "mail.example.org" },
  { "more", "250-SIZE 1000", 250, FALSE, "SIZE 1000" },
  { "code-alone", "220", 220, TRUE, "" },
  { "code-and-blank", "220 ", 220, TRUE, "" },
  { "code-and-dash", "220-", 220, FALSE, "" },
  { "enhanced-status", "550 5.7.1 No", 550, TRUE, "5.7.1 No" },
  { "highest", "599 x", 599, TRUE, "x" },
  { "pop3", "+OK ready", 0, FALSE, NULL },
  { "empty", "", 0, FALSE, NULL },
  { "two-digits", "22", 0, FALSE, NULL },
  { "four-digits", "2200 x", 0, FALSE, NULL },
  { "preliminary", "150 wait", 0, FALSE, NULL },
  { "six", "600 x", 0, FALSE, NULL },
  { "letter", "2x0 x", 0, FALSE, NULL },
  { "tab", "220\tx", 0, FALSE, NULL },
};

static void
test_line (gconstpointer data)
{
  const LineCase *c = data;
  g_autofree char *text = NULL;
  gboolean is_last = FALSE;
  guint code = 0;
  gboolean is_line = pj_smtp_reply_parse_line (c->line, strlen (c->line), &code, &is_last, &text);

  g_assert_cmpint (is_line, ==, c->code != 0);
  g_assert_cmpuint (code, ==, c->code);
  g_assert_cmpint (is_last, ==, c->is_last);
  g_assert_cmpstr (text, ==, c->text);
}

/* What follows the greeting "C: x" is the server's; the client never speaks. */
static PjSmtpReply *
read_from (const char *script, GError **error)
{
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjConnection) connection = stage_connect (stage);

  return pj_smtp_reply_read (connection, NULL, error);
}

static void
test_several_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSmtpReply) reply =
      read_from ("S: 250-mail.example.org\nS: 250-AUTH PLAIN\nS: 250 SIZE\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->code, ==, 250);
  g_assert_cmpuint (reply->lines->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (reply->lines, 1), ==, "AUTH PLAIN");
}

typedef struct
{
  const char *name;
  const char *script;
} BrokenCase;

static const BrokenCase broken_cases[] = {
  { "no-reply", "S: HTTP/1.1 400 Bad Request\n" },
  { "two-codes", "S: 250-a\nS: 251 b\n" },
  { "too-many-lines", "S:repeat 200 250-a\n" },
};

static void
test_broken (gconstpointer data)
{
  const BrokenCase *c = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_from (c->script, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_PROTOCOL);
}

static void
test_cut (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_from ("S: 250-a\nCUT\n", &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

typedef struct
{
  const char *name;
  const char *lines; /* "|" between them */
  const char *keyword;
  const char *argument;
} ArgumentCase;

static const ArgumentCase argument_cases[] = {
  { "argument", "host|AUTH PLAIN LOGIN|SIZE", "AUTH", "PLAIN LOGIN" },
  { "none", "host|STARTTLS", "STARTTLS", "" },
  { "any-case", "host|starttls", "STARTTLS", "" },
  { "old-draft", "host|AUTH=LOGIN", "AUTH", "LOGIN" },
  { "missing", "host|SIZE 10", "AUTH", NULL },
  { "longer-word", "host|AUTHOR x", "AUTH", NULL },
  { "first-line-is-a-name", "AUTH greets you|SIZE", "AUTH", NULL },
};

static void
test_argument (gconstpointer data)
{
  const ArgumentCase *c = data;
  g_auto (GStrv) lines = g_strsplit (c->lines, "|", -1);
  g_autoptr (GPtrArray) array = g_ptr_array_new ();
  PjSmtpReply reply = { 250, array };
  g_autofree char *argument = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (array, lines[i]);
  argument = pj_smtp_reply_dup_argument (&reply, c->keyword);
  g_assert_cmpstr (argument, ==, c->argument);
}

#define ADD_ALL(prefix, cases, func)                                                               \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/check/smtp-reply/", prefix, cases[i].name, NULL);     \
                                                                                                   \
      g_test_add_data_func (path, &cases[i], func);                                                \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ALL ("line/", line_cases, test_line);
  ADD_ALL ("broken/", broken_cases, test_broken);
  ADD_ALL ("argument/", argument_cases, test_argument);
  g_test_add_func ("/check/smtp-reply/several-lines", test_several_lines);
  g_test_add_func ("/check/smtp-reply/cut", test_cut);

  return g_test_run ();
}
