/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-header-scan.h"
#include "model/pj-mail-context.h"

G_BEGIN_DECLS

char *pj_mail_field_decode_text (GMimeParserOptions *options, const char *raw, gsize max_chars);
char *
pj_mail_field_decode (GMimeParserOptions *options, const PjMailRawField *field, gsize max_chars);
char               *pj_mail_field_dup_charset (const PjMailHeaderScan *scan);
GMimeParserOptions *pj_mail_field_new_options (const PjMailHeaderScan *scan,
                                               const PjMailContext    *context);

G_END_DECLS
