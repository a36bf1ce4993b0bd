/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_ANNOUNCER (pj_announcer_get_type ())
G_DECLARE_FINAL_TYPE (PjAnnouncer, pj_announcer, PJ, ANNOUNCER, GObject)

PjAnnouncer *pj_announcer_new (PjService *service);

G_END_DECLS
