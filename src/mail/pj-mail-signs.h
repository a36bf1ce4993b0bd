/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "mail/pj-mail-marks.h"
#include "mail/pj-mail-sender.h"
#include "model/pj-mail-context.h"

G_BEGIN_DECLS

/**
 * PjMailSignsFacts:
 * @scan: header of the mail
 * @options: from pj_mail_gmime_options_new()
 * @sender: whom it says it is from
 * @marks: how it says it was sent
 * @context: (nullable): what is known of the mailbox
 *
 * What signs are looked for in.
 */
typedef struct
{
  const PjMailHeaderScan *scan;
  GMimeParserOptions     *options;
  const PjMailSender     *sender;
  PjMailMarks             marks;
  PjMailContext          *context;
} PjMailSignsFacts;

GPtrArray *pj_mail_signs_list (const PjMailSignsFacts *facts);

G_END_DECLS
