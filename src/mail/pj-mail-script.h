/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name in the DNS has at most 255 octets; in letters of any script, four times
 * as many (RFC 1035 section 2.3.4). */
#define PJ_MAIL_SCRIPT_MAX_BYTES 1024

gboolean pj_mail_script_is_mixed (const char *name);
gboolean pj_mail_script_is_usual (const char *name);
gboolean pj_mail_script_passes_for_ascii (const char *name);
char    *pj_mail_script_dup_skeleton (const char *name);

G_END_DECLS
