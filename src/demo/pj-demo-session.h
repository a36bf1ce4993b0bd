/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/pj-demo-connection.h"

G_BEGIN_DECLS

void pj_demo_session_run (PjDemoConnection *connection,
                          GPtrArray        *maildrops,
                          SSL_CTX          *stls_context,
                          GCancellable     *cancellable);

G_END_DECLS
