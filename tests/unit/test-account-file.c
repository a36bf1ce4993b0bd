/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-account-file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "accounts.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  test_dir_remove (fixture->dir);
}

static GPtrArray *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts = pj_account_file_load (path, &error);

  g_assert_no_error (error);
  return accounts;
}

static PjAccount *
make_account (const char *id, const char *name)
{
  PjAccount *account = pj_account_new (id);

  g_object_set (account, "name", name, "server", "pop.example.org", "user", "ala@example.org",
                NULL);
  return account;
}

static GListStore *
make_list (PjAccount *first, PjAccount *second)
{
  GListStore *list = g_list_store_new (PJ_TYPE_ACCOUNT);

  if (first != NULL)
    g_list_store_append (list, first);
  if (second != NULL)
    g_list_store_append (list, second);
  return list;
}

static void
save (const char *path, PjAccount *first, PjAccount *second)
{
  g_autoptr (GListStore) list = make_list (first, second);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_account_file_save (path, G_LIST_MODEL (list), &error));
  g_assert_no_error (error);
}

static void
write_text (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_text (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = load (fixture->path);

  g_assert_cmpuint (accounts->len, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) home = make_account ("id-1", "Dom; \"zażółć\" [x]=#");
  g_autoptr (PjAccount) work = make_account ("id-2", "work");
  g_autoptr (GPtrArray) accounts = NULL;
  PjAccount *account;
  GStatBuf status;

  g_object_set (home, "port", 1110, "security", PJ_SECURITY_NONE, "ca-file", "/etc/ssl/my ca.pem",
                "password-command", "pass show 'mail/ala \\ x'", "interval-s", 900, NULL);
  save (fixture->path, home, work);
  accounts = load (fixture->path);
  g_assert_cmpuint (accounts->len, ==, 2);

  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (pj_account_get_id (account), ==, "id-1");
  g_assert_cmpstr (pj_account_get_server (account), ==, "pop.example.org");
  g_assert_cmpuint (pj_account_get_port (account), ==, 1110);
  g_assert_cmpint (pj_account_get_security (account), ==, PJ_SECURITY_NONE);
  g_assert_cmpstr (pj_account_get_user (account), ==, "ala@example.org");
  g_assert_cmpstr (pj_account_get_ca_file (account), ==, "/etc/ssl/my ca.pem");
  g_assert_cmpstr (pj_account_get_password_command (account), ==, "pass show 'mail/ala \\ x'");
  g_assert_cmpuint (pj_account_get_interval_s (account), ==, 900);

  account = g_ptr_array_index (accounts, 1);
  g_assert_cmpstr (pj_account_get_name (account), ==, "work");
  g_assert_null (pj_account_get_ca_file (account));
  g_assert_null (pj_account_get_password_command (account));

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  PjAccount *account;

  write_text (fixture->path, "[a]\nName=x\nServer=h\nUser=u\nSecurity=StartTLS\n");
  accounts = load (fixture->path);
  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpint (pj_account_get_security (account), ==, PJ_SECURITY_STARTTLS);
  g_assert_cmpuint (pj_account_get_port (account), ==, 110);
  g_assert_cmpuint (pj_account_get_interval_s (account), ==, PJ_ACCOUNT_DEFAULT_INTERVAL_S);
}

static void
test_unknown_survives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *text = NULL;

  write_text (fixture->path, "# mine\n[a]\nName=x\nServer=h\nUser=u\nCaFile=/c\nColour=green\n"
                             "[b]\nName=y\nServer=h\nUser=u\nColour=red\n");
  accounts = load (fixture->path);
  g_object_set (g_ptr_array_index (accounts, 0), "name", "z", "ca-file", NULL, NULL);
  save (fixture->path, g_ptr_array_index (accounts, 0), NULL);

  text = read_text (fixture->path);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "Name=z"));
  g_assert_nonnull (strstr (text, "Colour=green"));
  g_assert_null (strstr (text, "CaFile"));
  g_assert_null (strstr (text, "[b]"));
  g_assert_null (strstr (text, "Colour=red"));
}

