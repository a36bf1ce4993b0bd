/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

const char *pj_sign_words_get_certainty (PjMailCertainty certainty);
char       *pj_sign_words_dup_why (const PjMailWarning *warning);

G_END_DECLS
