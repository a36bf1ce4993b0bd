/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

#define PJ_TYPE_SIGN_LIST (pj_sign_list_get_type ())
G_DECLARE_FINAL_TYPE (PjSignList, pj_sign_list, PJ, SIGN_LIST, GtkBox)

void pj_sign_list_show (PjSignList *self, const PjMailText *mail);

G_END_DECLS
