/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-sign-in.h"

#include "pop3/pj-pop3-mechanism.h"

/*
 * The ways to sign in that an account can be kept to, for those who let the
 * user choose one.
 */

/**
 * pj_sign_in_list_mechanisms:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all, the
 *   strongest first, as an account has them
 */
char **
pj_sign_in_list_mechanisms (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const PjPop3Mechanism *each;

  for (guint i = 0; (each = pj_pop3_mechanism_get (i)) != NULL; i++)
    g_strv_builder_add (names, each->name);

  return g_strv_builder_end (names);
}

/**
 * pj_sign_in_find_mechanism:
 * @name: in upper or lower case
 *
 * Returns: (transfer none) (nullable): its name as an account has it; %NULL
 *   when it is not one of ours
 */
const char *
pj_sign_in_find_mechanism (const char *name)
{
  const PjPop3Mechanism *found;

  g_return_val_if_fail (name != NULL, NULL);

  found = pj_pop3_mechanism_find (name);
  return found != NULL ? found->name : NULL;
}
