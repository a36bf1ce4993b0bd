/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-plain-line.h"
#include "model/pj-mail-document.h"

G_BEGIN_DECLS

PjMailDocument *pj_mail_plain_to_document (const char       *text,
                                           PjMailPlainFormat format,
                                           gsize             max_bytes,
                                           gboolean         *is_cut);

G_END_DECLS
