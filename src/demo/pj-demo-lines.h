/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *pj_demo_lines_to_crlf (const char *bytes, gsize len);
void    pj_demo_lines_append_stuffed (GString *out, const char *bytes, gsize len);
gsize   pj_demo_lines_get_top_len (const char *bytes, gsize len, guint64 body_lines);

G_END_DECLS
