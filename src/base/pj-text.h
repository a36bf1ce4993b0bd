/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Long enough for a reason, too short to paint a false window with. */
#define PJ_TEXT_MAX_SERVER_CHARS 200

char    *pj_text_clean_line (const char *bytes, gssize len, gsize max_chars);
char    *pj_text_clean_block (const char *bytes, gssize len, gsize max_chars);
void     pj_text_unify_line_ends (char *text);
gboolean pj_text_is_hidden_char (gunichar c);
gsize    pj_text_fit_bytes (const char *text, gsize len, gsize max_bytes);

G_END_DECLS
