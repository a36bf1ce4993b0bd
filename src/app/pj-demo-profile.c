/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-demo-profile.h"

#include "account/pj-account-file.h"

/* The demonstration serves this machine alone, and its certificate says so. */
#define SERVER "localhost"

static PjAccount *
make_account (const char *name, const PjDemoAccess *access)
{
  PjAccount *account = pj_account_new (NULL);

  g_object_set (account, "name", name, "server", SERVER, "port", (guint) access->tls_port,
                "security", PJ_SECURITY_TLS, "user", name, "ca-file", access->ca_file, "interval-s",
                PJ_ACCOUNT_MIN_INTERVAL_S, NULL);

  return account;
}

/**
 * pj_demo_profile_make_service:
 * @profile: a throw-away profile
 * @access: how to reach the server; copied
 * @error: return location; %PJ_PROBLEM_INTERNAL
 *
 * Makes the service of a demonstration: one account for each mailbox, the
 * passwords in memory only. The user's own accounts and passwords are not
 * touched. Main thread.
 *
 * Returns: (transfer full): the service, not loaded yet
 */
PjService *
pj_demo_profile_make_service (PjProfile *profile, const PjDemoAccess *access, GError **error)
{
  g_autoptr (PjSecretStore) secrets = pj_secret_store_new_memory ();
  g_autoptr (PjClock) clock = pj_clock_new_system ();

  g_return_val_if_fail (PJ_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (pj_profile_is_throw_away (profile), NULL);
  g_return_val_if_fail (access != NULL, NULL);

  for (guint i = 0; i < access->n_mailboxes; i++)
    {
      const PjDemoMailbox *mailbox = &access->mailboxes[i];
      g_autoptr (PjAccount) account = make_account (mailbox->name, access);
      g_autoptr (PjSecret) secret = pj_secret_new (mailbox->password);

      if (!pj_account_file_put (pj_profile_get_account_file (profile), account, NULL, error))
        return NULL;
      pj_secret_store_keep_in_memory (secrets, account, secret);
    }

  return pj_service_new (profile, secrets, clock, error);
}
