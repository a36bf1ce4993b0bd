/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-session-private.h"

#include <string.h>

#include "base/pj-text.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-reply.h"

/**
 * PjPop3Session:
 *
 * The conversation with one POP3 server: commands go out with
 * pj_pop3_session_send(), answers come back in the same order with
 * pj_pop3_session_receive(). No caller has to take an answer before it sends
 * the next command. With a server that has told PIPELINING they go out
 * together; with any other each is held until the answers before it have
 * come. An -ERR concerns its own command; whatever else goes wrong ends the
 * session, and from then on every call fails.
 *
 * It knows no password: login is pj-pop3-login's. One check thread owns it.
 *
 * Reference: RFC 1939 section 3, RFC 2449 section 6.8 (pipelining).
 */

/**
 * pj_pop3_session_new: (skip)
 * @connection: (transfer full): connected, encrypted where @security is TLS
 * @security: what the user demands of this session
 *
 * Returns: (transfer full): a session that has not heard the greeting
 */
PjPop3Session *
pj_pop3_session_new (PjConnection *connection, PjSecurity security)
{
  PjPop3Session *self;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (security != PJ_SECURITY_TLS || pj_connection_is_encrypted (connection),
                        NULL);

  self = g_new0 (PjPop3Session, 1);
  self->connection = connection;
  self->security = security;
  self->capabilities = pj_pop3_capabilities_new ();
  self->greeting = g_strdup ("");
  self->line = g_string_new (NULL);
  g_queue_init (&self->outstanding);
  g_queue_init (&self->held);

  return self;
}

/**
 * pj_pop3_session_free: (skip)
 * @self: (transfer full) (nullable): the session
 *
 * Closes the connection at once. Without a QUIT the server deletes nothing
 * (RFC 1939 section 6).
 */
void
pj_pop3_session_free (PjPop3Session *self)
{
  if (self == NULL)
    return;

  pj_connection_close (self->connection);
  pj_pop3_capabilities_free (self->capabilities);
  g_free (self->greeting);
  g_string_free (self->line, TRUE);
  g_queue_clear (&self->outstanding);
  pj_pop3_session_drop_held (self);
  g_free (self);
}

/* Ends the session. Returns: FALSE, to be returned. */
gboolean
pj_pop3_session_fail (PjPop3Session *self, const char *what, GError **error)
{
  self->is_broken = TRUE;
  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL, what);

  return FALSE;
}

static gboolean
read_line (PjPop3Session *self, PjLine *line, GCancellable *cancellable, GError **error)
{
  if (self->is_out_of_step)
    return pj_pop3_session_fail (self, "The server sent an answer that nobody had asked for",
                                 error);

  if (self->is_broken)
    return pj_pop3_session_fail (self, "The session has already failed", error);

  if (!pj_connection_read_line (self->connection, line, cancellable, error))
    {
      self->is_broken = TRUE;
      return FALSE;
    }

  return TRUE;
}

/* Reads a line that must be whole into self->line. */
static gboolean
read_short_line (PjPop3Session *self, GCancellable *cancellable, GError **error)
{
  PjLine line;

  if (!read_line (self, &line, cancellable, error))
    return FALSE;

  if (line.end_len == 0)
    return pj_pop3_session_fail (self, "The server's answer is longer than any may be", error);

  g_string_truncate (self->line, 0);
  g_string_append_len (self->line, line.bytes, (gssize) line.len);

  return TRUE;
}

/* Sorts the status line in self->line. */
static gboolean
sort_status (PjPop3Session *self, char **text, GError **error)
{
  g_autoptr (GError) failure = NULL;
  const char *rest = NULL;

  if (pj_pop3_reply_check (self->line->str, self->line->len, &rest, &failure))
    {
      if (text != NULL)
        *text = g_strdup (rest);
      return TRUE;
    }

  if (g_error_matches (failure, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL))
    self->is_broken = TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * pj_pop3_session_greet:
 * @self: a session on a fresh connection
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_PROTOCOL, %PJ_POP3_ERROR_REFUSED,
 *   %PJ_POP3_ERROR_BUSY, errors of pj_connection_read_line()
 *
 * Waits for the greeting. Blocks.
 *
 * Reference: RFC 1939 section 4.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_session_greet (PjPop3Session *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!read_short_line (self, cancellable, error))
    return FALSE;

  if (!sort_status (self, &text, error))
    {
      /* A server that will not greet has nothing more to say. */
      self->is_broken = TRUE;
      return FALSE;
    }

  g_free (self->greeting);
  self->greeting = pj_text_clean_line (text, -1, PJ_TEXT_MAX_SERVER_CHARS);

  return TRUE;
}

