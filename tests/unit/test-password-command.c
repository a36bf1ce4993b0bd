/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-password-command.h"

#include <string.h>

#include "model/pj-problem.h"

#include "test-await.h"

static PjSecret *
run_for (PjCommandYield yield, const char *command, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_password_command_run_async (command, yield, cancellable, await_ready, &slot);
  result = await_result (&slot);
  return pj_password_command_run_finish (result, error);
}

static PjSecret *
run (const char *command, GCancellable *cancellable, GError **error)
{
  return run_for (PJ_COMMAND_PASSWORD, command, cancellable, error);
}

typedef struct
{
  const char *name;
  const char *command;
  const char *expected;
} Good;

static const Good good[] = {
  { "one-line", "echo hunter2", "hunter2" },
  { "first-of-many-lines", "printf 'hunter2\\nuser: ala\\n'", "hunter2" },
  { "no-line-end", "printf hunter2", "hunter2" },
  { "crlf", "printf 'hunter2\\r\\n'", "hunter2" },
  { "blanks-stay", "printf ' a b \\n'", " a b " },
  { "utf-8", "echo zażółć", "zażółć" },
  { "no-shell", "echo $HOME; `id`", "$HOME; `id`" },
  { "errors-are-no-output", "sh -c 'echo warning >&2; echo hunter2'", "hunter2" },
  { "nothing-to-read", "sh -c 'cat; echo hunter2'", "hunter2" },
};

static void
test_good (gconstpointer data)
{
  const Good *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSecret) secret = run (row->command, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pj_secret_peek (secret), ==, row->expected);
}

typedef struct
{
  const char *name;
  const char *command;
  const char *message;
} Bad;

static const Bad bad[] = {
  { "exit-status", "sh -c 'echo hunter2; echo \"gpg: \033[31mno key\" >&2; echo more >&2; exit 2'",
    "The password command failed with exit status 2: gpg: \xEF\xBF\xBD[31mno key" },
  { "exit-status-alone", "false", "The password command failed with exit status 1" },
  { "signal", "sh -c 'kill -9 $$'", "The password command was ended by signal 9" },
  { "no-output", "true", "The first line that the password command printed is no password" },
  { "empty-line", "printf '\\nhunter2\\n'",
    "The first line that the password command printed is no password" },
  { "nul", "printf 'hun\\0ter2\\n'",
    "The first line that the password command printed is no password" },
  { "too-much", "head -c 1000000 /dev/zero", "The password command printed more than 65536 bytes" },
  { "quotes", "echo 'hunter2", "The password command is empty or its quotes do not match" },
  { "empty", " ", "The password command is empty or its quotes do not match" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *row = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (run (row->command, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_cmpstr (error->message, ==, row->message);
}

/* Who has set a token command does not look for another one. */
static void
test_token_command (void)
{
  static const char *const commands[] = {
    "false", "sh -c 'kill -9 $$'",     "true", "echo 'ya2", "/nonexistent/token",
    " ",     "head -c 99999 /dev/zero"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (run_for (PJ_COMMAND_TOKEN, commands[i], NULL, &error));
      g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
      g_assert_nonnull (strstr (error->message, "token command"));
      g_assert_null (strstr (error->message, "password"));
    }
}

static void
test_missing_program (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run ("/nonexistent/pass show hunter2", NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH);
  g_assert_nonnull (strstr (error->message, "/nonexistent/pass"));
  g_assert_null (strstr (error->message, "hunter2"));
}

static gboolean
on_idle_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_idle_add (on_idle_cancel, cancellable);
  g_assert_null (run ("sleep 1000", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (run ("echo hunter2", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/account/password-command/", good[i].name, NULL);

      g_test_add_data_func (path, &good[i], test_good);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/account/password-command/fails/", bad[i].name, NULL);

      g_test_add_data_func (path, &bad[i], test_bad);
    }
  g_test_add_func ("/account/password-command/fails/missing-program", test_missing_program);
  g_test_add_func ("/account/password-command/fails/token-command", test_token_command);
  g_test_add_func ("/account/password-command/cancel-ends-it", test_cancelled);
  g_test_add_func ("/account/password-command/cancelled-before-it-starts", test_cancelled_before);
  return g_test_run ();
}
