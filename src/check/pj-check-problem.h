/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-problem.h"

G_BEGIN_DECLS

GError *pj_check_problem_translate (GError *error);

G_END_DECLS