/**
 * pj_pop3_session_receive:
 * @self: a session with a command outstanding and no lines left to take
 * @text: (out) (optional) (transfer full): what follows +OK, as sent
 * @cancellable: (nullable): ends the wait
 * @error: return location; for -ERR %PJ_POP3_ERROR_REFUSED, %PJ_POP3_ERROR_AUTH
 *   or %PJ_POP3_ERROR_BUSY, after which the session goes on; otherwise
 *   %PJ_POP3_ERROR_PROTOCOL or errors of pj_connection_read_line(), after
 *   which it does not
 *
 * Takes the answer to the oldest outstanding command. After %TRUE for a
 * %PJ_POP3_MULTI command its lines must be taken. Blocks.
 *
 * Returns: %TRUE for +OK; otherwise %FALSE with @error set
 */
gboolean
pj_pop3_session_receive (PjPop3Session *self,
                         char **text,
                         GCancellable *cancellable,
                         GError **error)
{
  PjPop3Shape shape;
  gboolean is_good;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->in_lines, FALSE);
  g_return_val_if_fail (!g_queue_is_empty (&self->outstanding), FALSE);

  if (!read_short_line (self, cancellable, error))
    return FALSE;

  shape = GPOINTER_TO_UINT (g_queue_pop_head (&self->outstanding));
  is_good = sort_status (self, text, error);
  self->in_lines = is_good && shape == PJ_POP3_MULTI;
  pj_pop3_session_release_held (self);

  return is_good;
}

/**
 * pj_pop3_session_receive_line:
 * @self: a session in a multi-line answer
 * @line: (out caller-allocates): the next line or, when `end_len` is 0, a
 *   piece of one; the stuffed dot is gone; valid until the next call
 * @is_end: (out): whether the answer has ended and @line holds nothing
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_connection_read_line()
 *
 * Takes lines of any length, byte for byte. Blocks.
 *
 * Reference: RFC 1939 section 3 (byte-stuffing).
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_session_receive_line (
    PjPop3Session *self, PjLine *line, gboolean *is_end, GCancellable *cancellable, GError **error)
{
  gboolean is_start;

  g_return_val_if_fail (self != NULL && line != NULL && is_end != NULL, FALSE);
  g_return_val_if_fail (self->in_lines, FALSE);

  if (!read_line (self, line, cancellable, error))
    return FALSE;

  is_start = !self->in_piece;
  self->in_piece = line->end_len == 0;
  *is_end = is_start && line->end_len > 0 && line->len == 1 && line->bytes[0] == '.';
  if (*is_end)
    {
      self->in_lines = FALSE;
      line->len = 0;
      pj_pop3_session_release_held (self);
    }
  else if (is_start && line->len > 0 && line->bytes[0] == '.')
    {
      line->bytes++;
      line->len--;
    }

  return TRUE;
}

/* Two UIDs that differ behind a NUL only must not become one. */
static void
replace_nuls (GString *row)
{
  for (gsize i = 0; i < row->len; i++)
    {
      if (row->str[i] == '\0')
        row->str[i] = '\x01';
    }
}

/**
 * pj_pop3_session_receive_row:
 * @self: a session in a multi-line answer
 * @row: (out) (transfer none) (nullable): the next line, NUL-ended and valid
 *   until the next call; %NULL at the end of the answer
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_POP3_ERROR_PROTOCOL for an endless row, errors
 *   of pj_connection_read_line()
 *
 * As pj_pop3_session_receive_line(), for lists, whose lines are short. A NUL,
 * which no row may have, comes as another control character, so that it
 * spoils its own row and hides nothing. Blocks.
 *
 * Returns: %FALSE with @error set
 */
