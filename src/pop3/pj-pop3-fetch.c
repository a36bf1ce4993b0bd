/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-fetch.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-listing.h"
#include "pop3/pj-pop3-session-private.h"

/* Bytes of commands that may stand unanswered, so that a server that stops
 * reading holds no more. 5,000 headers are then on their way; measured at a
 * round trip of 100 ms, half of that costs a third more time, and twice as
 * much saves none. */
#define WINDOW_BYTES (64 * 1024)

/* A body line more than this is a mail that was cut at the bytes, not at the
 * lines: 100 lines of an HTML mail may be megabytes. */
#define MAX_CUT_BYTES (1024 * 1024)

/* Progress that a person sees is told no oftener than this. */
#define PROGRESS_STEP_BYTES (64 * 1024)

/* Who is told how far a message has come. */
typedef struct
{
  PjPop3ProgressFunc func;
  gpointer user_data;
} Progress;

/* How much of a message is kept. */
typedef struct
{
  gsize bytes;
  guint body_lines; /* G_MAXUINT: all */
} Limit;

/* Where in a message the lines have come to. A long line comes in pieces. */
typedef struct
{
  gboolean in_body;
  gboolean in_line; /* the line goes on */
  guint body_lines; /* begun */
} Place;

static void
place_advance (Place *place, const PjLine *line)
{
  if (!place->in_line && place->in_body)
    place->body_lines++;
  if (!place->in_line && line->len == 0)
    place->in_body = TRUE;
  place->in_line = line->end_len == 0;
}

/* Takes the lines of one message. Beyond @limit they are read, as the answer
 * must be taken to its end, and thrown away, up to the size of the largest
 * message: as long as data comes no deadline ends it. */
static GBytes *
take_message (PjPop3Session *session,
              Limit limit,
              gboolean *is_cut,
              const Progress *progress,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 ends[] = { '\r', '\n' };
  gboolean is_end = FALSE;
  Place place = { 0 };
  gsize taken = 0;
  gsize told = 0;
  PjLine line;

  *is_cut = FALSE;
  while (taken <= PJ_POP3_MAX_MESSAGE_BYTES)
    {
      if (!pj_pop3_session_receive_line (session, &line, &is_end, cancellable, error))
        return NULL;

      if (is_end)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

      taken += line.len + line.end_len;
      place_advance (&place, &line);
      if (progress != NULL && taken - told >= PROGRESS_STEP_BYTES)
        {
          progress->func (taken, progress->user_data);
          told = taken;
        }
      if (*is_cut || place.body_lines > limit.body_lines ||
          bytes->len + line.len + line.end_len > limit.bytes)
        {
          *is_cut = TRUE;
          continue;
        }

      if (line.len > 0)
        g_byte_array_append (bytes, (const guint8 *) line.bytes, (guint) line.len);
      g_byte_array_append (bytes, ends + 2 - line.end_len, line.end_len);
    }

  pj_pop3_session_fail (session, "The server sends a message larger than any may be", error);
  return NULL;
}

/* Returns: bytes of the command. */
static gsize
send_fetch (PjPop3Session *session, PjPop3FetchWay way, guint number, guint lines)
{
  g_autofree char *command = way == PJ_POP3_FETCH_BY_TOP
                                 ? g_strdup_printf ("TOP %u %u", number, lines)
                                 : g_strdup_printf ("RETR %u", number);

  pj_pop3_session_send (session, PJ_POP3_MULTI, command);

  return strlen (command);
}

