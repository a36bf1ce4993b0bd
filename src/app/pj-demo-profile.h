/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "base/pj-demo-access.h"

G_BEGIN_DECLS

PjService *
pj_demo_profile_make_service (PjProfile *profile, const PjDemoAccess *access, GError **error);

G_END_DECLS
