/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-demo-profile.h"

#include "account/pj-account-file.h"

/* The demonstration serves this machine alone, and its certificate says so. */
#define SERVER "localhost"

static PjAccount *
make_account (const PjDemoProfileMailbox *mailbox, guint16 tls_port, const char *ca_file)
{
  PjAccount *account = pj_account_new (NULL);

  g_object_set (account, "name", mailbox->name, "server", SERVER, "port", (guint) tls_port,
                "security", PJ_SECURITY_TLS, "user", mailbox->name, "ca-file", ca_file,
                "interval-s", PJ_ACCOUNT_MIN_INTERVAL_S, NULL);

  return account;
}

/**
 * pj_demo_profile_make_service:
 * @profile: a throw-away profile
 * @mailboxes: what is served
 * @n_mailboxes: how many
 * @tls_port: where on this machine
 * @ca_file: the only certificates to trust, PEM
 * @error: return location; %PJ_PROBLEM_INTERNAL
 *
 * Makes the service of a demonstration: one account for each mailbox, the
 * passwords in memory only. The user's own accounts and passwords are not
 * touched. Main thread.
 *
 * Returns: (transfer full): the service, not loaded yet
 */
PjService *
pj_demo_profile_make_service (PjProfile *profile,
                              const PjDemoProfileMailbox *mailboxes,
                              guint n_mailboxes,
                              guint16 tls_port,
                              const char *ca_file,
                              GError **error)
{
  g_autoptr (PjSecretStore) secrets = pj_secret_store_new_memory ();
  g_autoptr (PjClock) clock = pj_clock_new_system ();

  g_return_val_if_fail (PJ_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (pj_profile_is_throw_away (profile), NULL);

  for (guint i = 0; i < n_mailboxes; i++)
    {
      g_autoptr (PjAccount) account = make_account (&mailboxes[i], tls_port, ca_file);
      g_autoptr (PjSecret) secret = pj_secret_new (mailboxes[i].password);

      if (!pj_account_file_put (pj_profile_get_account_file (profile), account, NULL, error))
        return NULL;
      pj_secret_store_keep_in_memory (secrets, account, secret);
    }

  return pj_service_new (profile, secrets, clock, error);
}
