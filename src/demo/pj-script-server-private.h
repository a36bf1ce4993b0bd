/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the server and its play of one connection share; for these two files
 * alone. */

#include "demo/pj-demo-connection.h"
#include "demo/pj-demo-script.h"

G_BEGIN_DECLS

/* A client in a test acts at once; a sanitizer on a busy machine may take ten
 * times as long. */
#define PJ_SCRIPT_PATIENCE_S 20

gboolean pj_script_server_play (PjDemoConnection *connection,
                                PjDemoScript     *script,
                                guint             number,
                                SSL_CTX          *context,
                                GCancellable     *stop,
                                GError          **error);

G_END_DECLS
