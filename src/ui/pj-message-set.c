/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-set.h"

/**
 * PjMessageSet:
 *
 * Mails by what identifies them, account and UID, whatever their state. So a
 * mail is found again after its object was replaced by one in another state.
 * One owner, any thread.
 */
struct _PjMessageSet
{
  GHashTable *messages; /* (owned) set of PjMessage */
};

static guint
hash (gconstpointer key)
{
  PjMessage *message = PJ_MESSAGE ((gpointer) key);

  return g_str_hash (pj_message_get_account_id (message)) * 31 +
         g_str_hash (pj_message_get_uid (message));
}

static gboolean
equal (gconstpointer one, gconstpointer other)
{
  return pj_message_set_is_same (PJ_MESSAGE ((gpointer) one), PJ_MESSAGE ((gpointer) other));
}

/**
 * pj_message_set_new:
 *
 * Returns: (transfer full): an empty set
 */
PjMessageSet *
pj_message_set_new (void)
{
  PjMessageSet *self = g_new0 (PjMessageSet, 1);

  self->messages = g_hash_table_new_full (hash, equal, g_object_unref, NULL);

  return self;
}

/**
 * pj_message_set_free:
 * @self: (transfer full): the set
 */
void
pj_message_set_free (PjMessageSet *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->messages);
  g_free (self);
}

/**
 * pj_message_set_fill:
 * @self: the set
 * @messages: (element-type PjMessage): what it holds from here on
 */
void
pj_message_set_fill (PjMessageSet *self, GPtrArray *messages)
{
  g_return_if_fail (self != NULL && messages != NULL);

  g_hash_table_remove_all (self->messages);
  for (guint i = 0; i < messages->len; i++)
    g_hash_table_add (self->messages, g_object_ref (g_ptr_array_index (messages, i)));
}

/**
 * pj_message_set_get_size:
 * @self: the set
 *
 * Returns: how many mails it holds
 */
guint
pj_message_set_get_size (PjMessageSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->messages);
}

/**
 * pj_message_set_contains:
 * @self: the set
 * @message: a mail, in any state
 *
 * Returns: whether the set holds that mail
 */
gboolean
pj_message_set_contains (PjMessageSet *self, PjMessage *message)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PJ_IS_MESSAGE (message), FALSE);

  return g_hash_table_contains (self->messages, message);
}

/**
 * pj_message_set_is_same:
 * @one: (nullable): a mail
 * @other: (nullable): a mail
 *
 * Returns: whether they are the same mail, in whatever states
 */
gboolean
pj_message_set_is_same (PjMessage *one, PjMessage *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return one == other ||
         (g_str_equal (pj_message_get_uid (one), pj_message_get_uid (other)) &&
          g_str_equal (pj_message_get_account_id (one), pj_message_get_account_id (other)));
}
