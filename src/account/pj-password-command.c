/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-password-command.h"

#include <string.h>

#include "base/pj-text.h"
#include "model/pj-problem.h"

/* Time to unlock a key by hand; then the check goes without. */
#define TIME_LIMIT_S 60

/* A password manager prints a password and some notes. */
#define MAX_OUTPUT_BYTES (64 * 1024)

/* As the user calls them, in English. */
static const struct
{
  const char *command;
  const char *yield;
} names[] = {
  [PJ_COMMAND_PASSWORD] = { "password command", "password" },
  [PJ_COMMAND_TOKEN] = { "token command", "access token" },
};

/* What the command writes to one of its two pipes. One byte of room more, to
 * see that there is too much, and one for a closing NUL. */
typedef struct
{
  char bytes[MAX_OUTPUT_BYTES + 2];
  gsize len;
} Output;

/* One command that runs. Main thread. */
typedef struct
{
  /* Owned */
  GSubprocess *process;
  GCancellable *stop; /* ends the reading, also where a grandchild holds a pipe */
  GSource *cancelled_source;
  GError *error; /* the first one */
  Output *out;   /* wiped */
  Output *err;

  /* Plain */
  PjCommandYield yield;
  guint timeout_source;
  guint pending; /* calls that are not ready */
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_clear_object (&self->process);
  g_clear_object (&self->stop);
  g_clear_error (&self->error);
  explicit_bzero (self->out, sizeof *self->out);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

/* @error: (transfer full): kept when it is the first */
static void
stop_run (Run *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);

  g_subprocess_force_exit (self->process);
  g_cancellable_cancel (self->stop);
}

static gboolean
on_time_over (gpointer user_data)
{
  Run *self = g_task_get_task_data (user_data);

  self->timeout_source = 0;
  /* It most likely waits for somebody to unlock something. */
  stop_run (self, g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_LOCKED_KEYRING,
                               "The %s did not end within %d s", names[self->yield].command,
                               TIME_LIMIT_S));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  stop_run (g_task_get_task_data (user_data),
            g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The command was stopped"));
  return G_SOURCE_REMOVE;
}

static GError *
describe_failure (Run *self)
{
  g_autofree char *reason = NULL;
  const char *end = memchr (self->err->bytes, '\n', self->err->len);
  gsize len = end != NULL ? (gsize) (end - self->err->bytes) : self->err->len;

  /* Never its standard output: that may hold the password. */
  reason = pj_text_clean_line (self->err->bytes, (gssize) len, PJ_TEXT_MAX_SERVER_CHARS);
  if (!g_subprocess_get_if_exited (self->process))
    return g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "The %s was ended by signal %d%s%s",
                        names[self->yield].command, g_subprocess_get_term_sig (self->process),
                        *reason != '\0' ? ": " : "", reason);

  return g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "The %s failed with exit status %d%s%s",
                      names[self->yield].command, g_subprocess_get_exit_status (self->process),
                      *reason != '\0' ? ": " : "", reason);
}

/* Ends the first line of the output in place. */
static PjSecret *
read_secret (Run *self, GError **error)
{
  Output *out = self->out;
  char *end = memchr (out->bytes, '\n', out->len);
  gsize len = end != NULL ? (gsize) (end - out->bytes) : out->len;

  if (len > 0 && out->bytes[len - 1] == '\r')
    len--;
  out->bytes[len] = '\0';

  if (len > 0 && strlen (out->bytes) == len)
    return pj_secret_new (out->bytes);

  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH,
               "The first line that the %s printed is no %s", names[self->yield].command,
               names[self->yield].yield);
  return NULL;
}

static void
finish (GTask *task)
{
  Run *self = g_task_get_task_data (task);
  PjSecret *secret = NULL;

  g_clear_handle_id (&self->timeout_source, g_source_remove);
  if (self->cancelled_source != NULL)
    g_source_destroy (self->cancelled_source);
  g_clear_pointer (&self->cancelled_source, g_source_unref);

  if (self->error == NULL && !g_subprocess_get_successful (self->process))
    self->error = describe_failure (self);
  if (self->error == NULL)
    secret = read_secret (self, &self->error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) pj_secret_unref);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
}