gboolean
pj_pop3_session_receive_row (PjPop3Session *self,
                             const char **row,
                             GCancellable *cancellable,
                             GError **error)
{
  PjLine line;
  gboolean is_end;

  g_return_val_if_fail (row != NULL, FALSE);

  if (!pj_pop3_session_receive_line (self, &line, &is_end, cancellable, error))
    return FALSE;

  if (line.end_len == 0)
    return pj_pop3_session_fail (self, "The server sends a row longer than any may be", error);

  g_string_truncate (self->line, 0);
  g_string_append_len (self->line, line.bytes, (gssize) line.len);
  replace_nuls (self->line);
  *row = is_end ? NULL : self->line->str;

  return TRUE;
}

/**
 * pj_pop3_session_receive_challenge:
 * @self: a session whose oldest outstanding command is AUTH
 * @challenge: (out) (transfer full) (nullable): base64 of the challenge, to be
 *   answered by another pj_pop3_session_send(); %NULL when the login is done
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_session_receive()
 *
 * Blocks.
 *
 * Reference: RFC 5034 section 4.
 *
 * Returns: %FALSE with @error set when the server said -ERR or worse
 */
gboolean
pj_pop3_session_receive_challenge (PjPop3Session *self,
                                   char **challenge,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL && challenge != NULL, FALSE);
  g_return_val_if_fail (!self->in_lines, FALSE);
  g_return_val_if_fail (!g_queue_is_empty (&self->outstanding), FALSE);

  if (!read_short_line (self, cancellable, error))
    return FALSE;

  g_queue_pop_head (&self->outstanding);
  *challenge = NULL;
  if (self->line->str[0] != '+' || g_ascii_isalpha (self->line->str[1]))
    {
      gboolean is_good = sort_status (self, NULL, error);

      pj_pop3_session_release_held (self);
      return is_good;
    }

  /* The response must be the next thing that the server reads. */
  if (!pj_pop3_session_is_idle (self) || !g_queue_is_empty (&self->held))
    return pj_pop3_session_fail (self, "The server asks back where it must decide", error);

  *challenge = g_strdup (self->line->str[1] == ' ' ? self->line->str + 2 : self->line->str + 1);
  return TRUE;
}

/**
 * pj_pop3_session_call:
 * @self: a session with nothing outstanding
 * @command: without CRLF; answered by one line
 * @text: (out) (optional) (transfer full): what follows +OK
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_session_receive()
 *
 * Sends one command and takes its answer. Blocks.
 *
 * Returns: %TRUE for +OK; otherwise %FALSE with @error set
 */
gboolean
pj_pop3_session_call (PjPop3Session *self,
                      const char *command,
                      char **text,
                      GCancellable *cancellable,
                      GError **error)
{
  pj_pop3_session_send (self, PJ_POP3_SINGLE, command);

  return pj_pop3_session_receive (self, text, cancellable, error);
}

/**
 * pj_pop3_session_is_usable:
 * @self: the session
 *
 * Returns: whether commands can still be sent
 */
gboolean
pj_pop3_session_is_usable (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->is_broken && !self->is_out_of_step;
}

/**
 * pj_pop3_session_get_security:
 * @self: the session
 *
 * Returns: what the user demands of it
 */
PjSecurity
pj_pop3_session_get_security (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, PJ_SECURITY_TLS);

  return self->security;
}

/**
 * pj_pop3_session_get_greeting:
 * @self: the session
 *
 * Returns: (transfer none): the server's greeting, cleaned; "" before it
 */
const char *
pj_pop3_session_get_greeting (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->greeting;
}

/**
 * pj_pop3_session_get_capabilities:
 * @self: the session
 *
 * Returns: (transfer none): what was last told; empty before CAPA
 */
const PjPop3Capabilities *
pj_pop3_session_get_capabilities (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->capabilities;
}

/**
 * pj_pop3_session_get_connection: (skip)
 * @self: the session
 *
 * Returns: (transfer none): what it talks over
 */
PjConnection *
pj_pop3_session_get_connection (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->connection;
}
