/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-protocol-log.h"

#include <string.h>

/**
 * PjProtocolLog:
 *
 * What was said in visits to the server of one account, in memory only. While
 * somebody watches, each visit is kept, the oldest ones up to a limit;
 * otherwise nothing but the last one that failed, for whoever comes to look
 * for the reason. Main thread.
 */
struct _PjProtocolLog
{
  GObject parent_instance;

  /* Owned */
  GQueue visits;        /* of GBytes, the oldest first; one at most unless watched */
  GBytes *last_failure; /* NULL: none. May also be in @visits */

  /* Plain */
  gsize bytes; /* in @visits */
  gboolean is_watched;
};

G_DEFINE_FINAL_TYPE (PjProtocolLog, pj_protocol_log, G_TYPE_OBJECT)

enum
{
  ADDED,
  REPLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
drop_visits (PjProtocolLog *self)
{
  g_queue_clear_full (&self->visits, (GDestroyNotify) g_bytes_unref);
  self->bytes = 0;
}

static void
push_visit (PjProtocolLog *self, GBytes *visit)
{
  g_queue_push_tail (&self->visits, g_bytes_ref (visit));
  self->bytes += g_bytes_get_size (visit);
}

static void
drop_oldest (PjProtocolLog *self)
{
  g_autoptr (GBytes) visit = g_queue_pop_head (&self->visits);

  self->bytes -= g_bytes_get_size (visit);
}

static void
pj_protocol_log_finalize (GObject *object)
{
  PjProtocolLog *self = PJ_PROTOCOL_LOG (object);

  drop_visits (self);
  g_clear_pointer (&self->last_failure, g_bytes_unref);

  G_OBJECT_CLASS (pj_protocol_log_parent_class)->finalize (object);
}

static void
pj_protocol_log_class_init (PjProtocolLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_protocol_log_finalize;

  /**
   * PjProtocolLog::added:
   * @self: the log
   * @text: what the text has grown by, UTF-8
   *
   * There was another visit.
   */
  signals[ADDED] = g_signal_new ("added", PJ_TYPE_PROTOCOL_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);

  /**
   * PjProtocolLog::replaced:
   * @self: the log
   *
   * The text is another one: what was known of it no longer holds.
   */
  signals[REPLACED] = g_signal_new ("replaced", PJ_TYPE_PROTOCOL_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
pj_protocol_log_init (PjProtocolLog *self)
{
  g_queue_init (&self->visits);
}

/**
 * pj_protocol_log_new:
 *
 * Returns: (transfer full): an empty log that nobody watches
 */
PjProtocolLog *
pj_protocol_log_new (void)
{
  return g_object_new (PJ_TYPE_PROTOCOL_LOG, NULL);
}

/* An empty line parts it from the next visit. */
static GBytes *
new_visit (const char *text)
{
  const gsize len = strlen (text);
  char *line = g_malloc (len + 1);

  memcpy (line, text, len);
  line[len] = '\n';

  return g_bytes_new_take (line, len + 1);
}

/* Down to half of the limit, so that it is not for each visit that whoever
 * shows them has to begin anew. Returns: whether any went */
static gboolean
make_room (PjProtocolLog *self)
{
  if (self->bytes <= PJ_PROTOCOL_LOG_MAX_BYTES || self->visits.length <= 1)
    return FALSE;

  while (self->bytes > PJ_PROTOCOL_LOG_MAX_BYTES / 2 && self->visits.length > 1)
    drop_oldest (self);

  return TRUE;
}

/**
 * pj_protocol_log_add:
 * @self: the log
 * @text: what was said in one visit, UTF-8 without secrets, lines with their
 *   ends
 * @has_failed: whether the visit has
 *
 * Takes a visit that is over, if it is to be kept.
 */
void
pj_protocol_log_add (PjProtocolLog *self, const char *text, gboolean has_failed)
{
  g_autoptr (GBytes) visit = NULL;

  g_return_if_fail (PJ_IS_PROTOCOL_LOG (self));
  g_return_if_fail (text != NULL);

  if (!has_failed && !self->is_watched)
    return;

  visit = new_visit (text);
  if (has_failed)
    {
      g_clear_pointer (&self->last_failure, g_bytes_unref);
      self->last_failure = g_bytes_ref (visit);
    }
  if (!self->is_watched)
    drop_visits (self);
  push_visit (self, visit);

  if (make_room (self) || !self->is_watched)
    g_signal_emit (self, signals[REPLACED], 0);
  else
    g_signal_emit (self, signals[ADDED], 0, visit);
}

/**
 * pj_protocol_log_clear:
 * @self: the log
 *
 * Forgets all of it.
 */
void
pj_protocol_log_clear (PjProtocolLog *self)
{
  g_return_if_fail (PJ_IS_PROTOCOL_LOG (self));

  drop_visits (self);
  g_clear_pointer (&self->last_failure, g_bytes_unref);
  g_signal_emit (self, signals[REPLACED], 0);
}

/**
 * pj_protocol_log_set_watched:
 * @self: the log
 * @is_watched: whether every visit is to be kept from here on; %FALSE also
 *   drops all but the last that failed
 */
void
pj_protocol_log_set_watched (PjProtocolLog *self, gboolean is_watched)
{
  g_return_if_fail (PJ_IS_PROTOCOL_LOG (self));

  if (self->is_watched == is_watched)
    return;

  self->is_watched = is_watched;
  if (is_watched)
    return;

  drop_visits (self);
  if (self->last_failure != NULL)
    push_visit (self, self->last_failure);
  g_signal_emit (self, signals[REPLACED], 0);
}

/**
 * pj_protocol_log_is_watched:
 * @self: the log
 *
 * Returns: whether every visit is kept
 */
gboolean
pj_protocol_log_is_watched (PjProtocolLog *self)
{
  g_return_val_if_fail (PJ_IS_PROTOCOL_LOG (self), FALSE);

  return self->is_watched;
}

/**
 * pj_protocol_log_dup_text:
 * @self: the log
 *
 * Returns: (transfer full): all visits with an empty line behind each, UTF-8;
 *   empty without one
 */
GBytes *
pj_protocol_log_dup_text (PjProtocolLog *self)
{
  GByteArray *text;

  g_return_val_if_fail (PJ_IS_PROTOCOL_LOG (self), NULL);

  text = g_byte_array_sized_new ((guint) self->bytes);
  for (GList *link = self->visits.head; link != NULL; link = link->next)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (link->data, &len);

      g_byte_array_append (text, bytes, (guint) len);
    }

  return g_byte_array_free_to_bytes (text);
}
