/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

char *pj_preview_words_dup_warnings (const PjMailText *mail);

G_END_DECLS
