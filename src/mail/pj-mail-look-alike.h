/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean    pj_mail_look_alike_is_pair (const char *a, const char *b);
gboolean    pj_mail_look_alike_is_homograph (const char *ascii);
char       *pj_mail_look_alike_dup_look (const char *ascii);
const char *pj_mail_look_alike_find_imitated (const char *ascii);

G_END_DECLS
