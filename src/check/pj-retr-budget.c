/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-retr-budget.h"

/**
 * pj_retr_budget_choose:
 * @survey: what is in the mailbox
 * @numbers: (element-type guint): numbers of messages in it, ascending, whose
 *   headers are wanted and can be had by RETR alone
 *
 * Decides which of them are worth their data in one check: those up to
 * %PJ_RETR_BUDGET_MAX_HEAD_OCTETS, the newest first, until together they come
 * to %PJ_RETR_BUDGET_MAX_CHECK_OCTETS. One whose size the server does not tell
 * may be of any size, and is none of them.
 *
 * Returns: (transfer full) (element-type guint): their places in @numbers,
 *   ascending
 */
GArray *
pj_retr_budget_choose (const PjPop3Survey *survey, const GArray *numbers)
{
  g_autoptr (GArray) newest_first = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 left = PJ_RETR_BUDGET_MAX_CHECK_OCTETS;

  g_return_val_if_fail (survey != NULL && numbers != NULL, places);

  for (guint i = numbers->len; i > 0; i--)
    {
      const guint place = i - 1;
      const guint number = g_array_index (numbers, guint, place);
      const guint64 octets = g_array_index (survey->entries, PjPop3Entry, number - 1).octets;
      const guint64 cost = MAX (octets, PJ_RETR_BUDGET_MIN_OCTETS);

      if (octets == 0 || octets > PJ_RETR_BUDGET_MAX_HEAD_OCTETS)
        continue;
      if (cost > left)
        break;

      left -= cost;
      g_array_append_val (newest_first, place);
    }

  for (guint i = newest_first->len; i > 0; i--)
    g_array_append_val (places, g_array_index (newest_first, guint, i - 1));

  return places;
}