static void
test_private_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "x");
  GStatBuf status;

  write_text (fixture->path, "");
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  save (fixture->path, account, NULL);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_link_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->dir, "shared.conf", NULL);
  g_autoptr (PjAccount) account = make_account ("a", "x");
  g_autofree char *text = NULL;

  write_text (target, "");
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  save (fixture->path, account, NULL);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  text = read_text (target);
  g_assert_nonnull (strstr (text, "Name=x"));
}

static void
test_damaged_is_left_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "x");
  g_autoptr (GListStore) list = make_list (account, NULL);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autofree char *text = NULL;

  write_text (fixture->path, "[a\nName=x\n");
  g_assert_null (pj_account_file_load (fixture->path, &load_error));
  g_assert_error (load_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (load_error->message, fixture->path));

  g_assert_false (pj_account_file_save (fixture->path, G_LIST_MODEL (list), &save_error));
  g_assert_error (save_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  text = read_text (fixture->path);
  g_assert_cmpstr (text, ==, "[a\nName=x\n");
}

static void
test_invalid_is_not_saved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) nameless = make_account ("a", NULL);
  g_autoptr (PjAccount) latin = make_account ("b", "x");
  g_autoptr (GListStore) first = make_list (nameless, NULL);
  g_autoptr (GListStore) second = make_list (latin, NULL);
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;

  g_assert_false (pj_account_file_save (fixture->path, G_LIST_MODEL (first), &first_error));
  g_assert_error (first_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);

  g_object_set (latin, "ca-file", "/caf\xE9.pem", NULL);
  g_assert_false (pj_account_file_save (fixture->path, G_LIST_MODEL (second), &second_error));
  g_assert_error (second_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

typedef struct
{
  const char *name;
  const char *lines;
  const char *fault; /* in the message */
} BadEntry;

static const BadEntry bad_entries[] = {
  { "no-name", "Server=h\nUser=u", "key Name" },
  { "no-server", "Name=x\nUser=u", "key Server" },
  { "no-user", "Name=x\nServer=h", "key User" },
  { "empty-name", "Name=\nServer=h\nUser=u", "group [bad]" },
  { "port-zero", "Name=x\nServer=h\nUser=u\nPort=0", "key Port" },
  { "port-too-high", "Name=x\nServer=h\nUser=u\nPort=65536", "key Port" },
  { "port-no-number", "Name=x\nServer=h\nUser=u\nPort=pop", "key Port" },
  { "security", "Name=x\nServer=h\nUser=u\nSecurity=maybe", "key Security" },
  { "interval-too-short", "Name=x\nServer=h\nUser=u\nInterval=59", "key Interval" },
  { "interval-negative", "Name=x\nServer=h\nUser=u\nInterval=-300", "key Interval" },
  { "line-break-in-user", "Name=x\nServer=h\nUser=u\\nDELE 1", "group [bad]" },
  { "not-utf-8", "Name=caf\xE9\nServer=h\nUser=u", "key Name" },
};

static void
test_bad_entry (Fixture *fixture, gconstpointer data)
{
  const BadEntry *bad = data;
  g_autofree char *text =
      g_strdup_printf ("[good]\nName=x\nServer=h\nUser=u\n[bad]\n%s\n", bad->lines);
  g_autoptr (GError) error = NULL;

  write_text (fixture->path, text);
  g_assert_null (pj_account_file_load (fixture->path, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, "[bad]"));
  g_assert_nonnull (strstr (error->message, bad->fault));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/account/account-file/missing-file-has-no-accounts", test_missing);
  add ("/account/account-file/accounts-come-back-as-they-were", test_round_trip);
  add ("/account/account-file/missing-keys-have-defaults", test_defaults);
  add ("/account/account-file/unknown-keys-survive-and-removed-accounts-go", test_unknown_survives);
  add ("/account/account-file/open-file-is-private-again", test_private_again);
  add ("/account/account-file/link-stays-a-link", test_link_stays);
  add ("/account/account-file/damaged-file-is-left-alone", test_damaged_is_left_alone);
  add ("/account/account-file/invalid-account-is-not-saved", test_invalid_is_not_saved);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_entries); i++)
    {
      g_autofree char *path =
          g_strconcat ("/account/account-file/bad-entry-is-named/", bad_entries[i].name, NULL);

      g_test_add (path, Fixture, &bad_entries[i], set_up, test_bad_entry, tear_down);
    }
  return g_test_run ();
}
