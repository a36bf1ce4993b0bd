/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjSendQueue PjSendQueue;

PjSendQueue  *pj_send_queue_new (void);
void          pj_send_queue_free (PjSendQueue *self);
void          pj_send_queue_add (PjSendQueue *self, gconstpointer bytes, gsize len);
const guint8 *pj_send_queue_peek (const PjSendQueue *self, gsize *len);
void          pj_send_queue_drop (PjSendQueue *self, gsize len);
gboolean      pj_send_queue_is_empty (const PjSendQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSendQueue, pj_send_queue_free)

G_END_DECLS
