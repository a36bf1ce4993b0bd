/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

const char *pj_attachment_words_get_name (const PjMailAttachment *attachment);
char       *pj_attachment_words_dup_size (const PjMailAttachment *attachment, guint body_lines);
char       *pj_attachment_words_dup_type (const PjMailAttachment *attachment);
char       *pj_attachment_words_dup_dangers (const PjMailAttachment *attachment);
char       *pj_attachment_words_dup_save_name (const PjMailAttachment *attachment);

G_END_DECLS
