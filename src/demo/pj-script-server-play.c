/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-script-server-private.h"

#include "base/pj-secret.h"

/* Silence tests the client's patience, which has to be the shorter one. */
#define SILENCE_S 120

/* A client that has taken this much of a flood will not stop any more: the
 * largest message that it may have to take is half of it. */
#define FLOOD_BYTES (512 * 1024 * 1024)
#define FLOOD_PIECE_BYTES (64 * 1024)

/* One connection being played. */
typedef struct
{
  /* Owned */
  char *line; /* (nullable) read ahead: what a MAY_EXPECT did not match */

  /* Borrowed from the caller's frame */
  const char *path;
  PjDemoConnection *connection;
  SSL_CTX *context;
  GCancellable *stop;

  /* Plain */
  gboolean may_leave; /* the client need not hear the answer */
} Play;

typedef enum
{
  GOES_ON,
  LEFT_OUT,    /* a MAY_EXPECT and what belongs to it */
  CLIENT_LEFT, /* where the script allows it */
  FAILED,
} Outcome;

static Outcome
fail (Play *play, guint line, const char *expected, const char *came, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s:%u: expected %s. %s", play->path, line,
               expected, came);
  return FAILED;
}

static gboolean
has_left (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static Outcome
play_send (Play *play, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (step->bytes, &len);
  gsize chunk_len = step->bytewise ? 1 : len;

  for (gsize at = 0; at < len; at += chunk_len)
    {
      if (pj_demo_connection_write (play->connection, bytes + at, chunk_len, play->stop, &cause))
        continue;
      if (play->may_leave && has_left (cause))
        return CLIENT_LEFT;
      return fail (play, step->line, "a client that listens", cause->message, error);
    }

  return GOES_ON;
}

/* Returns: (transfer full): the client's next line; may hold a password */
static char *
take_line (Play *play, GError **error)
{
  if (play->line != NULL)
    return g_steal_pointer (&play->line);

  return pj_demo_connection_read_line (play->connection, play->stop, error);
}

static char *
dup_came (const char *line)
{
  g_autofree char *shown = pj_demo_step_dup_shown_line (line);

  return g_strconcat ("The client sent ", shown, NULL);
}

static Outcome
play_expect (Play *play, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *expected = pj_demo_step_dup_shown_line (step->text);
  char *line = take_line (play, &cause);
  Outcome outcome = GOES_ON;

  if (line == NULL)
    {
      if (step->optional && has_left (cause))
        return CLIENT_LEFT;
      return fail (play, step->line, expected, cause->message, error);
    }

  if (!pj_demo_step_matches (step, line))
    {
      g_autofree char *came = dup_came (line);

      outcome = fail (play, step->line, expected, came, error);
    }
  /* Who says QUIT may have heard enough. */
  play->may_leave = step->optional || g_ascii_strcasecmp (line, "QUIT") == 0;
  pj_secret_wipe_string (line);

  return outcome;
}

static Outcome
play_may_expect (Play *play, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *line = take_line (play, &cause);

  if (line == NULL && !has_left (cause))
    {
      g_autofree char *expected = pj_demo_step_dup_shown_line (step->text);

      return fail (play, step->line, expected, cause->message, error);
    }

  if (line == NULL || !pj_demo_step_matches (step, line))
    {
      play->line = line;
      return LEFT_OUT;
    }
  pj_secret_wipe_string (line);

  return GOES_ON;
}

/* Waits for the client to leave without another word. */
static Outcome
play_end (Play *play, guint line_number, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *came = NULL;
  char *line = take_line (play, &cause);

  if (line == NULL)
    {
      if (has_left (cause))
        return CLIENT_LEFT;
      return fail (play, line_number, "the client to leave", cause->message, error);
    }

  came = dup_came (line);
  pj_secret_wipe_string (line);

  return fail (play, line_number, "the client to leave", came, error);
}

static Outcome
play_tls (Play *play, const PjDemoStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean is_up =
      pj_demo_connection_start_tls (play->connection, play->context, play->stop, &cause);

  if (step->kind == PJ_DEMO_STEP_TLS)
    return is_up ? GOES_ON : fail (play, step->line, "a handshake", cause->message, error);

  /* A client may look at the certificate after the handshake. */
  if (is_up)
    return play_end (play, step->line, error);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return fail (play, step->line, "a refused handshake", cause->message, error);

  return CLIENT_LEFT;
}

static Outcome
play_leave (Play *play, PjDemoClose how)
{
  pj_demo_connection_end_output (play->connection, how);
  pj_demo_connection_wait_gone (play->connection, PJ_SCRIPT_PATIENCE_S, play->stop);

  return CLIENT_LEFT;
}

static void
play_wait (Play *play, guint ms)
{
  GPollFD fd;

  if (ms == 0 || !g_cancellable_make_pollfd (play->stop, &fd))
    return;

  g_poll (&fd, 1, (int) ms);
  g_cancellable_release_fd (play->stop);
}

static Outcome
play_quiet (Play *play, const PjDemoStep *step, GError **error)
{
  if (play->line == NULL && pj_demo_connection_is_quiet (play->connection, step->ms, play->stop))
    return GOES_ON;

  return fail (play, step->line, "a client that waits for its answer", "It does not", error);
}

/* What is sent without a pause goes in large pieces, or sending it would be
 * slower than taking it. Returns: (transfer full): what to write at once */
static GString *
dup_piece (const PjDemoStep *step)
{
  gsize len;
  const char *bytes = g_bytes_get_data (step->bytes, &len);
  GString *piece = g_string_new_len (bytes, (gssize) len);

  while (step->ms == 0 && piece->len < FLOOD_PIECE_BYTES)
    g_string_append_len (piece, bytes, (gssize) len);

  return piece;
}

static Outcome
play_flood (Play *play, const PjDemoStep *step, GError **error)
{
  g_autoptr (GString) piece = dup_piece (step);

  for (gsize sent = 0; sent < FLOOD_BYTES; sent += piece->len)
    {
      g_autoptr (GError) cause = NULL;

      if (!pj_demo_connection_write (play->connection, piece->str, piece->len, play->stop, &cause))
        return has_left (cause)
                   ? CLIENT_LEFT
                   : fail (play, step->line, "a client that has enough", cause->message, error);
      play_wait (play, step->ms);
    }

  return fail (play, step->line, "a client that has enough", "It takes all", error);
}

static Outcome
play_step (Play *play, const PjDemoStep *step, GError **error)
{
  switch (step->kind)
    {
    case PJ_DEMO_STEP_SEND:
      return play_send (play, step, error);
    case PJ_DEMO_STEP_EXPECT:
      return play_expect (play, step, error);
    case PJ_DEMO_STEP_MAY_EXPECT:
      return play_may_expect (play, step, error);
    case PJ_DEMO_STEP_QUIET:
      return play_quiet (play, step, error);
    case PJ_DEMO_STEP_WAIT:
      play_wait (play, step->ms);
      return GOES_ON;
    case PJ_DEMO_STEP_TLS:
    case PJ_DEMO_STEP_TLS_REFUSED:
      return play_tls (play, step, error);
    case PJ_DEMO_STEP_FLOOD:
      return play_flood (play, step, error);
    case PJ_DEMO_STEP_SILENT:
      pj_demo_connection_wait_gone (play->connection, SILENCE_S, play->stop);
      return CLIENT_LEFT;
    case PJ_DEMO_STEP_CUT:
      return play_leave (play, PJ_DEMO_CLOSE_CLEAN);
    case PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY:
      return play_leave (play, PJ_DEMO_CLOSE_WITHOUT_NOTIFY);
    case PJ_DEMO_STEP_RESET:
      return play_leave (play, PJ_DEMO_CLOSE_RESET);
    default:
      g_assert_not_reached ();
    }
}

/* Returns: the first expectation behind @index, or the number of steps. */
static guint
skip_answer (GPtrArray *steps, guint index)
{
  for (index++; index < steps->len; index++)
    {
      const PjDemoStep *step = g_ptr_array_index (steps, index);

      if (step->kind == PJ_DEMO_STEP_EXPECT || step->kind == PJ_DEMO_STEP_MAY_EXPECT)
        break;
    }

  return index;
}

static Outcome
play_steps (Play *play, GPtrArray *steps, GError **error)
{
  Outcome outcome = GOES_ON;
  guint line = 1;

  for (guint i = 0; i < steps->len && outcome == GOES_ON;)
    {
      const PjDemoStep *step = g_ptr_array_index (steps, i);

      line = step->line;
      outcome = play_step (play, step, error);
      i = outcome == LEFT_OUT ? skip_answer (steps, i) : i + 1;
      if (outcome == LEFT_OUT)
        outcome = GOES_ON;
    }

  if (outcome == GOES_ON)
    {
      pj_demo_connection_end_output (play->connection, PJ_DEMO_CLOSE_CLEAN);
      outcome = play_end (play, line, error);
    }

  return outcome;
}

/**
 * pj_script_server_play:
 * @connection: with the client, in plain text
 * @script: what to play
 * @number: which connection of it, from 0
 * @context: the server's side of TLS
 * @stop: ends it
 * @error: return location
 *
 * Plays one connection to its end. Blocks; the server's thread.
 *
 * Errors: %G_IO_ERROR_FAILED with file, line, what was expected and what came.
 *
 * Returns: whether the client did what the script says
 */
gboolean
pj_script_server_play (PjDemoConnection *connection,
                       PjDemoScript *script,
                       guint number,
                       SSL_CTX *context,
                       GCancellable *stop,
                       GError **error)
{
  Play play = {
    .path = pj_demo_script_get_path (script),
    .connection = connection,
    .context = context,
    .stop = stop,
  };
  Outcome outcome = play_steps (&play, pj_demo_script_get_steps (script, number), error);

  if (play.line != NULL)
    pj_secret_wipe_string (play.line);

  return outcome == CLIENT_LEFT;
}
