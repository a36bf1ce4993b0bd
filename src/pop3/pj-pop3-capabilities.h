/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjPop3Capabilities PjPop3Capabilities;

PjPop3Capabilities *pj_pop3_capabilities_new (void);
PjPop3Capabilities *pj_pop3_capabilities_copy (const PjPop3Capabilities *self);
void                pj_pop3_capabilities_free (PjPop3Capabilities *self);
gboolean            pj_pop3_capabilities_add_line (PjPop3Capabilities *self, const char *line);
gboolean            pj_pop3_capabilities_is_empty (const PjPop3Capabilities *self);
gboolean            pj_pop3_capabilities_has (const PjPop3Capabilities *self, const char *name);
gboolean pj_pop3_capabilities_has_sasl (const PjPop3Capabilities *self, const char *mechanism);
gboolean pj_pop3_capabilities_expire_at_once (const PjPop3Capabilities *self);
guint    pj_pop3_capabilities_get_login_delay_s (const PjPop3Capabilities *self);
char    *pj_pop3_capabilities_to_string (const PjPop3Capabilities *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Capabilities, pj_pop3_capabilities_free)

G_END_DECLS
