/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-error-words.h"

#include "app/pj-problem-words.h"

/**
 * pj_error_words_get_code:
 * @error: an error of the account or app layer
 *
 * Returns: what kind of problem it is; %PJ_PROBLEM_INTERNAL for an error
 *   that is none of %PJ_PROBLEM_ERROR
 */
PjProblemCode
pj_error_words_get_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, PJ_PROBLEM_INTERNAL);

  return error->domain == PJ_PROBLEM_ERROR ? (PjProblemCode) error->code : PJ_PROBLEM_INTERNAL;
}

/**
 * pj_error_words_dup_advice:
 * @error: an error of the account or app layer
 *
 * Returns: (transfer full): what to do about it, and what exactly happened
 */
char *
pj_error_words_dup_advice (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return g_strdup_printf ("%s\n%s", pj_problem_words_remedy (pj_error_words_get_code (error)),
                          error->message);
}
