/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "net/pj-wire-tap.h"

#include <string.h>

#define MASK "********"

/**
 * PjWireTap:
 *
 * Lets somebody listen to a session without hearing its secrets. What is
 * queued is told when its last byte has gone out, so that the log has the
 * order of the wire; a secret is told as asterisks, in a server's echo of it
 * too, for which a copy is kept until the tap is freed or the listener has
 * heard enough, and then wiped. From then on nothing is copied or searched any
 * more. One session on one thread owns it.
 */
struct _PjWireTap
{
  /* Owned */
  GString *open;      /* the line being queued, secrets masked */
  GQueue lines;       /* of Line: queued, not yet sent */
  GPtrArray *secrets; /* of GBytes, wiped when freed */

  /* Borrowed */
  PjWireTapFunc func;
  gpointer user_data; /* of whoever listens, who outlives the session */

  /* Plain */
  guint64 queued; /* bytes in all */
  guint64 sent;
  gboolean is_closed; /* the listener has heard enough */
};

typedef struct
{
  guint64 end; /* it is sent when so many bytes are */
  char *text;
  gsize len;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line);
}

typedef struct
{
  guint8 *bytes;
  gsize len;
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  explicit_bzero (secret->bytes, secret->len);
  g_free (secret->bytes);
  g_free (secret);
}

/**
 * pj_wire_tap_new: (skip)
 * @func: hears the lines
 * @user_data: for @func
 *
 * Returns: (transfer full): a tap that has heard nothing
 */
PjWireTap *
pj_wire_tap_new (PjWireTapFunc func, gpointer user_data)
{
  PjWireTap *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (PjWireTap, 1);
  self->open = g_string_new (NULL);
  g_queue_init (&self->lines);
  self->secrets = g_ptr_array_new_with_free_func (secret_free);
  self->func = func;
  self->user_data = user_data;

  return self;
}

/**
 * pj_wire_tap_free: (skip)
 * @self: (transfer full) (nullable): the tap
 */
void
pj_wire_tap_free (PjWireTap *self)
{
  if (self == NULL)
    return;

  g_string_free (self->open, TRUE);
  g_queue_clear_full (&self->lines, line_free);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

static void
tell (PjWireTap *self, PjWireDirection direction, const char *text, gsize len)
{
  if (self->func (direction, text, len, self->user_data))
    return;

  self->is_closed = TRUE;
  g_string_truncate (self->open, 0);
  g_queue_clear_full (&self->lines, line_free);
  g_ptr_array_set_size (self->secrets, 0);
}

static void
close_line (PjWireTap *self, guint64 end)
{
  Line *line = g_new (Line, 1);

  if (self->open->len > 0 && self->open->str[self->open->len - 1] == '\r')
    g_string_truncate (self->open, self->open->len - 1);
  line->end = end;
  line->len = self->open->len;
  line->text = g_string_free (self->open, FALSE);
  self->open = g_string_new (NULL);
  g_queue_push_tail (&self->lines, line);
}

static void
keep_secret (PjWireTap *self, const char *bytes, gsize len)
{
  Secret *secret = g_new (Secret, 1);

  secret->bytes = g_malloc (len);
  memcpy (secret->bytes, bytes, len);
  secret->len = len;
  g_ptr_array_add (self->secrets, secret);
}

/**
 * pj_wire_tap_add_queued:
 * @self: the tap
 * @bytes: what was put behind all that is to be sent
 * @len: bytes
 * @is_secret: whether nobody may hear it; no line ends in a secret
 */
void
pj_wire_tap_add_queued (PjWireTap *self, const char *bytes, gsize len, gboolean is_secret)
{
  gsize from = 0;

  g_return_if_fail (self != NULL && (bytes != NULL || len == 0));

  if (self->is_closed)
    return;

  if (is_secret && len > 0)
    {
      keep_secret (self, bytes, len);
      g_string_append (self->open, MASK);
      from = len;
    }

  while (from < len)
    {
      const char *end = memchr (bytes + from, '\n', len - from);
      gsize to = end != NULL ? (gsize) (end - bytes) : len;

      g_string_append_len (self->open, bytes + from, (gssize) (to - from));
      if (end != NULL)
        close_line (self, self->queued + to + 1);
      from = to + 1;
    }
  self->queued += len;
}

/**
 * pj_wire_tap_add_sent:
 * @self: the tap
 * @len: how many of the bytes queued went out
 */
void
pj_wire_tap_add_sent (PjWireTap *self, gsize len)
{
  const Line *next;

  g_return_if_fail (self != NULL);

  if (self->is_closed)
    return;

  self->sent += len;
  while ((next = g_queue_peek_head (&self->lines)) != NULL && next->end <= self->sent)
    {
      Line *line = g_queue_pop_head (&self->lines);

      tell (self, PJ_WIRE_SENT, line->text, line->len);
      line_free (line);
    }
}

static void
mask (GString *line, const Secret *secret)
{
  const char *found;
  gsize from = 0;

  while (from < line->len &&
         (found = memmem (line->str + from, line->len - from, secret->bytes, secret->len)) != NULL)
    {
      from = (gsize) (found - line->str);
      g_string_erase (line, (gssize) from, (gssize) secret->len);
      g_string_insert (line, (gssize) from, MASK);
      from += strlen (MASK);
    }
}

/**
 * pj_wire_tap_add_received:
 * @self: the tap
 * @line: a line of the server without its end, or a piece of one that is
 *   longer than the reader's limit
 * @len: bytes
 */
void
pj_wire_tap_add_received (PjWireTap *self, const char *line, gsize len)
{
  g_autoptr (GString) shown = NULL;

  g_return_if_fail (self != NULL && (line != NULL || len == 0));

  if (self->is_closed)
    return;

  shown = g_string_new_len (line, (gssize) len);
  for (guint i = 0; i < self->secrets->len; i++)
    mask (shown, g_ptr_array_index (self->secrets, i));
  tell (self, PJ_WIRE_RECEIVED, shown->str, shown->len);
}
