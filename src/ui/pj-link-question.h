/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

GtkWindow *pj_link_question_new (GtkWindow *parent, PjMailLink *link);

G_END_DECLS
