/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-demo-profile.h"

static const PjDemoMailbox mailboxes[] = { { "home", "secret-1" }, { "work", "secret-2" } };
static const PjDemoAccess served = { mailboxes, G_N_ELEMENTS (mailboxes), 10995, "/demo/ca.pem" };

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PjSecret **secret = user_data;

  *secret = pj_secret_store_lookup_finish (PJ_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_service_has_the_mailboxes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (&error);
  g_autoptr (PjService) service = NULL;
  g_autoptr (PjSecret) secret = NULL;
  g_autofree char *saved = NULL;
  PjAccount *account;

  g_assert_no_error (error);
  service = pj_demo_profile_make_service (profile, &served, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_accounts (service)), ==, 2);

  account = pj_service_find_account (service, "work");
  g_assert_nonnull (account);
  g_assert_cmpstr (pj_account_get_server (account), ==, "localhost");
  g_assert_cmpuint (pj_account_get_port (account), ==, 10995);
  g_assert_cmpint (pj_account_get_security (account), ==, PJ_SECURITY_TLS);
  g_assert_cmpstr (pj_account_get_user (account), ==, "work");
  g_assert_cmpstr (pj_account_get_ca_file (account), ==, "/demo/ca.pem");

  pj_secret_store_lookup_async (pj_service_get_secrets (service), account, NULL, on_looked_up,
                                &secret);
  while (secret == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (pj_secret_peek (secret), ==, "secret-2");

  /* No password ever lies in a file, not even one of the demonstration. */
  g_assert_true (g_file_get_contents (pj_profile_get_account_file (profile), &saved, NULL, NULL));
  g_assert_null (g_strstr_len (saved, -1, "secret-"));

  pj_service_shut_down (service);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/demo-profile/service-has-the-mailboxes", test_service_has_the_mailboxes);

  return g_test_run ();
}
