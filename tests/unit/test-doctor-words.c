/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-doctor-words.h"

#include "app/pj-problem-words.h"

static const char *const steps[] = {
  "names",         "tcp",
  "tls",           "certificate",
  "greeting",      "capa",
  "login",         "stat",
  "uidl",          "top",
  "smtp-names",    "smtp-tcp",
  "smtp-tls",      "smtp-certificate",
  "smtp-greeting", "smtp-ehlo",
  "smtp-auth",
};

static void
test_every_failure (void)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (PJ_TYPE_PROBLEM_CODE);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      for (guint j = 0; j < codes->n_values; j++)
        {
          g_autoptr (PjProblem) problem =
              pj_problem_new ((PjProblemCode) codes->values[j].value, "x");
          g_autoptr (PjDoctorStep) step = pj_doctor_step_new_failed (steps[i], 0, problem);
          const char *remedy = pj_doctor_words_remedy (step);

          g_test_message ("%s %s: %s", steps[i], codes->values[j].value_nick, remedy);
          g_assert_true (g_str_has_suffix (remedy, "."));
        }
    }
}

typedef struct
{
  const char *step;
  PjProblemCode code;
  const char *hint;
} Case;

static const Case cases[] = {
  { "names", PJ_PROBLEM_NETWORK, "spelling" },
  { "tcp", PJ_PROBLEM_TIMEOUT, "995" },
  { "smtp-tcp", PJ_PROBLEM_TIMEOUT, "587" },
  { "greeting", PJ_PROBLEM_PROTOCOL, "POP3" },
  { "smtp-greeting", PJ_PROBLEM_PROTOCOL, "for sending" },
  { "smtp-greeting", PJ_PROBLEM_BUSY, "later" },
  { "login", PJ_PROBLEM_AUTH, "password" },
  { "smtp-certificate", PJ_PROBLEM_CERTIFICATE, "name of the server" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjProblem) problem = pj_problem_new (c->code, "x");
  g_autoptr (PjDoctorStep) step = pj_doctor_step_new_failed (c->step, 0, problem);

  g_assert_nonnull (strstr (pj_doctor_words_remedy (step), c->hint));
}

static void
test_well (void)
{
  g_autoptr (PjDoctorStep) step = pj_doctor_step_new ("tcp", 0, "connected");

  g_assert_null (pj_doctor_words_remedy (step));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/doctor-words/every-failure-has-a-remedy", test_every_failure);
  g_test_add_func ("/app/doctor-words/none-when-well", test_well);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/doctor-words/%s/%s", cases[i].step,
                                               pj_problem_code_to_string (cases[i].code));

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
