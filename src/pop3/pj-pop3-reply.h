/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean pj_pop3_reply_check (const char *line, gsize len, const char **text, GError **error);
gboolean pj_pop3_reply_says_later (const char *text);
gboolean pj_pop3_reply_blames_user (const char *text);

G_END_DECLS
