/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A STAT answer sizes our tables: a hostile one must not size them for us. */
#define PJ_POP3_MAX_MESSAGES 1000000

/* RFC 1939 section 7 allows 70; longer ones are in use. */
#define PJ_POP3_MAX_UID_BYTES 255

gboolean
pj_pop3_listing_parse_stat (const char *text, guint *count, guint64 *octets, GError **error);
gboolean pj_pop3_listing_parse_size (const char *row, guint count, guint *number, guint64 *octets);
gboolean pj_pop3_listing_parse_uid (const char *row, guint count, guint *number, const char **uid);

G_END_DECLS
