/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/**
 * PjDemoClose:
 * @PJ_DEMO_CLOSE_CLEAN: close_notify where there is TLS, then FIN
 * @PJ_DEMO_CLOSE_WITHOUT_NOTIFY: FIN, TLS or not
 * @PJ_DEMO_CLOSE_RESET: RST
 *
 * How a server of ours leaves.
 */
typedef enum
{
  PJ_DEMO_CLOSE_CLEAN,
  PJ_DEMO_CLOSE_WITHOUT_NOTIFY,
  PJ_DEMO_CLOSE_RESET,
} PjDemoClose;

typedef struct _PjDemoStream PjDemoStream;

PjDemoStream *pj_demo_stream_new (GSocket *socket, guint timeout_s);
void          pj_demo_stream_free (PjDemoStream *self);
void          pj_demo_stream_set_timeout (PjDemoStream *self, guint timeout_s);
gboolean      pj_demo_stream_is_tls (PjDemoStream *self);
gboolean      pj_demo_stream_is_closed (PjDemoStream *self);
gboolean      pj_demo_stream_is_quiet (PjDemoStream *self, guint ms, GCancellable *cancellable);
gboolean      pj_demo_stream_start_tls (PjDemoStream *self,
                                        SSL_CTX      *context,
                                        GCancellable *cancellable,
                                        GError      **error);
gssize        pj_demo_stream_peek (
           PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error);
gssize pj_demo_stream_read (
    PjDemoStream *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error);
gboolean pj_demo_stream_write (
    PjDemoStream *self, const char *bytes, gsize len, GCancellable *cancellable, GError **error);
void pj_demo_stream_end_output (PjDemoStream *self, PjDemoClose how);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDemoStream, pj_demo_stream_free)

G_END_DECLS
