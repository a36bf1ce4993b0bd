/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-header-scan.h"
#include "model/pj-mail-link.h"

G_BEGIN_DECLS

PjMailLink *pj_mail_unsubscribe_find (const PjMailHeaderScan *scan);

G_END_DECLS
