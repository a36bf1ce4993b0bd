/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-account-edit.h"

#include <glib/gstdio.h>

#include "account/pj-account-file.h"
#include "service-fixture.h"

static PjAccount *
draft (const char *name)
{
  return draft_new (name, 995, PJ_SECURITY_TLS, "ann");
}

/* The names of the accounts, as the list has them. */
static void
assert_listed (ServiceFixture *fixture, const char *expected)
{
  GListModel *accounts = pj_service_get_accounts (fixture->service);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", pj_account_get_name (account));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

/* And as the file has them. */
static void
assert_saved (ServiceFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts =
      pj_account_file_load (pj_profile_get_account_file (fixture->profile), &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < accounts->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            pj_account_get_name (accounts->pdata[i]));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
assert_password (ServiceFixture *fixture, PjAccount *account, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PjSecret) secret = NULL;
  GAsyncResult *slot = NULL;

  pj_secret_store_lookup_async (fixture->secrets, account, NULL, await_ready, &slot);
  result = await_result (&slot);
  secret = pj_secret_store_lookup_finish (fixture->secrets, result, NULL);
  g_assert_cmpstr (secret != NULL ? pj_secret_peek (secret) : NULL, ==, expected);
}

static gboolean
add (ServiceFixture *fixture, PjAccount *account, GError **error)
{
  GAsyncResult *slot = NULL;

  pj_account_edit_add_async (fixture->service, account, NULL, NULL, await_ready, &slot);
  return edit_finish (&slot, error);
}

static gboolean
update (ServiceFixture *fixture,
        PjAccount *account,
        PjAccount *wanted,
        const char *password,
        GError **error)
{
  g_autoptr (PjSecret) secret = password != NULL ? pj_secret_new (password) : NULL;
  GAsyncResult *slot = NULL;

  pj_account_edit_update_async (fixture->service, account, wanted, secret, NULL, await_ready,
                                &slot);
  return edit_finish (&slot, error);
}

static gboolean
remove_account (ServiceFixture *fixture, PjAccount *account, GError **error)
{
  GAsyncResult *slot = NULL;

  pj_account_edit_remove_async (fixture->service, account, NULL, await_ready, &slot);
  return edit_finish (&slot, error);
}

static void
test_add (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");

  service_fixture_add (fixture, draft ("work"), "office");
  assert_listed (fixture, "home work");
  assert_saved (fixture, "home work");
  assert_password (fixture, home, "parrot");
  g_assert_true (pj_service_find_account (fixture->service, "home") == home);
  g_assert_true (pj_service_find_account_by_id (fixture->service, pj_account_get_id (home)) ==
                 home);
  g_assert_null (pj_service_find_account (fixture->service, "club"));
}

static void
test_update (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) again = NULL;
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
  g_autoptr (PjAccount) wanted = pj_account_new_copy (home);
  g_autoptr (GError) error = NULL;
  PjAccount *same;

  service_fixture_add (fixture, draft ("work"), "office");
  g_object_set (wanted, "name", "house", "port", 110, "security", PJ_SECURITY_STARTTLS, NULL);
  g_assert_true (update (fixture, home, wanted, "cockatoo", &error));
  g_assert_no_error (error);

  assert_listed (fixture, "house work");
  assert_saved (fixture, "house work");
  g_assert_cmpuint (pj_account_get_port (home), ==, 110);
  assert_password (fixture, home, "cockatoo");

  /* Without a password the one before stays. */
  g_object_set (wanted, "interval-s", 120, NULL);
  g_assert_true (update (fixture, home, wanted, NULL, &error));
  assert_password (fixture, home, "cockatoo");

  again = service_fixture_new_on (fixture->profile);
  same = pj_service_find_account (again->service, "house");
  g_assert_cmpstr (pj_account_get_id (same), ==, pj_account_get_id (home));
  g_assert_cmpint (pj_account_get_security (same), ==, PJ_SECURITY_STARTTLS);
  g_assert_cmpuint (pj_account_get_interval_s (same), ==, 120);
}

