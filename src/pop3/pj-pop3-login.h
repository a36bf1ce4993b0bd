/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-credentials.h"
#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

gboolean pj_pop3_login (PjPop3Session           *session,
                        const PjPop3Credentials *credentials,
                        const char             **mechanism,
                        GCancellable            *cancellable,
                        GError                 **error);
gboolean pj_pop3_login_send (PjPop3Session           *session,
                             const PjPop3Credentials *credentials,
                             const char              *mechanism);
gboolean pj_pop3_login_receive (PjPop3Session           *session,
                                const PjPop3Credentials *credentials,
                                const char              *mechanism,
                                GCancellable            *cancellable,
                                GError                 **error);

G_END_DECLS
