/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "model/pj-mail-document.h"

G_BEGIN_DECLS

/* Of one part, so many decoded bytes are looked at for its text. */
#define PJ_MAIL_MAX_PART_BYTES (4 * 1024 * 1024)

/**
 * PjMailPartKind:
 * @PJ_MAIL_PART_PLAIN: text to show as it is
 * @PJ_MAIL_PART_HTML: text to show once the mark-up is gone
 * @PJ_MAIL_PART_FILE: everything else, and text that is sent as a file
 */
typedef enum
{
  PJ_MAIL_PART_PLAIN,
  PJ_MAIL_PART_HTML,
  PJ_MAIL_PART_FILE,
} PjMailPartKind;

PjMailPartKind  pj_mail_part_get_kind (GMimePart *part);
GMimeStream    *pj_mail_part_open (GMimePart *part);
PjMailDocument *pj_mail_part_read_document (GMimePart *part, gsize max_bytes, gboolean *is_cut);
char           *pj_mail_part_dup_name (GMimePart *part);
char           *pj_mail_part_dup_type (GMimeObject *object);

G_END_DECLS
