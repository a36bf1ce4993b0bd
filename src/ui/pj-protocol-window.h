/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_PROTOCOL_WINDOW (pj_protocol_window_get_type ())
G_DECLARE_FINAL_TYPE (PjProtocolWindow, pj_protocol_window, PJ, PROTOCOL_WINDOW, AdwWindow)

void pj_protocol_window_present (GtkWindow *parent, PjService *service, PjAccount *account);

G_END_DECLS
