/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough that a flood of forged mails must be most of what arrives to count. */
#define PJ_AUTHSERV_TALLY_WINDOW 20

char *pj_authserv_tally_push (const char *recent, GPtrArray *ids);
char *pj_authserv_tally_decide (const char *recent, const char *learned);

G_END_DECLS
