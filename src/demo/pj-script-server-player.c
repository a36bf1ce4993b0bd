/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-script-server-private.h"

#include "base/pj-secret.h"
#include "demo/pj-demo-connection.h"

/* Silence tests the client's patience, which has to be the shorter one. */
#define SILENCE_S 120

/* One connection of a script, as it is played. All of it is borrowed. */
typedef struct
{
  PjDemoScript *script;
  PjDemoConnection *connection;
  SSL_CTX *context;
  GCancellable *stop;
} Play;

typedef enum
{
  GOES_ON,
  CLIENT_LEFT, /* where the script allows it */
  FAILED,
} Outcome;

static Outcome
fail (Play *self, guint line, const char *expected, const char *came, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s:%u: expected %s. %s",
               pj_demo_script_get_path (self->script), line, expected, came);
  return FAILED;
}

static Outcome
play_send (Play *self, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (step->bytes, &len);
  gsize chunk_len = step->bytewise ? 1 : len;

  for (gsize at = 0; at < len; at += chunk_len)
    {
      if (!pj_demo_connection_write (self->connection, bytes + at, chunk_len, self->stop, &cause))
        return fail (self, step->line, "a client that listens", cause->message, error);
    }

  return GOES_ON;
}

static gboolean
has_left (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static Outcome
play_expect (Play *self, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *expected = pj_demo_step_dup_shown_line (step->text);
  char *line = pj_demo_connection_read_line (self->connection, self->stop, &cause);
  Outcome outcome = GOES_ON;

  if (line == NULL)
    {
      if (step->optional && has_left (cause))
        return CLIENT_LEFT;
      return fail (self, step->line, expected, cause->message, error);
    }

  if (!pj_demo_step_matches (step, line))
    {
      g_autofree char *shown = pj_demo_step_dup_shown_line (line);
      g_autofree char *came = g_strconcat ("The client sent ", shown, NULL);

      outcome = fail (self, step->line, expected, came, error);
    }
  pj_secret_wipe_string (line);

  return outcome;
}

/* Waits for the client to leave without another word. */
static Outcome
play_end (Play *self, guint line_number, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *came = NULL;
  g_autofree char *shown = NULL;
  char *line = pj_demo_connection_read_line (self->connection, self->stop, &cause);

  if (line == NULL)
    {
      if (has_left (cause))
        return CLIENT_LEFT;
      return fail (self, line_number, "the client to leave", cause->message, error);
    }

  shown = pj_demo_step_dup_shown_line (line);
  pj_secret_wipe_string (line);
  came = g_strconcat ("The client sent ", shown, NULL);

  return fail (self, line_number, "the client to leave", came, error);
}

static Outcome
play_tls (Play *self, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean is_up =
      pj_demo_connection_start_tls (self->connection, self->context, self->stop, &cause);

  if (step->kind == PJ_DEMO_STEP_TLS)
    return is_up ? GOES_ON : fail (self, step->line, "a handshake", cause->message, error);

  /* A client may look at the certificate after the handshake. */
  if (is_up)
    return play_end (self, step->line, error);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return fail (self, step->line, "a refused handshake", cause->message, error);

  return CLIENT_LEFT;
}

static Outcome
play_leave (Play *self, PjDemoClose how)
{
  pj_demo_connection_end_output (self->connection, how);
  pj_demo_connection_wait_gone (self->connection, PJ_SCRIPT_SERVER_PATIENCE_S, self->stop);

  return CLIENT_LEFT;
}

static void
play_wait (Play *self, guint ms)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (self->stop, &fd))
    return;

  g_poll (&fd, 1, (int) ms);
  g_cancellable_release_fd (self->stop);
}

static Outcome
play_step (Play *self, const PjDemoStep *step, GError **error)
{
  switch (step->kind)
    {
    case PJ_DEMO_STEP_SEND:
      return play_send (self, step, error);
    case PJ_DEMO_STEP_EXPECT:
      return play_expect (self, step, error);
    case PJ_DEMO_STEP_WAIT:
      play_wait (self, step->ms);
      return GOES_ON;
    case PJ_DEMO_STEP_TLS:
    case PJ_DEMO_STEP_TLS_REFUSED:
      return play_tls (self, step, error);
    case PJ_DEMO_STEP_SILENT:
      pj_demo_connection_wait_gone (self->connection, SILENCE_S, self->stop);
      return CLIENT_LEFT;
    case PJ_DEMO_STEP_CUT:
      return play_leave (self, PJ_DEMO_CLOSE_CLEAN);
    case PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY:
      return play_leave (self, PJ_DEMO_CLOSE_WITHOUT_NOTIFY);
    case PJ_DEMO_STEP_RESET:
      return play_leave (self, PJ_DEMO_CLOSE_RESET);
    default:
      g_assert_not_reached ();
    }
}

/**
 * pj_script_server_play:
 * @script: what to play
 * @number: which of its connections, from 0
 * @socket: a client that has just come
 * @context: the server's side of TLS
 * @cancellable: ends it at any point
 * @error: return location
 *
 * Plays one connection of the script to its end. Blocks.
 *
 * Errors: %G_IO_ERROR_FAILED says in which file and line, what was expected
 * and what came, without the secret of a login.
 *
 * Returns: whether the client did what the script says
 */
gboolean
pj_script_server_play (PjDemoScript *script,
                       guint number,
                       GSocket *socket,
                       SSL_CTX *context,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (PjDemoConnection) connection =
      pj_demo_connection_new (socket, PJ_SCRIPT_SERVER_PATIENCE_S);
  Play self = {
    .script = script,
    .connection = connection,
    .context = context,
    .stop = cancellable,
  };
  GPtrArray *steps = pj_demo_script_get_steps (script, number);
  Outcome outcome = GOES_ON;
  guint line = 1;

  for (guint i = 0; i < steps->len && outcome == GOES_ON; i++)
    {
      const PjDemoStep *step = g_ptr_array_index (steps, i);

      line = step->line;
      outcome = play_step (&self, step, error);
    }

  if (outcome == GOES_ON)
    {
      pj_demo_connection_end_output (connection, PJ_DEMO_CLOSE_CLEAN);
      outcome = play_end (&self, line, error);
    }

  return outcome == CLIENT_LEFT;
}
