/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-wire-tap.h"

G_BEGIN_DECLS

/* So much is kept of one session: the first checks of large mailboxes and
 * whole mails are longer, and what goes wrong shows at the beginning. */
#define PJ_SESSION_LOG_MAX_BYTES (1024 * 1024)

/* And so much where every session is taken down and few are wanted: greeting,
 * login and what comes first after it. */
#define PJ_SESSION_LOG_SHORT_BYTES (64 * 1024)

typedef struct _PjSessionLog PjSessionLog;

PjSessionLog *pj_session_log_new (void);
PjSessionLog *pj_session_log_new_short (void);
PjSessionLog *pj_session_log_ref (PjSessionLog *self);
void          pj_session_log_unref (PjSessionLog *self);
void          pj_session_log_begin (
             PjSessionLog *self, const char *host, guint16 port, const char *protocol, gint64 now_s);
gboolean
pj_session_log_hear (PjWireDirection direction, const char *line, gsize len, gpointer user_data);
void        pj_session_log_note (PjSessionLog *self, const char *text);
const char *pj_session_log_get_text (const PjSessionLog *self);
gboolean    pj_session_log_has_session (const PjSessionLog *self);
gboolean    pj_session_log_try_file (const char *path, GError **error);
gboolean    pj_session_log_save (const PjSessionLog *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSessionLog, pj_session_log_unref)

G_END_DECLS
