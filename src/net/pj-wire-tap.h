/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PJ_WIRE_SENT,
  PJ_WIRE_RECEIVED,
} PjWireDirection;

/**
 * PjWireTapFunc:
 * @direction: whose line it is
 * @line: without its end; not NUL-ended, may hold any byte but LF; no secret
 * @len: bytes in @line
 * @user_data: as given
 *
 * Hears a line of a session. Runs on the session's thread and must not block.
 *
 * Returns: whether to go on: %FALSE when the rest need not be heard
 */
typedef gboolean (*PjWireTapFunc) (PjWireDirection direction,
                                   const char     *line,
                                   gsize           len,
                                   gpointer        user_data);

typedef struct _PjWireTap PjWireTap;

PjWireTap *pj_wire_tap_new (PjWireTapFunc func, gpointer user_data);
void       pj_wire_tap_free (PjWireTap *self);
void pj_wire_tap_add_queued (PjWireTap *self, const char *bytes, gsize len, gboolean is_secret);
void pj_wire_tap_add_sent (PjWireTap *self, gsize len);
void pj_wire_tap_add_received (PjWireTap *self, const char *line, gsize len);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjWireTap, pj_wire_tap_free)

G_END_DECLS
