/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-security.h"
#include "demo/pj-demo-step.h"
#include "demo/pj-demo-tls.h"

G_BEGIN_DECLS

#define PJ_TYPE_DEMO_SCRIPT (pj_demo_script_get_type ())
G_DECLARE_FINAL_TYPE (PjDemoScript, pj_demo_script, PJ, DEMO_SCRIPT, GObject)

PjDemoScript      *pj_demo_script_new (const char *text, const char *path, GError **error);
PjDemoScript      *pj_demo_script_load (const char *path, GError **error);
const char        *pj_demo_script_get_path (PjDemoScript *self);
PjSecurity         pj_demo_script_get_security (PjDemoScript *self);
PjDemoCertificate  pj_demo_script_get_certificate (PjDemoScript *self);
guint              pj_demo_script_get_n_connections (PjDemoScript *self);
GPtrArray         *pj_demo_script_get_steps (PjDemoScript *self, guint connection);
const char        *pj_demo_script_get_command (PjDemoScript *self, guint connection);
const char *const *pj_demo_script_get_expectations (PjDemoScript *self, guint connection);
const char *const *pj_demo_script_get_settings (PjDemoScript *self, guint connection);

G_END_DECLS
