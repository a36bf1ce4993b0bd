/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/types.h>

#include "demo/pj-demo-stream.h"

G_BEGIN_DECLS

/* A base64 answer of RFC 5034 section 4 fits; commands have 255 octets at
 * most (RFC 2449 section 4). */
#define PJ_DEMO_MAX_LINE_BYTES 8192

typedef struct _PjDemoConnection PjDemoConnection;

PjDemoConnection *pj_demo_connection_new (GSocket *socket, guint timeout_s);
void              pj_demo_connection_free (PjDemoConnection *self);
void              pj_demo_connection_set_record (PjDemoConnection *self, GByteArray *record);
gboolean          pj_demo_connection_is_tls (PjDemoConnection *self);
gboolean          pj_demo_connection_has_line (PjDemoConnection *self);
gboolean pj_demo_connection_is_quiet (PjDemoConnection *self, guint ms, GCancellable *cancellable);
gboolean pj_demo_connection_start_tls (PjDemoConnection *self,
                                       SSL_CTX          *context,
                                       GCancellable     *cancellable,
                                       GError          **error);
char *
pj_demo_connection_read_line (PjDemoConnection *self, GCancellable *cancellable, GError **error);
gboolean pj_demo_connection_write (PjDemoConnection *self,
                                   const char       *bytes,
                                   gsize             len,
                                   GCancellable     *cancellable,
                                   GError          **error);
void     pj_demo_connection_end_output (PjDemoConnection *self, PjDemoClose how);
void
pj_demo_connection_wait_gone (PjDemoConnection *self, guint timeout_s, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDemoConnection, pj_demo_connection_free)

G_END_DECLS
