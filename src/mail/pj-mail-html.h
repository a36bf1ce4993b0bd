/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pj_mail_html_to_text (const char *html, gsize len, gsize max_bytes, gboolean *is_cut);

G_END_DECLS
