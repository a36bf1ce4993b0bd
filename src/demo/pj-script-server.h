/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/pj-demo-script.h"

G_BEGIN_DECLS

#define PJ_TYPE_SCRIPT_SERVER (pj_script_server_get_type ())
G_DECLARE_FINAL_TYPE (PjScriptServer, pj_script_server, PJ, SCRIPT_SERVER, GObject)

PjScriptServer *pj_script_server_new (PjDemoScript *script, const char *dir, GError **error);
guint16         pj_script_server_get_port (PjScriptServer *self);
const char     *pj_script_server_get_ca_file (PjScriptServer *self);
gboolean pj_script_server_finish (PjScriptServer *self, GCancellable *cancellable, GError **error);
GBytes  *pj_script_server_dup_plain (PjScriptServer *self);

G_END_DECLS