static void
test_update_clears_the_problem (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
  g_autoptr (PjAccount) wanted = pj_account_new_copy (home);
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_AUTH, "wrong");

  g_object_set (home, "problem", problem, NULL);
  g_assert_true (update (fixture, home, wanted, "cockatoo", NULL));
  g_assert_null (pj_account_get_problem (home));
}

typedef struct
{
  const char *property; /* (nullable): nothing is edited */
  const char *value;
  const char *password; /* (nullable) */
  gboolean stays;
} Worked;

/* Only a new way to sign in has still to be shown to work. */
static void
test_update_of_what_has_worked (void)
{
  static const Worked rows[] = {
    { NULL, NULL, NULL, TRUE },
    { "name", "house", NULL, TRUE },
    { "ca-file", "/ca.pem", NULL, TRUE },
    { NULL, NULL, "cockatoo", FALSE },
    { "user", "other", NULL, FALSE },
    { "server", "127.0.0.2", NULL, FALSE },
    { "password-command", "printf parrot", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServiceFixture) fixture = service_fixture_new ();
      PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
      g_autoptr (PjAccount) wanted = pj_account_new_copy (home);

      g_object_set (home, "has-worked", TRUE, NULL);
      if (rows[i].property != NULL)
        g_object_set (wanted, rows[i].property, rows[i].value, NULL);
      g_assert_true (update (fixture, home, wanted, rows[i].password, NULL));
      g_assert_cmpint (pj_account_has_worked (home), ==, rows[i].stays);
    }
}

static void
test_remove (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (ServiceFixture) again = NULL;
  g_autoptr (PjAccount) home = g_object_ref (service_fixture_add_demo (fixture, demo, "home"));
  PjAccount *work = service_fixture_add_demo (fixture, demo, "work");
  g_autoptr (GError) error = NULL;

  pj_check_report_free (service_check_well (fixture->service, home));
  pj_check_report_free (service_check_well (fixture->service, work));
  g_assert_true (remove_account (fixture, home, &error));
  g_assert_no_error (error);

  assert_listed (fixture, "work");
  assert_saved (fixture, "work");
  assert_password (fixture, home, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_messages (fixture->service)), ==,
                    pj_account_get_messages (work));

  again = service_fixture_new_on (fixture->profile);
  assert_listed (again, "work");
  g_assert_cmpuint (g_list_model_get_n_items (pj_service_get_messages (again->service)), ==,
                    pj_account_get_messages (work));
}

