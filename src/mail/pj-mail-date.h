/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-header-scan.h"

G_BEGIN_DECLS

gint64   pj_mail_date_parse (const char *raw);
gint64   pj_mail_date_read (const PjMailHeaderScan *scan, gint64 now);
gboolean pj_mail_date_is_far_off (const PjMailHeaderScan *scan, gint64 now);

G_END_DECLS
