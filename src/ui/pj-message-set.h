/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-message.h"

G_BEGIN_DECLS

typedef struct _PjMessageSet PjMessageSet;

PjMessageSet *pj_message_set_new (void);
void          pj_message_set_free (PjMessageSet *self);
void          pj_message_set_fill (PjMessageSet *self, GPtrArray *messages);
guint         pj_message_set_get_size (PjMessageSet *self);
gboolean      pj_message_set_contains (PjMessageSet *self, PjMessage *message);
gboolean      pj_message_set_is_same (PjMessage *one, PjMessage *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMessageSet, pj_message_set_free)

G_END_DECLS