static void
assert_refused (ServiceFixture *fixture, PjAccount *account)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (add (fixture, account, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  assert_listed (fixture, "home");
  assert_saved (fixture, "home");
}

static void
test_refused (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
  g_autoptr (PjAccount) twin = draft ("home");
  g_autoptr (PjAccount) nameless = draft (NULL);
  g_autoptr (PjAccount) copy = pj_account_new_copy (home);

  assert_refused (fixture, twin);
  assert_refused (fixture, nameless);
  /* An answer that was given twice, by an impatient click. */
  assert_refused (fixture, home);
  assert_refused (fixture, copy);
}

static void
test_rename_to_a_taken_name (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *work;
  g_autoptr (PjAccount) wanted = NULL;
  g_autoptr (GError) error = NULL;

  service_fixture_add (fixture, draft ("home"), "parrot");
  work = service_fixture_add (fixture, draft ("work"), "office");
  wanted = pj_account_new_copy (work);
  g_object_set (wanted, "name", "home", NULL);
  g_assert_false (update (fixture, work, wanted, "other", &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  assert_listed (fixture, "home work");
  assert_password (fixture, work, "office");
}

/* Where the file should be is a folder that is not empty. */
static void
break_file (ServiceFixture *fixture)
{
  const char *path = pj_profile_get_account_file (fixture->profile);
  g_autofree char *below = g_build_filename (path, "full", NULL);

  g_remove (path);
  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
}

static void
test_file_cannot_be_written (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
  g_autoptr (PjAccount) work = draft ("work");
  g_autoptr (PjAccount) wanted = pj_account_new_copy (home);
  g_autoptr (GError) error = NULL;

  break_file (fixture);
  g_assert_false (add (fixture, work, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_clear_error (&error);

  g_object_set (wanted, "name", "house", NULL);
  g_assert_false (update (fixture, home, wanted, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_clear_error (&error);

  g_assert_false (remove_account (fixture, home, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);

  assert_listed (fixture, "home");
  assert_password (fixture, home, "parrot");
}

static void
test_failed_add_leaves_no_password (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) work = draft ("work");
  g_autoptr (PjSecret) secret = pj_secret_new ("office");
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  break_file (fixture);
  pj_account_edit_add_async (fixture->service, work, secret, NULL, await_ready, &slot);
  g_assert_false (edit_finish (&slot, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  assert_password (fixture, work, NULL);
}

static void
test_two_services (void)
{
  g_autoptr (ServiceFixture) window = service_fixture_new ();
  g_autoptr (ServiceFixture) command_line = service_fixture_new_on (window->profile);
  PjAccount *home = service_fixture_add (window, draft ("home"), "parrot");
  PjAccount *work = service_fixture_add (command_line, draft ("work"), "office");
  g_autoptr (PjAccount) wanted = pj_account_new_copy (home);
  g_autoptr (PjAccount) twin = draft ("work");
  g_autoptr (GError) error = NULL;

  assert_listed (window, "home");
  g_object_set (wanted, "name", "house", NULL);
  g_assert_true (update (window, home, wanted, NULL, &error));
  assert_saved (window, "house work");

  /* Not in this list, but in the file. */
  g_assert_false (add (window, twin, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  assert_listed (window, "house");

  g_assert_true (remove_account (command_line, work, NULL));
  assert_saved (window, "house");
}

static void
test_asked_twice (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAccount) home = draft ("home");
  GAsyncResult *slots[2] = { NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    pj_account_edit_add_async (fixture->service, home, NULL, NULL, await_ready, &slots[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_true (edit_finish (&slots[i], NULL));

  assert_listed (fixture, "home");
  assert_saved (fixture, "home");
}

static void
test_cancelled (void)
{
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *home = service_fixture_add (fixture, draft ("home"), "parrot");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  g_cancellable_cancel (cancellable);
  pj_account_edit_remove_async (fixture->service, home, cancellable, await_ready, &slot);
  g_assert_false (edit_finish (&slot, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_listed (fixture, "home");
  assert_saved (fixture, "home");
  assert_password (fixture, home, "parrot");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/account-edit/add", test_add);
  g_test_add_func ("/app/account-edit/update", test_update);
  g_test_add_func ("/app/account-edit/update-clears-the-problem", test_update_clears_the_problem);
  g_test_add_func ("/app/account-edit/update-of-what-has-worked", test_update_of_what_has_worked);
  g_test_add_func ("/app/account-edit/remove", test_remove);
  g_test_add_func ("/app/account-edit/refused", test_refused);
  g_test_add_func ("/app/account-edit/rename-to-a-taken-name", test_rename_to_a_taken_name);
  g_test_add_func ("/app/account-edit/file-cannot-be-written", test_file_cannot_be_written);
  g_test_add_func ("/app/account-edit/failed-add-leaves-no-password",
                   test_failed_add_leaves_no_password);
  g_test_add_func ("/app/account-edit/two-services-keep-each-other-s-accounts", test_two_services);
  g_test_add_func ("/app/account-edit/asked-twice-is-listed-once", test_asked_twice);
  g_test_add_func ("/app/account-edit/cancelled-removes-nothing", test_cancelled);

  return g_test_run ();
}
