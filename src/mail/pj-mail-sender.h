/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "mail/pj-mail-sign.h"

G_BEGIN_DECLS

/**
 * PjMailSender:
 * @name: decoded and cleaned display name; "" without one
 * @address: cleaned address; "" when none can be read
 * @signs: (element-type PjMailSign): what is suspicious about it
 *
 * Whom a mail says it is from.
 */
typedef struct
{
  char      *name;
  char      *address;
  GPtrArray *signs;
} PjMailSender;

PjMailSender *pj_mail_sender_new (const PjMailHeaderScan *scan, GMimeParserOptions *options);
void          pj_mail_sender_free (PjMailSender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailSender, pj_mail_sender_free)

G_END_DECLS
