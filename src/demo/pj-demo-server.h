/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-demo-access.h"

G_BEGIN_DECLS

#define PJ_TYPE_DEMO_SERVER (pj_demo_server_get_type ())
G_DECLARE_FINAL_TYPE (PjDemoServer, pj_demo_server, PJ, DEMO_SERVER, GObject)

PjDemoServer *pj_demo_server_new (const char *dir, GError **error);
void          pj_demo_server_start_arrivals (PjDemoServer *self, guint interval_s);
guint16       pj_demo_server_get_plain_port (PjDemoServer *self);
guint16       pj_demo_server_get_tls_port (PjDemoServer *self);
const char   *pj_demo_server_get_ca_file (PjDemoServer *self);
PjDemoAccess  pj_demo_server_get_access (PjDemoServer *self);

G_END_DECLS
