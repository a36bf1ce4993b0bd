/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-sniff.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* Codes of PjMailAttachment.dangers: stable words for programs. */
#define PJ_MAIL_DANGER_DISGUISED "disguised"
#define PJ_MAIL_DANGER_DOUBLE_EXTENSION "double-extension"
#define PJ_MAIL_DANGER_PROGRAM "program"
#define PJ_MAIL_DANGER_SCRIPT "script"
#define PJ_MAIL_DANGER_SHORTCUT "shortcut"
#define PJ_MAIL_DANGER_MACROS "macros"
#define PJ_MAIL_DANGER_DISK_IMAGE "disk-image"
#define PJ_MAIL_DANGER_PROGRAM_INSIDE "program-inside"
#define PJ_MAIL_DANGER_ENCRYPTED_ARCHIVE "encrypted-archive"
#define PJ_MAIL_DANGER_HTML_FILE "html-file"

GPtrArray      *pj_mail_danger_find (const char          *name,
                                     const char          *other_name,
                                     const char          *type,
                                     const PjMailSniffed *sniffed);
const char     *pj_mail_danger_get_text (const char *code);
PjMailCertainty pj_mail_danger_get_certainty (const char *code);
void            pj_mail_danger_warn (PjMailText *mail);

G_END_DECLS