static void
count_down (GTask *task)
{
  Run *self = g_task_get_task_data (task);

  if (--self->pending == 0)
    finish (task);
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = g_task_get_task_data (task);
  Output *output =
      source == (GObject *) g_subprocess_get_stdout_pipe (self->process) ? self->out : self->err;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &output->len, &error))
    stop_run (self, error);
  else if (output->len > MAX_OUTPUT_BYTES)
    stop_run (self,
              g_error_new (PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "The %s printed more than %d bytes",
                           names[self->yield].command, MAX_OUTPUT_BYTES));
  count_down (task);
}

static void
on_wait_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = g_task_get_task_data (task);
  GError *error = NULL;

  /* Waits without a cancellable, for a killed child is to be reaped too. */
  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error))
    stop_run (self, error);
  count_down (task);
}

static GSubprocess *
spawn (const char *command, PjCommandYield yield, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) argv = NULL;
  GSubprocess *process;

  /* The shell parser's own message would quote the command. */
  if (!g_shell_parse_argv (command, NULL, &argv, NULL))
    {
      g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH,
                   "The %s is empty or its quotes do not match", names[yield].command);
      return NULL;
    }

  process = g_subprocess_newv ((const char *const *) argv,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &local_error);
  if (process == NULL)
    g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_AUTH, "The %s: %s", names[yield].command,
                 local_error->message);
  return process;
}

static void
begin (GTask *task)
{
  Run *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->timeout_source = g_timeout_add_seconds (TIME_LIMIT_S, on_time_over, task);
  if (cancellable != NULL)
    {
      self->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled_source, G_SOURCE_FUNC (on_cancelled), task, NULL);
      g_source_attach (self->cancelled_source, g_task_get_context (task));
    }

  self->pending = 3;
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (self->process), self->out->bytes,
                                 MAX_OUTPUT_BYTES + 1, G_PRIORITY_DEFAULT, self->stop,
                                 on_read_ready, g_object_ref (task));
  g_input_stream_read_all_async (g_subprocess_get_stderr_pipe (self->process), self->err->bytes,
                                 MAX_OUTPUT_BYTES + 1, G_PRIORITY_DEFAULT, self->stop,
                                 on_read_ready, g_object_ref (task));
  g_subprocess_wait_async (self->process, NULL, on_wait_ready, g_object_ref (task));
}

/**
 * pj_password_command_run_async:
 * @command: what the user typed: words and quotes as in a shell, but no shell
 *   runs it
 * @yield: what it prints, for the words of a failure
 * @cancellable: (nullable): ends the command
 * @callback: called when it has ended
 * @user_data: for @callback
 *
 * Runs a command that prints a password or a token as its first line, such as
 * `pass show mail/ala`. It reads nothing, may print 64 KiB and take 60
 * seconds. Main thread.
 */
void
pj_password_command_run_async (const char *command,
                               PjCommandYield yield,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GSubprocess *process;
  GError *error = NULL;
  Run *run;

  g_return_if_fail (command != NULL);
  g_return_if_fail (yield < G_N_ELEMENTS (names));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pj_password_command_run_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  process = spawn (command, yield, &error);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  run = g_new0 (Run, 1);
  run->process = process;
  run->yield = yield;
  run->stop = g_cancellable_new ();
  run->out = g_new0 (Output, 1);
  run->err = g_new0 (Output, 1);
  g_task_set_task_data (task, run, run_free);
  begin (task);
}

/**
 * pj_password_command_run_finish:
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR with %PJ_PROBLEM_AUTH when there
 *   is none, with %PJ_PROBLEM_LOCKED_KEYRING when it took too long;
 *   %G_IO_ERROR_CANCELLED. The message may quote the command's errors, never
 *   its output.
 *
 * Returns: (transfer full) (nullable): the password or token
 */
PjSecret *
pj_password_command_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pj_password_command_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
