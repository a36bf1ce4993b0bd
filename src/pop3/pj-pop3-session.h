/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-security.h"
#include "net/pj-connection.h"
#include "pop3/pj-pop3-capabilities.h"

G_BEGIN_DECLS

/**
 * PjPop3Shape:
 * @PJ_POP3_SINGLE: the answer is one line
 * @PJ_POP3_MULTI: a +OK is followed by lines up to a single dot
 *
 * The shape of an answer (RFC 1939 section 3).
 */
typedef enum
{
  PJ_POP3_SINGLE,
  PJ_POP3_MULTI,
} PjPop3Shape;

typedef struct _PjPop3Session PjPop3Session;

PjPop3Session *pj_pop3_session_new (PjConnection *connection, PjSecurity security);
void           pj_pop3_session_free (PjPop3Session *self);
gboolean pj_pop3_session_greet (PjPop3Session *self, GCancellable *cancellable, GError **error);
gboolean
pj_pop3_session_ask_capabilities (PjPop3Session *self, GCancellable *cancellable, GError **error);
gboolean pj_pop3_session_start_tls (PjPop3Session     *self,
                                    const PjTlsDemand *demand,
                                    GCancellable      *cancellable,
                                    GError           **error);
gboolean pj_pop3_session_quit (PjPop3Session *self, GCancellable *cancellable, GError **error);
void     pj_pop3_session_send (PjPop3Session *self, PjPop3Shape shape, const char *command);
void     pj_pop3_session_send_secret (PjPop3Session *self, char *command);
gboolean pj_pop3_session_receive (PjPop3Session *self,
                                  char         **text,
                                  GCancellable  *cancellable,
                                  GError       **error);
gboolean pj_pop3_session_receive_line (
    PjPop3Session *self, PjLine *line, gboolean *is_end, GCancellable *cancellable, GError **error);
gboolean pj_pop3_session_receive_row (PjPop3Session *self,
                                      const char   **row,
                                      GCancellable  *cancellable,
                                      GError       **error);
gboolean pj_pop3_session_receive_challenge (PjPop3Session *self,
                                            char         **challenge,
                                            GCancellable  *cancellable,
                                            GError       **error);
gboolean pj_pop3_session_call (PjPop3Session *self,
                               const char    *command,
                               char         **text,
                               GCancellable  *cancellable,
                               GError       **error);
gboolean pj_pop3_session_is_usable (const PjPop3Session *self);
void     pj_pop3_session_set_sequential (PjPop3Session *self);
gboolean pj_pop3_session_is_pipelining (const PjPop3Session *self);
gboolean pj_pop3_session_has_pipelined (const PjPop3Session *self);
void pj_pop3_session_adopt_capabilities (PjPop3Session *self, const PjPop3Capabilities *remembered);
void pj_pop3_session_leave (PjPop3Session *self);
gboolean                  pj_pop3_session_receive_capabilities (PjPop3Session *self,
                                                                GCancellable  *cancellable,
                                                                GError       **error);
PjSecurity                pj_pop3_session_get_security (const PjPop3Session *self);
const char               *pj_pop3_session_get_greeting (const PjPop3Session *self);
const PjPop3Capabilities *pj_pop3_session_get_capabilities (const PjPop3Session *self);
PjConnection             *pj_pop3_session_get_connection (const PjPop3Session *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Session, pj_pop3_session_free)

G_END_DECLS
