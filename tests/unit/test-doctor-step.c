/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-doctor-step.h"

static void
test_good (void)
{
  g_autoptr (PjDoctorStep) step = pj_doctor_step_new ("capa", 0.25, "TOP\r\nUIDL");

  g_assert_cmpstr (step->step, ==, "capa");
  g_assert_true (step->ok);
  g_assert_cmpfloat (step->seconds, ==, 0.25);
  g_assert_cmpstr (step->text, ==, "TOP UIDL");
  g_assert_null (step->problem);
  pj_doctor_step_free (NULL);
}

static void
test_failed (void)
{
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_TLS, "no shared cipher");
  g_autoptr (PjDoctorStep) step = pj_doctor_step_new_failed ("tls", 1.5, problem);

  g_assert_false (step->ok);
  g_assert_cmpstr (step->text, ==, "no shared cipher");
  g_assert_true (step->problem == problem);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/doctor-step/good-step-tells-what-was-found", test_good);
  g_test_add_func ("/model/doctor-step/failed-step-has-its-problem", test_failed);
  return g_test_run ();
}
