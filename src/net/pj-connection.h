/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"
#include "net/pj-line-reader.h"
#include "net/pj-tls-demand.h"
#include "net/pj-wire-tap.h"

G_BEGIN_DECLS

typedef struct _PjConnection PjConnection;

PjConnection *pj_connection_open (const char        *host,
                                  guint16            port,
                                  const PjNetLimits *limits,
                                  GCancellable      *cancellable,
                                  GError           **error);
void          pj_connection_close (PjConnection *self);
gboolean      pj_connection_start_tls (PjConnection      *self,
                                       const PjTlsDemand *demand,
                                       GCancellable      *cancellable,
                                       GError           **error);
void          pj_connection_set_tap (PjConnection *self, PjWireTapFunc func, gpointer user_data);
const PjNetLimits *pj_connection_get_limits (PjConnection *self);
void               pj_connection_begin_limit (PjConnection *self, guint ms, const char *reason);
void               pj_connection_end_limit (PjConnection *self);
PjDeadline         pj_connection_get_deadline (PjConnection *self);
gboolean           pj_connection_is_encrypted (PjConnection *self);
void               pj_connection_queue (PjConnection *self, const char *bytes, gsize len);
void               pj_connection_queue_secret (PjConnection *self, const char *bytes, gsize len);
void               pj_connection_push (PjConnection *self);
gboolean           pj_connection_read_line (PjConnection *self,
                                            PjLine       *line,
                                            GCancellable *cancellable,
                                            GError      **error);
gboolean           pj_connection_has_input (PjConnection *self);
guint              pj_connection_get_round_trips (PjConnection *self);
guint64            pj_connection_get_bytes_in (PjConnection *self);
guint64            pj_connection_get_bytes_out (PjConnection *self);
char              *pj_connection_dup_protocol (PjConnection *self);
char              *pj_connection_dup_certificate (PjConnection *self);
GBytes            *pj_connection_dup_tls_session (PjConnection *self);
GBytes            *pj_connection_dup_channel_binding (PjConnection *self, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjConnection, pj_connection_close)

G_END_DECLS
