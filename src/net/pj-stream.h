/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"
#include "net/pj-tls-demand.h"
#include "net/pj-tls.h"

G_BEGIN_DECLS

typedef struct _PjStream PjStream;

PjStream *pj_stream_new (GSocketConnection *connection);
void      pj_stream_free (PjStream *self);
gboolean  pj_stream_start_tls (PjStream          *self,
                               const char        *host,
                               const PjTlsDemand *demand,
                               PjDeadline         deadline,
                               GCancellable      *cancellable,
                               GError           **error);
gssize    pj_stream_try_read (PjStream *self, gpointer buffer, gsize size, GError **error);
gssize    pj_stream_try_write (PjStream *self, gconstpointer bytes, gsize len, GError **error);
gboolean  pj_stream_wait (PjStream     *self,
                          gboolean      for_write,
                          PjDeadline    deadline,
                          GCancellable *cancellable,
                          GError      **error);
PjTls    *pj_stream_get_tls (PjStream *self);
void      pj_stream_note_question (PjStream *self);
guint     pj_stream_get_round_trips (PjStream *self);
guint64   pj_stream_get_bytes_in (PjStream *self);
guint64   pj_stream_get_bytes_out (PjStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjStream, pj_stream_free)

G_END_DECLS
