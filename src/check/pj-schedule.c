/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-schedule.h"

/**
 * pj_schedule_next_s:
 * @interval_s: seconds between two checks as the user set them, at least 1
 * @failures: how many checks in a row have failed
 * @problem: (nullable): why the last one failed; %NULL when it did not
 *
 * Decides when to look again: after the interval, which each failure doubles
 * up to %PJ_SCHEDULE_MAX_BACK_OFF_S or the interval, whichever is longer.
 *
 * Returns: seconds from the end of the last check; %PJ_SCHEDULE_NEVER after
 *   %PJ_SCHEDULE_MAX_AUTH_FAILURES wrong passwords
 */
guint
pj_schedule_next_s (guint interval_s, guint failures, PjProblem *problem)
{
  guint longest_s = MAX (interval_s, PJ_SCHEDULE_MAX_BACK_OFF_S);
  guint wait_s = interval_s;

  if (problem == NULL)
    return interval_s;

  if (pj_problem_get_code (problem) == PJ_PROBLEM_AUTH && failures >= PJ_SCHEDULE_MAX_AUTH_FAILURES)
    return PJ_SCHEDULE_NEVER;

  /* The first failure is often the network's hiccup: no longer wait for it. */
  for (guint i = 1; i < failures && wait_s < longest_s; i++)
    wait_s *= 2;

  return MIN (wait_s, longest_s);
}
