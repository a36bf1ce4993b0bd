/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-send-queue.h"

#include <string.h>

/* Most sessions never queue more. */
#define FIRST_BYTES 4096

/**
 * PjSendQueue:
 *
 * Bytes that wait to be sent, first in, first out. Passwords are among them:
 * what was sent is overwritten at once, and no copy stays behind in memory
 * that growing gives up. Each byte is moved a few times at most, however
 * small the pieces are in which the network takes them. One session on one
 * thread owns it.
 */
struct _PjSendQueue
{
  guint8 *data;
  gsize size;  /* of @data */
  gsize start; /* of what waits */
  gsize end;
};

/**
 * pj_send_queue_new: (skip)
 *
 * Returns: (transfer full): an empty queue
 */
PjSendQueue *
pj_send_queue_new (void)
{
  PjSendQueue *self = g_new0 (PjSendQueue, 1);

  self->size = FIRST_BYTES;
  self->data = g_malloc0 (self->size);

  return self;
}

/**
 * pj_send_queue_free: (skip)
 * @self: (transfer full) (nullable): the queue; what waits is overwritten
 */
void
pj_send_queue_free (PjSendQueue *self)
{
  if (self == NULL)
    return;

  explicit_bzero (self->data, self->size);
  g_free (self->data);
  g_free (self);
}

/* Room for @len more bytes behind what waits. */
static void
make_room (PjSendQueue *self, gsize len)
{
  gsize waiting = self->end - self->start;
  gsize size = self->size;
  guint8 *data;

  if (self->size - self->end >= len)
    return;

  while (size - waiting < len || size < 2 * waiting)
    size *= 2;
  data = g_malloc0 (size);
  memcpy (data, self->data + self->start, waiting);
  explicit_bzero (self->data, self->size);
  g_free (self->data);
  self->data = data;
  self->size = size;
  self->start = 0;
  self->end = waiting;
}

/**
 * pj_send_queue_add:
 * @self: the queue
 * @bytes: what is to be sent; copied
 * @len: bytes
 */
void
pj_send_queue_add (PjSendQueue *self, gconstpointer bytes, gsize len)
{
  g_return_if_fail (self != NULL && (bytes != NULL || len == 0));

  if (len == 0)
    return;

  make_room (self, len);
  memcpy (self->data + self->end, bytes, len);
  self->end += len;
}

/**
 * pj_send_queue_peek:
 * @self: the queue
 * @len: (out): how many bytes wait
 *
 * Returns: (transfer none): the bytes; valid until the next add or drop
 */
const guint8 *
pj_send_queue_peek (const PjSendQueue *self, gsize *len)
{
  g_return_val_if_fail (self != NULL && len != NULL, NULL);

  *len = self->end - self->start;
  return self->data + self->start;
}

/**
 * pj_send_queue_drop:
 * @self: the queue
 * @len: bytes, no more than wait
 *
 * Forgets the first @len bytes, which are overwritten.
 */
void
pj_send_queue_drop (PjSendQueue *self, gsize len)
{
  g_return_if_fail (self != NULL && len <= self->end - self->start);

  explicit_bzero (self->data + self->start, len);
  self->start += len;
  if (self->start == self->end)
    {
      self->start = 0;
      self->end = 0;
    }
}

/**
 * pj_send_queue_is_empty:
 * @self: the queue
 *
 * Returns: whether nothing waits
 */
gboolean
pj_send_queue_is_empty (const PjSendQueue *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->start == self->end;
}
