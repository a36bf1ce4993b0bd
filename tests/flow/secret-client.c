/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>

#include "account/pj-secret-store.h"

#include "../unit/test-await.h"

/*
 * One call to the secret store, for a test that wants several processes:
 *   secret-client save ID SERVER PASSWORD | lookup ID SERVER | clear ID
 * Prints the password that was found and whether it outlives the process.
 */

static int
report (PjSecretStore *store, const GError *error)
{
  if (error != NULL)
    {
      g_assert_true (error->domain == PJ_PROBLEM_ERROR);
      g_print ("error %s: %s\n", pj_problem_code_to_string ((PjProblemCode) error->code),
               error->message);
      return EXIT_FAILURE;
    }

  g_print ("%s\n", pj_secret_store_is_persistent (store) ? "persistent" : "memory");
  return EXIT_SUCCESS;
}

static void
run (PjSecretStore *store, char **words, GError **error)
{
  g_autoptr (PjAccount) account = pj_account_new (words[1]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PjSecret) secret = NULL;
  GAsyncResult *slot = NULL;

  g_object_set (account, "name", "home", "server", words[2], "user", "ala", NULL);
  if (g_str_equal (words[0], "save"))
    {
      secret = pj_secret_new (words[3]);
      pj_secret_store_save_async (store, account, secret, NULL, await_ready, &slot);
      result = await_result (&slot);
      pj_secret_store_save_finish (store, result, error);
    }
  else if (g_str_equal (words[0], "lookup"))
    {
      pj_secret_store_lookup_async (store, account, NULL, await_ready, &slot);
      result = await_result (&slot);
      secret = pj_secret_store_lookup_finish (store, result, error);
      if (secret != NULL)
        g_print ("%s\n", pj_secret_peek (secret));
    }
  else
    {
      pj_secret_store_clear_async (store, words[1], NULL, await_ready, &slot);
      result = await_result (&slot);
      pj_secret_store_clear_finish (store, result, error);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (PjSecretStore) store = pj_secret_store_new ();
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (argc < 3)
    return EXIT_FAILURE;

  run (store, argv + 1, &error);
  return report (store, error);
}
