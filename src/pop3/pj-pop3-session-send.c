/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-session-private.h"

#include <string.h>

#include "base/pj-secret.h"

/*
 * What goes out, and when: together, or one command after the other's answer.
 */

/* RFC 2449 section 4 allows 255; a SASL answer may be longer, with an access
 * token in it by far (RFC 4954 section 4 has this limit). */
#define MAX_COMMAND_BYTES 12288

/* A command that waits for the answers before it. */
typedef struct
{
  PjPop3Shape shape;
  char *command;
  gboolean is_secret;
} HeldCommand;

static void
held_command_free (gpointer data)
{
  HeldCommand *held = data;

  pj_secret_wipe_string (held->command);
  g_free (held);
}

void
pj_pop3_session_drop_held (PjPop3Session *self)
{
  g_queue_clear_full (&self->held, held_command_free);
}

/* Returns: whether nothing is on its way that would have to be answered first */
gboolean
pj_pop3_session_is_idle (PjPop3Session *self)
{
  return g_queue_is_empty (&self->outstanding) && !self->in_lines;
}

static gboolean
may_go (PjPop3Session *self)
{
  return pj_pop3_session_is_idle (self) || pj_pop3_session_is_pipelining (self);
}

/* How much of a login command a log may show: its words but for the last. What
 * answers a challenge has no words of its own. */
static gsize
count_showable (const char *command)
{
  const char *blank;

  if (g_str_has_prefix (command, "PASS ") || g_str_has_prefix (command, "APOP "))
    return strlen ("PASS ");

  if (!g_str_has_prefix (command, "AUTH "))
    return 0;

  blank = strchr (command + strlen ("AUTH "), ' ');
  return blank != NULL ? (gsize) (blank + 1 - command) : strlen (command);
}

static void
put (PjPop3Session *self, PjPop3Shape shape, const char *command, gboolean is_secret)
{
  gsize len = strlen (command);
  gsize n_showable = is_secret ? count_showable (command) : len;

  if (!pj_pop3_session_is_idle (self))
    self->has_pipelined = TRUE;
  else if (pj_connection_has_input (self->connection))
    self->is_out_of_step = TRUE;

  pj_connection_queue (self->connection, command, n_showable);
  if (n_showable < len)
    pj_connection_queue_secret (self->connection, command + n_showable, len - n_showable);
  pj_connection_queue (self->connection, "\r\n", 2);
  g_queue_push_tail (&self->outstanding, GUINT_TO_POINTER (shape));
}

/* To be called when an answer has ended. */
void
pj_pop3_session_release_held (PjPop3Session *self)
{
  while (!g_queue_is_empty (&self->held) && may_go (self))
    {
      HeldCommand *next = g_queue_pop_head (&self->held);

      put (self, next->shape, next->command, next->is_secret);
      held_command_free (next);
    }
}

static void
send_or_hold (PjPop3Session *self, PjPop3Shape shape, const char *command, gboolean is_secret)
{
  HeldCommand *held;

  if (g_queue_is_empty (&self->held) && may_go (self))
    {
      put (self, shape, command, is_secret);
      return;
    }

  held = g_new0 (HeldCommand, 1);
  held->shape = shape;
  held->command = g_strdup (command);
  held->is_secret = is_secret;
  g_queue_push_tail (&self->held, held);
}

/**
 * pj_pop3_session_send:
 * @self: the session
 * @shape: what a good answer looks like
 * @command: without CRLF; CR, LF and NUL must have been refused before
 *
 * Queues a command. It goes out with the next receive, or when the answers
 * before it have come, see pj_pop3_session_is_pipelining(). Whoever sends many
 * must bound what is outstanding.
 */
void
pj_pop3_session_send (PjPop3Session *self, PjPop3Shape shape, const char *command)
{
  g_return_if_fail (self != NULL && command != NULL);
  g_return_if_fail (strpbrk (command, "\r\n") == NULL);
  g_return_if_fail (strlen (command) <= MAX_COMMAND_BYTES);

  send_or_hold (self, shape, command, FALSE);
}

/**
 * pj_pop3_session_send_secret:
 * @self: the session
 * @command: (transfer full): PASS, APOP, AUTH, or an answer to a challenge;
 *   as for pj_pop3_session_send(). Wiped
 *
 * As pj_pop3_session_send() for a command that proves who logs in: a log does
 * not show it.
 */
void
pj_pop3_session_send_secret (PjPop3Session *self, char *command)
{
  g_return_if_fail (self != NULL && command != NULL);
  g_return_if_fail (strpbrk (command, "\r\n") == NULL);
  g_return_if_fail (strlen (command) <= MAX_COMMAND_BYTES);

  send_or_hold (self, PJ_POP3_SINGLE, command, TRUE);
  pj_secret_wipe_string (command);
}

/**
 * pj_pop3_session_set_sequential:
 * @self: a session with nothing outstanding
 *
 * Demands one command at a time, of a server whose answers did not match
 * when commands came together although it tells PIPELINING.
 */
void
pj_pop3_session_set_sequential (PjPop3Session *self)
{
  g_return_if_fail (self != NULL);

  self->is_sequential = TRUE;
}

/**
 * pj_pop3_session_is_pipelining:
 * @self: the session
 *
 * Reference: RFC 2449 section 6.8.
 *
 * Returns: whether commands go out together; otherwise those that are sent
 *   early are held
 */
gboolean
pj_pop3_session_is_pipelining (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->is_sequential && pj_pop3_capabilities_has (self->capabilities, "PIPELINING");
}

/**
 * pj_pop3_session_has_pipelined:
 * @self: the session
 *
 * Returns: whether commands have gone out together, so that a failure may
 *   come from a server that only says that it can do it
 */
gboolean
pj_pop3_session_has_pipelined (const PjPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_pipelined;
}
