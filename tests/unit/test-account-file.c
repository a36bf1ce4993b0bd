/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-account-file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "path-fixture.h"

#define PIN                                                                                        \
  "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:"  \
  "EF"

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

static void
put (const char *path, PjAccount *account)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_account_file_put (path, account, NULL, &error));
  g_assert_no_error (error);
}

static void
put_named (const char *path, const char *id, const char *name)
{
  g_autoptr (PjAccount) account = make_account (id, name);

  put (path, account);
}

static void
remove_account (const char *path, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_account_file_remove (path, id, NULL, &error));
  g_assert_no_error (error);
}

/* @expected: "id=name" of each account, joined by blanks */
static void
assert_accounts (const char *path, const char *expected)
{
  g_autoptr (GPtrArray) accounts = load (path);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      PjAccount *account = g_ptr_array_index (accounts, i);

      g_string_append_printf (words, "%s%s=%s", i > 0 ? " " : "", pj_account_get_id (account),
                              pj_account_get_name (account));
    }
  g_assert_cmpstr (words->str, ==, expected);
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
test_missing (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = load (fixture->path);

  g_assert_cmpuint (accounts->len, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_round_trip (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) home = make_account ("id-1", "Dom; \"zażółć\" [x]=#");
  g_autoptr (PjAccount) work = make_account ("id-2", "work");
  g_autoptr (GPtrArray) accounts = NULL;
  PjAccount *account;
  GStatBuf status;

  g_object_set (home, "port", 1110, "security", PJ_SECURITY_NONE, "ca-file", "/etc/ssl/my ca.pem",
                "password-command", "pass show 'mail/ala \\ x'", "interval-s", 900, NULL);
  g_object_set (home, "mechanism", "EXTERNAL", "client-certificate", "/home/ala/me.pem", "pin", PIN,
                "pin-summary", "for żółw.example", "may-fetch-whole", TRUE, NULL);
  g_object_set (work, "token-command", "token 'of ala'", NULL);
  put (fixture->path, home);
  put (fixture->path, work);
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
  g_assert_cmpstr (pj_account_get_mechanism (account), ==, "EXTERNAL");
  g_assert_cmpstr (pj_account_get_client_certificate (account), ==, "/home/ala/me.pem");
  g_assert_cmpstr (pj_account_get_pin (account), ==, PIN);
  g_assert_cmpstr (pj_account_get_pin_summary (account), ==, "for żółw.example");
  g_assert_true (pj_account_may_fetch_whole (account));
  g_assert_null (pj_account_get_token_command (account));

  account = g_ptr_array_index (accounts, 1);
  g_assert_cmpstr (pj_account_get_name (account), ==, "work");
  g_assert_null (pj_account_get_ca_file (account));
  g_assert_null (pj_account_get_password_command (account));
  g_assert_null (pj_account_get_mechanism (account));
  g_assert_null (pj_account_get_pin (account));
  g_assert_cmpstr (pj_account_get_token_command (account), ==, "token 'of ala'");
  g_assert_false (pj_account_may_fetch_whole (account));

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_defaults (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  PjAccount *account;

  write_text (fixture->path, "[a]\nName=x\nServer=h\nUser=u\nSecurity=StartTLS\n");
  accounts = load (fixture->path);
  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpint (pj_account_get_security (account), ==, PJ_SECURITY_STARTTLS);
  g_assert_cmpuint (pj_account_get_port (account), ==, 110);
  g_assert_cmpuint (pj_account_get_interval_s (account), ==, PJ_ACCOUNT_DEFAULT_INTERVAL_S);
  g_assert_false (pj_account_may_fetch_whole (account));
}

static void
test_unknown_survives (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *text = NULL;

  write_text (fixture->path, "# mine\n[a]\nName=x\nServer=h\nUser=u\nCaFile=/c\nColour=green\n"
                             "[b]\nName=y\nServer=h\nUser=u\nColour=red\n");
  accounts = load (fixture->path);
  g_object_set (g_ptr_array_index (accounts, 0), "name", "z", "ca-file", NULL, NULL);
  put (fixture->path, g_ptr_array_index (accounts, 0));
  remove_account (fixture->path, "b");

  text = read_text (fixture->path);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "Name=z"));
  g_assert_nonnull (strstr (text, "Colour=green"));
  g_assert_null (strstr (text, "CaFile"));
  g_assert_null (strstr (text, "[b]"));
  g_assert_null (strstr (text, "Colour=red"));
}

