/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-problem.h"

G_BEGIN_DECLS

PjProblemCode pj_error_words_get_code (const GError *error);
char         *pj_error_words_dup_advice (const GError *error);

G_END_DECLS
