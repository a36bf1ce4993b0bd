/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/pj-secret-memory.h"

/**
 * PjSecretMemory:
 *
 * Passwords until the program ends, each for one account with one user name
 * on one server, as in a keyring: an account that was changed does not send
 * the old server's password to the new one. Main thread.
 */
struct _PjSecretMemory
{
  GPtrArray *entries; /* of Entry; a handful */
};

typedef struct
{
  char *account_id;
  char *server; /* NULL in a draft, as the next */
  char *user;
  PjSecret *secret;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->account_id);
  g_free (self->server);
  g_free (self->user);
  pj_secret_unref (self->secret);
  g_free (self);
}

static gboolean
entry_is_of (gconstpointer a, gconstpointer b)
{
  const Entry *entry = a;
  PjAccount *account = (PjAccount *) b;

  return g_str_equal (entry->account_id, pj_account_get_id (account)) &&
         g_strcmp0 (entry->server, pj_account_get_server (account)) == 0 &&
         g_strcmp0 (entry->user, pj_account_get_user (account)) == 0;
}

/**
 * pj_secret_memory_new: (skip)
 *
 * Returns: (transfer full): an empty memory
 */
PjSecretMemory *
pj_secret_memory_new (void)
{
  PjSecretMemory *self = g_new0 (PjSecretMemory, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);

  return self;
}

/**
 * pj_secret_memory_free: (skip)
 * @self: (transfer full): the memory
 */
void
pj_secret_memory_free (PjSecretMemory *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * pj_secret_memory_keep: (skip)
 * @self: the memory
 * @account: whose password, by its id, server and user name
 * @secret: the password, in place of the one before
 */
void
pj_secret_memory_keep (PjSecretMemory *self, PjAccount *account, PjSecret *secret)
{
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  pj_secret_memory_forget (self, account);
  entry = g_new0 (Entry, 1);
  entry->account_id = g_strdup (pj_account_get_id (account));
  entry->server = g_strdup (pj_account_get_server (account));
  entry->user = g_strdup (pj_account_get_user (account));
  entry->secret = pj_secret_ref (secret);
  g_ptr_array_add (self->entries, entry);
}

/**
 * pj_secret_memory_find: (skip)
 * @self: the memory
 * @account: whose password, by its id, server and user name
 *
 * Returns: (transfer none) (nullable): the password
 */
PjSecret *
pj_secret_memory_find (PjSecretMemory *self, PjAccount *account)
{
  guint position;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);

  if (!g_ptr_array_find_with_equal_func (self->entries, account, entry_is_of, &position))
    return NULL;

  return ((Entry *) g_ptr_array_index (self->entries, position))->secret;
}

/**
 * pj_secret_memory_forget: (skip)
 * @self: the memory
 * @account: whose password, by its id, server and user name
 */
void
pj_secret_memory_forget (PjSecretMemory *self, PjAccount *account)
{
  guint position;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  if (g_ptr_array_find_with_equal_func (self->entries, account, entry_is_of, &position))
    g_ptr_array_remove_index (self->entries, position);
}

/**
 * pj_secret_memory_forget_all: (skip)
 * @self: the memory
 * @account_id: an account; every password of it goes, for any server and user
 */
void
pj_secret_memory_forget_all (PjSecretMemory *self, const char *account_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (account_id != NULL);

  for (guint i = self->entries->len; i > 0; i--)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (g_str_equal (entry->account_id, account_id))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
}