/**
 * pj_pop3_fetch:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @number: message number in this session, from 1
 * @max_body_lines: body lines wanted besides the header;
 *   %PJ_POP3_FETCH_WHOLE for the message by RETR
 * @is_cut: (out): whether our limits cut it; a TOP may be cut besides
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_REFUSED when it is gone or the
 *   command is unknown, %PJ_POP3_ERROR_PROTOCOL for a message without end,
 *   errors of pj_pop3_session_receive()
 *
 * Reads one message or its beginning, undotted and otherwise byte for byte,
 * up to %PJ_POP3_MAX_MESSAGE_BYTES. Blocks.
 *
 * Reference: RFC 1939 section 5 (RETR), section 7 (TOP).
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
pj_pop3_fetch (PjPop3Session *session,
               guint number,
               guint max_body_lines,
               gboolean *is_cut,
               GCancellable *cancellable,
               GError **error)
{
  const Limit limit = { MAX_CUT_BYTES, G_MAXUINT };

  g_return_val_if_fail (session != NULL && number > 0 && is_cut != NULL, NULL);

  if (max_body_lines == PJ_POP3_FETCH_WHOLE)
    return pj_pop3_fetch_whole (session, number, is_cut, NULL, NULL, cancellable, error);

  send_fetch (session, PJ_POP3_FETCH_BY_TOP, number, max_body_lines);
  if (!pj_pop3_session_receive (session, NULL, cancellable, error))
    return NULL;

  return take_message (session, limit, is_cut, NULL, cancellable, error);
}

/**
 * pj_pop3_fetch_whole:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @number: message number in this session, from 1
 * @is_cut: (out): whether our limits cut it
 * @progress: (scope call) (nullable): told how much has come, now and then
 * @user_data: for @progress
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_fetch()
 *
 * As pj_pop3_fetch() of the whole message. Blocks.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
pj_pop3_fetch_whole (PjPop3Session *session,
                     guint number,
                     gboolean *is_cut,
                     PjPop3ProgressFunc progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  const Progress told = { progress, user_data };
  const Limit limit = { PJ_POP3_MAX_MESSAGE_BYTES, G_MAXUINT };

  g_return_val_if_fail (session != NULL && number > 0 && is_cut != NULL, NULL);

  send_fetch (session, PJ_POP3_FETCH_BY_RETR, number, 0);
  if (!pj_pop3_session_receive (session, NULL, cancellable, error))
    return NULL;

  return take_message (session, limit, is_cut, progress != NULL ? &told : NULL, cancellable, error);
}

/**
 * pj_pop3_fetch_by_retr:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @number: message number in this session, from 1
 * @max_body_lines: body lines wanted besides the header
 * @is_cut: (out): whether there is more of it, or our limits cut it
 * @cancellable: (nullable): ends the wait
 * @error: return location; as with pj_pop3_fetch()
 *
 * Reads the beginning of one message as TOP would send it, but by RETR, for a
 * server that has no TOP. What is behind that is thrown away as it comes. Only
 * for a mailbox whose owner agreed: this may mark the message as read. Blocks.
 *
 * Reference: RFC 1939 section 5 (RETR).
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
pj_pop3_fetch_by_retr (PjPop3Session *session,
                       guint number,
                       guint max_body_lines,
                       gboolean *is_cut,
                       GCancellable *cancellable,
                       GError **error)
{
  const Limit limit = { MAX_CUT_BYTES, max_body_lines };

  g_return_val_if_fail (session != NULL && number > 0 && is_cut != NULL, NULL);

  send_fetch (session, PJ_POP3_FETCH_BY_RETR, number, 0);
  if (!pj_pop3_session_receive (session, NULL, cancellable, error))
    return NULL;

  return take_message (session, limit, is_cut, NULL, cancellable, error);
}

/**
 * pj_pop3_fetch_may_have_top:
 * @session: a session in the TRANSACTION state that has asked for capabilities
 *
 * Returns: whether CAPA, asked after the login, does not say that there is no
 *   TOP; a server without CAPA may have it
 */
gboolean
pj_pop3_fetch_may_have_top (PjPop3Session *session)
{
  const PjPop3Capabilities *told;

  g_return_val_if_fail (session != NULL, FALSE);

  told = pj_pop3_session_get_capabilities (session);
  return pj_pop3_capabilities_is_empty (told) || pj_pop3_capabilities_has (told, "TOP");
}

/* Takes one answer to TOP or RETR. A message that the server will not give (it
 * was expunged meanwhile) is no reason to lose the others. */
