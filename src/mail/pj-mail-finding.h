/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "model/pj-mail-context.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

void pj_mail_finding_add_header (PjMailText             *mail,
                                 const PjMailHeaderScan *scan,
                                 GMimeParserOptions     *options,
                                 PjMailContext          *context);
void pj_mail_finding_add_code (PjMailText *mail);

G_END_DECLS
