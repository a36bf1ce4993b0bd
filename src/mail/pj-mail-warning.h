/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* Codes: stable words for programs, kept in the database. */
#define PJ_MAIL_WARNING_SEVERAL_FROM "several-from"
#define PJ_MAIL_WARNING_NAME_HAS_ADDRESS "name-has-address"
#define PJ_MAIL_WARNING_UNCLEAR_FROM "unclear-from"
#define PJ_MAIL_WARNING_TEXT_CUT "text-cut"
#define PJ_MAIL_WARNING_BROKEN "broken"
#define PJ_MAIL_WARNING_LINK_MISMATCH "link-mismatch"
#define PJ_MAIL_WARNING_LINK_LOOK_ALIKE "link-look-alike"
#define PJ_MAIL_WARNING_LINK_OBSCURED "link-obscured"
#define PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT "dangerous-attachment"

const char   *pj_mail_warning_get_text (const char *code);
PjMailWarning pj_mail_warning_make (const char *code, const char *reason);

G_END_DECLS
