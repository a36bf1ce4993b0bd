/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-doctor-step.h"

G_BEGIN_DECLS

const char *pj_doctor_words_remedy (const PjDoctorStep *step);

G_END_DECLS
