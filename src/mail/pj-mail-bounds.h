/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For each colon of an address list GMime may open a group within a group and
 * call itself. A thread's stack bears some ten thousand of them; people write one. */
#define PJ_MAIL_MAX_COLONS 1000

/* Each line of "--" may begin a part, which costs a kilobyte, or is compared
 * with the boundaries of every part around it: together some half a second. */
#define PJ_MAIL_MAX_DASH_LINES 50000

gboolean pj_mail_bounds_is_address_field (const char *name, gsize len);
gboolean pj_mail_bounds_has_few_colons (const char *list);
void     pj_mail_bounds_flatten_groups (char *bytes, gsize len);
gsize    pj_mail_bounds_measure_parts (const char *bytes, gsize len);

G_END_DECLS
