/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-store-values.h"

/**
 * pj_stored_account_free:
 * @self: (transfer full) (nullable): the account
 */
void
pj_stored_account_free (PjStoredAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->account_id);
  g_clear_pointer (&self->problem, pj_problem_unref);
  g_free (self->authserv_id);
  g_free (self);
}

/**
 * pj_store_snapshot_free:
 * @self: (transfer full) (nullable): the snapshot
 */
void
pj_store_snapshot_free (PjStoreSnapshot *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->senders, pj_sender_book_unref);
  g_free (self);
}

/**
 * pj_store_changes_free:
 * @self: (transfer full) (nullable): the changes
 */
void
pj_store_changes_free (PjStoreChanges *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_clear_pointer (&self->filled, g_ptr_array_unref);
  g_clear_pointer (&self->gone_uids, g_ptr_array_unref);
  g_free (self->authserv_id);
  g_free (self);
}
