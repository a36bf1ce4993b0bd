/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a watched log keeps in all: a first check of a large mailbox and what
 * follows it. The last visit is kept however long it is. */
#define PJ_PROTOCOL_LOG_MAX_BYTES (2 * 1024 * 1024)

#define PJ_TYPE_PROTOCOL_LOG (pj_protocol_log_get_type ())
G_DECLARE_FINAL_TYPE (PjProtocolLog, pj_protocol_log, PJ, PROTOCOL_LOG, GObject)

PjProtocolLog *pj_protocol_log_new (void);
void           pj_protocol_log_add (PjProtocolLog *self, const char *text, gboolean has_failed);
void           pj_protocol_log_clear (PjProtocolLog *self);
void           pj_protocol_log_set_watched (PjProtocolLog *self, gboolean is_watched);
gboolean       pj_protocol_log_is_watched (PjProtocolLog *self);
GBytes        *pj_protocol_log_dup_text (PjProtocolLog *self);

G_END_DECLS
