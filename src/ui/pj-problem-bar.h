/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

#define PJ_TYPE_PROBLEM_BAR (pj_problem_bar_get_type ())
G_DECLARE_FINAL_TYPE (PjProblemBar, pj_problem_bar, PJ, PROBLEM_BAR, GtkWidget)

void pj_problem_bar_set_account (PjProblemBar *self, PjAccount *account);

G_END_DECLS
