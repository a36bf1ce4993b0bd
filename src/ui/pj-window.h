/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_WINDOW (pj_window_get_type ())
G_DECLARE_FINAL_TYPE (PjWindow, pj_window, PJ, WINDOW, AdwApplicationWindow)

GtkWidget *pj_window_new (GtkApplication *application, PjService *service);
GtkWidget *pj_window_new_for_fault (GtkApplication *application, const GError *error);
void       pj_window_show_message (PjWindow *self, const char *account_id, const char *uid);
void       pj_window_show_mailboxes (PjWindow *self);
void       pj_window_show_fault (PjWindow *self, const GError *error);

G_END_DECLS
