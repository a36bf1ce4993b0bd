/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-secret.h"
#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

gboolean pj_pop3_login (PjPop3Session  *session,
                        const char     *user,
                        const PjSecret *secret,
                        GCancellable   *cancellable,
                        GError        **error);

G_END_DECLS