static gboolean
take_head (PjPop3Session *session,
           PjPop3FetchWay way,
           GBytes **head,
           GCancellable *cancellable,
           GError **error)
{
  const Limit limit = { PJ_POP3_MAX_HEAD_BYTES, way == PJ_POP3_FETCH_BY_RETR ? 0 : G_MAXUINT };
  g_autoptr (GError) refusal = NULL;
  gboolean is_cut;

  *head = NULL;
  if (!pj_pop3_session_receive (session, NULL, cancellable, &refusal))
    {
      if (pj_pop3_session_is_usable (session))
        return TRUE;

      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  *head = take_message (session, limit, &is_cut, NULL, cancellable, error);
  return *head != NULL;
}

/* Many headers on their way. */
typedef struct
{
  PjPop3Session *session;
  GArray *numbers;
  PjPop3FetchWay way;
  guint sent;
  GQueue in_flight; /* of GSIZE_TO_POINTER: bytes of each command not answered */
  gsize in_flight_bytes;
  gboolean checks_step; /* STAT is behind the last of them */
} Stream;

/* Filling up at half keeps the server busy without a command for each answer.
 *
 * The answers to TOP and RETR do not say which message they show. A server that answers
 * once too often or too rarely shifts them all, and STAT at the end tells: its
 * own answer looks like no other. */
static void
fill_window (Stream *stream)
{
  if (stream->in_flight_bytes > WINDOW_BYTES / 2)
    return;

  while (stream->sent < stream->numbers->len && stream->in_flight_bytes < WINDOW_BYTES)
    {
      guint number = g_array_index (stream->numbers, guint, stream->sent++);
      gsize bytes = send_fetch (stream->session, stream->way, number, 0);

      g_queue_push_tail (&stream->in_flight, GSIZE_TO_POINTER (bytes));
      stream->in_flight_bytes += bytes;
      if (stream->sent == stream->numbers->len && pj_pop3_session_has_pipelined (stream->session))
        {
          pj_pop3_session_send (stream->session, PJ_POP3_SINGLE, "STAT");
          stream->checks_step = TRUE;
        }
    }
}

static gboolean
take_step (Stream *stream, guint count, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autofree char *text = NULL;
  guint told_count;
  guint64 octets;

  if (!stream->checks_step)
    return TRUE;

  if (pj_pop3_session_receive (stream->session, &text, cancellable, &refusal))
    {
      if (pj_pop3_listing_parse_stat (text, &told_count, &octets, NULL) && told_count == count)
        return TRUE;
    }
  else if (!pj_pop3_session_is_usable (stream->session))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                       "The server's answers do not match the commands");
  return FALSE;
}

/**
 * pj_pop3_fetch_heads:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @numbers: (element-type guint): message numbers
 * @way: how to have them; by RETR only where the mailbox's owner agreed
 * @count: messages by STAT in this session
 * @func: (scope call): gets each head
 * @user_data: for @func
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive(),
 *   %PJ_POP3_ERROR_PROTOCOL also when the answers were shifted: then what
 *   @func was given is worth nothing
 *
 * Reads the headers of many messages, each up to %PJ_POP3_MAX_HEAD_BYTES, and
 * hands them on as they come, so that memory does not grow with their number;
 * nor with their size by RETR, as bodies are thrown away. To a server that does PIPELINING the
 * commands go out ahead of the answers. Blocks.
 *
 * Reference: RFC 1939 section 7 (TOP), section 5 (RETR), RFC 2449 section 6.8.
 *
 * Returns: %FALSE with @error set when the session broke
 */
gboolean
pj_pop3_fetch_heads (PjPop3Session *session,
                     GArray *numbers,
                     PjPop3FetchWay way,
                     guint count,
                     PjPop3FetchFunc func,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Stream stream = { .session = session, .numbers = numbers, .way = way, .in_flight = G_QUEUE_INIT };
  gboolean is_good = TRUE;

  g_return_val_if_fail (session != NULL && numbers != NULL && func != NULL, FALSE);

  for (guint taken = 0; is_good && taken < numbers->len; taken++)
    {
      g_autoptr (GBytes) head = NULL;

      fill_window (&stream);
      is_good = take_head (session, way, &head, cancellable, error);
      stream.in_flight_bytes -= GPOINTER_TO_SIZE (g_queue_pop_head (&stream.in_flight));
      if (is_good)
        func (taken, head, user_data);
    }
  g_queue_clear (&stream.in_flight);

  return is_good && take_step (&stream, count, cancellable, error);
}
