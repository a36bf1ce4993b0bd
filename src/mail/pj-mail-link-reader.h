/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

/* The links of newsletters, which carry a reader's trace, reach a few thousand. */
#define PJ_MAIL_LINK_MAX_BYTES 8192

PjMailLink *pj_mail_link_read (const char *target, const char *text);

G_END_DECLS
