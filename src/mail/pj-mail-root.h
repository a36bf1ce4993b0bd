/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"

G_BEGIN_DECLS

GMimeObject *pj_mail_root_parse (const PjMailHeaderScan *scan,
                                 GMimeParserOptions     *options,
                                 const char             *body,
                                 gsize                   len);
GHashTable  *pj_mail_root_number_parts (GMimeObject *root);
GMimeObject *pj_mail_root_find_part (GMimeObject *root, guint number);

G_END_DECLS
