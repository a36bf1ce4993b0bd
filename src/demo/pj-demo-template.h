/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GString *pj_demo_template_fill (const char *text, gsize len, const char *id, gint64 now_s);

G_END_DECLS
