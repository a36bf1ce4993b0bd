/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *pj_mail_charset_get_fallback (void);
const char *pj_mail_charset_for_language (const char *language);
gboolean    pj_mail_charset_is_known (const char *charset);
char       *pj_mail_charset_to_utf8 (const char *bytes, gsize len, const char *declared);

G_END_DECLS
