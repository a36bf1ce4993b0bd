/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-secret-memory.h"

static PjAccount *
make_account (const char *id, const char *server, const char *user)
{
  PjAccount *account = pj_account_new (id);

  g_object_set (account, "server", server, "user", user, NULL);
  return account;
}

static void
keep (PjSecretMemory *memory, PjAccount *account, const char *password)
{
  g_autoptr (PjSecret) secret = pj_secret_new (password);

  pj_secret_memory_keep (memory, account, secret);
}

static void
assert_password (PjSecretMemory *memory, PjAccount *account, const char *expected)
{
  PjSecret *secret = pj_secret_memory_find (memory, account);

  g_assert_cmpstr (secret != NULL ? pj_secret_peek (secret) : NULL, ==, expected);
}

static void
test_keep_and_forget (void)
{
  g_autoptr (PjSecretMemory) memory = pj_secret_memory_new ();
  g_autoptr (PjAccount) account = make_account ("1", "pop.example.org", "ala");

  assert_password (memory, account, NULL);
  pj_secret_memory_forget (memory, account);
  keep (memory, account, "hunter2");
  assert_password (memory, account, "hunter2");
  keep (memory, account, "hunter3");
  assert_password (memory, account, "hunter3");
  pj_secret_memory_forget (memory, account);
  assert_password (memory, account, NULL);
}

typedef struct
{
  const char *name;
  const char *id;
  const char *server;
  const char *user;
} Other;

static const Other others[] = {
  { "id", "2", "pop.example.org", "ala" },     { "server", "1", "pop.example.net", "ala" },
  { "user", "1", "pop.example.org", "ola" },   { "no-server", "1", NULL, "ala" },
  { "no-user", "1", "pop.example.org", NULL },
};

static void
test_other (gconstpointer data)
{
  const Other *row = data;
  g_autoptr (PjSecretMemory) memory = pj_secret_memory_new ();
  g_autoptr (PjAccount) account = make_account ("1", "pop.example.org", "ala");
  g_autoptr (PjAccount) other = make_account (row->id, row->server, row->user);

  keep (memory, account, "hunter2");
  assert_password (memory, other, NULL);
  keep (memory, other, "hunter3");
  assert_password (memory, account, "hunter2");
  pj_secret_memory_forget (memory, other);
  assert_password (memory, account, "hunter2");
}

static void
test_forget_all (void)
{
  g_autoptr (PjSecretMemory) memory = pj_secret_memory_new ();
  g_autoptr (PjAccount) before = make_account ("1", "old.example.org", "ala");
  g_autoptr (PjAccount) other = make_account ("2", "pop.example.org", "ala");
  g_autoptr (PjAccount) after = make_account ("1", "pop.example.org", "ala");

  keep (memory, before, "one");
  keep (memory, other, "two");
  keep (memory, after, "three");
  pj_secret_memory_forget_all (memory, "1");
  assert_password (memory, before, NULL);
  assert_password (memory, after, NULL);
  assert_password (memory, other, "two");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/secret-memory/keeps-and-forgets", test_keep_and_forget);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strconcat ("/account/secret-memory/other-", others[i].name, NULL);

      g_test_add_data_func (path, &others[i], test_other);
    }
  g_test_add_func ("/account/secret-memory/forgets-all-of-an-account", test_forget_all);
  return g_test_run ();
}
