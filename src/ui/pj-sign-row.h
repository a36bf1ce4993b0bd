/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

#define PJ_TYPE_SIGN_ROW (pj_sign_row_get_type ())
G_DECLARE_FINAL_TYPE (PjSignRow, pj_sign_row, PJ, SIGN_ROW, GtkBox)

GtkWidget *pj_sign_row_new (const PjMailWarning *warning);

G_END_DECLS
