/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-sasl-client.h"
#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

char    *pj_pop3_sasl_dup_command (PjPop3SaslClient *client,
                                   char            **pending,
                                   PjDeadline        deadline,
                                   GCancellable     *cancellable,
                                   GError          **error);
gboolean pj_pop3_sasl_authenticate (PjPop3Session    *session,
                                    PjPop3SaslClient *client,
                                    GCancellable     *cancellable,
                                    GError          **error);

G_END_DECLS
