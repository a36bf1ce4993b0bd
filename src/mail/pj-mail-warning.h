/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* Codes: stable words for programs, kept in the database. */
#define PJ_MAIL_WARNING_SEVERAL_FROM "several-from"
#define PJ_MAIL_WARNING_NAME_HAS_ADDRESS "name-has-address"
#define PJ_MAIL_WARNING_UNCLEAR_FROM "unclear-from"
#define PJ_MAIL_WARNING_DMARC_FAIL "dmarc-fail"
#define PJ_MAIL_WARNING_DMARC_FAIL_LIST "dmarc-fail-list"
#define PJ_MAIL_WARNING_UNVERIFIED_BRAND "unverified-brand"
#define PJ_MAIL_WARNING_BRAND_NAME "brand-name"
#define PJ_MAIL_WARNING_KNOWN_NAME "known-name"
#define PJ_MAIL_WARNING_FIRST_TIME_SENDER "first-time-sender"
#define PJ_MAIL_WARNING_LOOK_ALIKE_DOMAIN "look-alike-domain"
#define PJ_MAIL_WARNING_MIXED_SCRIPT_DOMAIN "mixed-script-domain"
#define PJ_MAIL_WARNING_REPLY_TO_ELSEWHERE "reply-to-elsewhere"
#define PJ_MAIL_WARNING_DATE_FAR_OFF "date-far-off"
#define PJ_MAIL_WARNING_MARKED_AS_SPAM "marked-as-spam"
#define PJ_MAIL_WARNING_TEXT_CUT "text-cut"
#define PJ_MAIL_WARNING_BROKEN "broken"
#define PJ_MAIL_WARNING_LINK_MISMATCH "link-mismatch"
#define PJ_MAIL_WARNING_LINK_LOOK_ALIKE "link-look-alike"
#define PJ_MAIL_WARNING_LINK_OBSCURED "link-obscured"
#define PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT "dangerous-attachment"

const char   *pj_mail_warning_get_text (const char *code);
PjMailWarning pj_mail_warning_make (const char *code, const char *reason);

G_END_DECLS
