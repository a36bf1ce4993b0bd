/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_ACCOUNT_DIALOG (pj_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PjAccountDialog, pj_account_dialog, PJ, ACCOUNT_DIALOG, AdwWindow)

GtkWidget *pj_account_dialog_new (GtkWindow *parent, PjService *service, PjAccount *account);

G_END_DECLS
