/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As written: a name of the DNS has at most 255 octets (RFC 1035 section 2.3.4),
 * its letters may take more. */
#define PJ_MAIL_DOMAIN_MAX_BYTES 1024

char       *pj_mail_domain_to_ascii (const char *host);
char       *pj_mail_domain_to_unicode (const char *ascii);
char       *pj_mail_domain_to_shown (const char *ascii);
gboolean    pj_mail_domain_is_number (const char *ascii);
gboolean    pj_mail_domain_is_public (const char *ascii);
gboolean    pj_mail_domain_is_mixed (const char *ascii);
gboolean    pj_mail_domain_is_same_site (const char *a, const char *b);
const char *pj_mail_domain_get_registrable (const char *ascii);

G_END_DECLS
