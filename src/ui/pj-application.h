/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_APPLICATION (pj_application_get_type ())
G_DECLARE_FINAL_TYPE (PjApplication, pj_application, PJ, APPLICATION, AdwApplication)

/**
 * PjApplicationMake:
 * @user_data: what pj_application_new() was given
 * @error: return location; %PJ_PROBLEM_ERROR
 *
 * Makes the service that the program shows.
 *
 * Returns: (transfer full): the service, not loaded yet
 */
typedef PjService *(*PjApplicationMake) (gpointer user_data, GError **error);

PjApplication *pj_application_new (PjApplicationMake make, gpointer user_data, gboolean is_alone);

G_END_DECLS
