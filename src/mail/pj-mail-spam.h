/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-header-scan.h"

G_BEGIN_DECLS

char *pj_mail_spam_find_verdict (const PjMailHeaderScan *scan);

G_END_DECLS
