/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-doctor-step.h"

#include "base/pj-text.h"

/* A step tells more than a reason does: capabilities, names of issuers. */
#define MAX_TEXT_CHARS 500

/**
 * pj_doctor_step_new:
 * @step: (transfer none): a literal
 * @seconds: how long it took
 * @text: what was found; cleaned here
 *
 * Returns: (transfer full): a step that went well
 */
PjDoctorStep *
pj_doctor_step_new (const char *step, double seconds, const char *text)
{
  PjDoctorStep *self;

  g_return_val_if_fail (step != NULL && text != NULL, NULL);

  self = g_new0 (PjDoctorStep, 1);
  self->step = step;
  self->ok = TRUE;
  self->seconds = seconds;
  self->text = pj_text_clean_line (text, -1, MAX_TEXT_CHARS);

  return self;
}

/**
 * pj_doctor_step_new_failed:
 * @step: (transfer none): a literal
 * @seconds: how long it took
 * @problem: why it failed
 *
 * Returns: (transfer full): a step that failed
 */
PjDoctorStep *
pj_doctor_step_new_failed (const char *step, double seconds, PjProblem *problem)
{
  PjDoctorStep *self;

  g_return_val_if_fail (step != NULL && problem != NULL, NULL);

  self = pj_doctor_step_new (step, seconds, pj_problem_get_detail (problem));
  self->ok = FALSE;
  self->problem = pj_problem_ref (problem);

  return self;
}

/**
 * pj_doctor_step_free:
 * @self: (transfer full) (nullable): the step
 */
void
pj_doctor_step_free (PjDoctorStep *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_clear_pointer (&self->problem, pj_problem_unref);
  g_free (self);
}
