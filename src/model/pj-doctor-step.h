/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/pj-problem.h"

G_BEGIN_DECLS

/**
 * PjDoctorStep:
 * @step: stable word: "names", "tcp", "tls", "certificate", "greeting",
 *   "capa", "login", "stat", "uidl" or "top"; of a server for sending
 *   "smtp-names", "smtp-tcp", "smtp-tls", "smtp-certificate",
 *   "smtp-greeting", "smtp-ehlo" or "smtp-auth"
 * @ok: whether it went well
 * @seconds: how long it took
 * @text: what was found, English, one line, cleaned
 * @problem: (nullable): what went wrong; %NULL when @ok
 */
typedef struct
{
  const char *step;
  gboolean    ok;
  double      seconds;
  char       *text;
  PjProblem  *problem;
} PjDoctorStep;

PjDoctorStep *pj_doctor_step_new (const char *step, double seconds, const char *text);
PjDoctorStep *pj_doctor_step_new_failed (const char *step, double seconds, PjProblem *problem);
void          pj_doctor_step_free (PjDoctorStep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDoctorStep, pj_doctor_step_free)

G_END_DECLS