static void
test_private_again (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "x");
  GStatBuf status;

  write_text (fixture->path, "");
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  put (fixture->path, account);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_link_stays (PathFixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->dir, "shared.conf", NULL);
  g_autoptr (PjAccount) account = make_account ("a", "x");
  g_autofree char *text = NULL;

  write_text (target, "");
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  put (fixture->path, account);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  text = read_text (target);
  g_assert_nonnull (strstr (text, "Name=x"));
}

static void
test_consent_is_taken_back (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "x");
  g_autofree char *given = NULL;
  g_autofree char *taken = NULL;

  g_object_set (account, "may-fetch-whole", TRUE, NULL);
  put (fixture->path, account);
  given = read_text (fixture->path);
  g_assert_nonnull (strstr (given, "FetchWhole=true"));

  g_object_set (account, "may-fetch-whole", FALSE, NULL);
  put (fixture->path, account);
  taken = read_text (fixture->path);
  g_assert_null (strstr (taken, "FetchWhole"));
}

static void
test_damaged_is_left_alone (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "x");
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) put_error = NULL;
  g_autoptr (GError) remove_error = NULL;
  g_autofree char *text = NULL;

  write_text (fixture->path, "[a\nName=x\n");
  g_assert_null (pj_account_file_load (fixture->path, &load_error));
  g_assert_error (load_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (load_error->message, fixture->path));

  g_assert_false (pj_account_file_put (fixture->path, account, NULL, &put_error));
  g_assert_error (put_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_false (pj_account_file_remove (fixture->path, "a", NULL, &remove_error));
  g_assert_error (remove_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  text = read_text (fixture->path);
  g_assert_cmpstr (text, ==, "[a\nName=x\n");
}

static void
test_invalid_is_not_saved (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) nameless = make_account ("a", NULL);
  g_autoptr (PjAccount) latin = make_account ("b", "x");
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;

  g_assert_false (pj_account_file_put (fixture->path, nameless, NULL, &first_error));
  g_assert_error (first_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);

  g_object_set (latin, "ca-file", "/caf\xE9.pem", NULL);
  g_assert_false (pj_account_file_put (fixture->path, latin, NULL, &second_error));
  g_assert_error (second_error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_others_stay (PathFixture *fixture, gconstpointer data)
{
  put_named (fixture->path, "a", "home");
  put_named (fixture->path, "b", "work");
  put_named (fixture->path, "c", "club");
  put_named (fixture->path, "b", "office");
  assert_accounts (fixture->path, "a=home b=office c=club");

  remove_account (fixture->path, "a");
  remove_account (fixture->path, "a");
  assert_accounts (fixture->path, "b=office c=club");
}

static void
test_taken_name (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) twin = make_account ("b", "home");
  g_autoptr (GError) error = NULL;

  put_named (fixture->path, "a", "home");
  g_assert_false (pj_account_file_put (fixture->path, twin, NULL, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
  g_assert_nonnull (strstr (error->message, "“home”"));
  assert_accounts (fixture->path, "a=home");

  remove_account (fixture->path, "a");
  put (fixture->path, twin);
  assert_accounts (fixture->path, "b=home");
}

#define WRITERS 4
#define ACCOUNTS_EACH 8

/* Another process: it reads nothing that this one has read. */
static pid_t
start_writer (const char *path, guint number)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid > 0)
    return pid;

  for (guint i = 0; i < ACCOUNTS_EACH; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u-%u", number, i);
      g_autoptr (PjAccount) account = make_account (id, id);

      if (!pj_account_file_put (path, account, NULL, NULL))
        _exit (EXIT_FAILURE);
    }
  /* Every second one goes again. */
  for (guint i = 0; i < ACCOUNTS_EACH; i += 2)
    {
      g_autofree char *id = g_strdup_printf ("%u-%u", number, i);

      if (!pj_account_file_remove (path, id, NULL, NULL))
        _exit (EXIT_FAILURE);
    }
  _exit (EXIT_SUCCESS);
}

static void
test_processes (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  pid_t writers[WRITERS];

  for (guint i = 0; i < WRITERS; i++)
    writers[i] = start_writer (fixture->path, i);
  for (guint i = 0; i < WRITERS; i++)
    {
      int status = 0;

      g_assert_cmpint (waitpid (writers[i], &status, 0), ==, writers[i]);
      g_assert_cmpint (status, ==, 0);
    }

  accounts = load (fixture->path);
  g_assert_cmpuint (accounts->len, ==, WRITERS * ACCOUNTS_EACH / 2);
}

static void
test_cancelled (PathFixture *fixture, gconstpointer data)
{
  g_autoptr (PjAccount) account = make_account ("a", "home");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) put_error = NULL;
  g_autoptr (GError) remove_error = NULL;

  put_named (fixture->path, "b", "work");
  g_cancellable_cancel (cancellable);
  g_assert_false (pj_account_file_put (fixture->path, account, cancellable, &put_error));
  g_assert_error (put_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (pj_account_file_remove (fixture->path, "b", cancellable, &remove_error));
  g_assert_error (remove_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_accounts (fixture->path, "b=work");
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
  { "fetch-whole-perhaps", "Name=x\nServer=h\nUser=u\nFetchWhole=perhaps", "key FetchWhole" },
  { "interval-negative", "Name=x\nServer=h\nUser=u\nInterval=-300", "key Interval" },
  { "line-break-in-user", "Name=x\nServer=h\nUser=u\\nDELE 1", "group [bad]" },
  { "not-utf-8", "Name=caf\xE9\nServer=h\nUser=u", "key Name" },
};

static void
test_bad_entry (PathFixture *fixture, gconstpointer data)
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  path_fixture_add_test ("/account/account-file/missing-file-has-no-accounts", test_missing);
  path_fixture_add_test ("/account/account-file/accounts-come-back-as-they-were", test_round_trip);
  path_fixture_add_test ("/account/account-file/missing-keys-have-defaults", test_defaults);
  path_fixture_add_test ("/account/account-file/consent-is-taken-back", test_consent_is_taken_back);
  path_fixture_add_test ("/account/account-file/unknown-keys-survive-and-removed-accounts-go",
                         test_unknown_survives);
  path_fixture_add_test ("/account/account-file/open-file-is-private-again", test_private_again);
  path_fixture_add_test ("/account/account-file/link-stays-a-link", test_link_stays);
  path_fixture_add_test ("/account/account-file/damaged-file-is-left-alone",
                         test_damaged_is_left_alone);
  path_fixture_add_test ("/account/account-file/invalid-account-is-not-saved",
                         test_invalid_is_not_saved);
  path_fixture_add_test ("/account/account-file/other-accounts-stay", test_others_stay);
  path_fixture_add_test ("/account/account-file/name-belongs-to-one-account", test_taken_name);
  path_fixture_add_test ("/account/account-file/processes-lose-nothing-of-one-another",
                         test_processes);
  path_fixture_add_test ("/account/account-file/cancelled-writes-nothing", test_cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_entries); i++)
    {
      g_autofree char *path =
          g_strconcat ("/account/account-file/bad-entry-is-named/", bad_entries[i].name, NULL);

      path_fixture_add_data_test (path, &bad_entries[i], test_bad_entry);
    }
  return g_test_run ();
}
