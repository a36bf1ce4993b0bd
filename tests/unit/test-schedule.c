/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-schedule.h"

#define NO_PROBLEM -1

typedef struct
{
  const char *name;
  guint interval_s;
  guint failures;
  int code; /* of the last problem, or NO_PROBLEM */
  guint expected_s;
} Case;

static const Case cases[] = {
  { "good-check-waits-the-interval", 300, 0, NO_PROBLEM, 300 },
  { "good-check-forgets-failures", 300, 7, NO_PROBLEM, 300 },
  { "shortest-interval", 60, 0, NO_PROBLEM, 60 },
  { "longest-interval", 86400, 0, NO_PROBLEM, 86400 },
  { "one-failure-waits-no-longer", 300, 1, PJ_PROBLEM_NETWORK, 300 },
  { "second-failure-doubles", 300, 2, PJ_PROBLEM_NETWORK, 600 },
  { "third-failure-doubles-again", 300, 3, PJ_PROBLEM_TIMEOUT, 1200 },
  { "fourth-failure", 300, 4, PJ_PROBLEM_BUSY, 2400 },
  { "an-hour-is-the-most", 300, 5, PJ_PROBLEM_NETWORK, 3600 },
  { "many-failures-stay-at-an-hour", 60, 4000000000, PJ_PROBLEM_NETWORK, 3600 },
  { "interval-of-an-hour-stays", 3600, 9, PJ_PROBLEM_NETWORK, 3600 },
  { "long-interval-is-not-shortened", 86400, 9, PJ_PROBLEM_TLS, 86400 },
  { "just-under-an-hour-is-cut-at-one", 3599, 2, PJ_PROBLEM_NETWORK, 3600 },
  { "one-wrong-password", 300, 1, PJ_PROBLEM_AUTH, 300 },
  { "four-wrong-passwords", 300, 4, PJ_PROBLEM_AUTH, 2400 },
  { "five-wrong-passwords-are-enough", 300, 5, PJ_PROBLEM_AUTH, PJ_SCHEDULE_NEVER },
  { "more-wrong-passwords", 300, 6, PJ_PROBLEM_AUTH, PJ_SCHEDULE_NEVER },
  { "five-turned-away-are-not", 300, 5, PJ_PROBLEM_TURNED_AWAY, 3600 },
  { "five-busy-servers-are-not", 300, 5, PJ_PROBLEM_BUSY, 3600 },
  { "locked-keyring-is-tried-again", 300, 5, PJ_PROBLEM_LOCKED_KEYRING, 3600 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjProblem) problem = NULL;

  if (c->code != NO_PROBLEM)
    problem = pj_problem_new ((PjProblemCode) c->code, "why");

  g_assert_cmpuint (pj_schedule_next_s (c->interval_s, c->failures, problem), ==, c->expected_s);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/schedule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
