/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-header-scan.h"

G_BEGIN_DECLS

/**
 * PjMailMarks:
 * @PJ_MAIL_MARK_LIST: went to the readers of a list: a mailing list, a newsletter
 * @PJ_MAIL_MARK_AUTOMATIC: written by a program by itself: an answer, a report
 */
typedef enum
{
  PJ_MAIL_MARK_NONE = 0,
  PJ_MAIL_MARK_LIST = 1 << 0,
  PJ_MAIL_MARK_AUTOMATIC = 1 << 1,
} PjMailMarks;

PjMailMarks pj_mail_marks_read (const PjMailHeaderScan *scan);

G_END_DECLS
