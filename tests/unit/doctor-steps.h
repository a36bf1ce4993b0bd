/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a doctor has found, compared in one line. */

#include "model/pj-doctor-step.h"

/* Compares the names of the steps; "!" is in front of one that failed. */
static inline void
assert_steps (GPtrArray *steps, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_nonnull (steps);
  for (guint i = 0; i < steps->len; i++)
    {
      PjDoctorStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (names, "%s%s%s", i > 0 ? " " : "", step->ok ? "" : "!", step->step);
      g_assert_cmpuint (strlen (step->text), >, 0);
      g_assert_cmpfloat (step->seconds, >=, 0);
      g_assert_true (step->ok == (step->problem == NULL));
      g_test_message ("%s: %s", step->step, step->text);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static inline void
assert_last_problem (GPtrArray *steps, PjProblemCode code)
{
  PjDoctorStep *last = g_ptr_array_index (steps, steps->len - 1);

  g_assert_cmpstr (pj_problem_code_to_string (pj_problem_get_code (last->problem)), ==,
                   pj_problem_code_to_string (code));
}
