/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void pj_top_keeper_attach (GtkScrolledWindow *scrolled, GListModel *model);

G_END_DECLS
