/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-problem.h"

G_BEGIN_DECLS

const char *pj_problem_words_title (PjProblemCode code);
const char *pj_problem_words_remedy (PjProblemCode code);

G_END_DECLS
