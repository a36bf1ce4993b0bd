/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the server and its player share; for these two files alone. */

#include <openssl/types.h>

#include "demo/pj-demo-script.h"

G_BEGIN_DECLS

/* A client in a test acts at once; a sanitizer on a busy machine may take ten
 * times as long. */
#define PJ_SCRIPT_SERVER_PATIENCE_S 20

gboolean pj_script_server_play (PjDemoScript *script,
                                guint         number,
                                GSocket      *socket,
                                SSL_CTX      *context,
                                GCancellable *cancellable,
                                GError      **error);

G_END_DECLS
