/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-message-list.h"

/**
 * PjMessageList:
 *
 * All messages known to lie on a server, of all accounts, as a list model of
 * #PjMessage. A change of state replaces the message, so whoever shows the
 * list needs nothing but ::items-changed. Main thread.
 */
struct _PjMessageList
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *items;      /* of PjMessage */
  GHashTable *positions; /* set of PjMessage by account and UID, to place + 1 */

  /* Plain */
  gboolean is_stale; /* @positions must be built again before use */
};

static guint
message_hash (gconstpointer key)
{
  PjMessage *message = (PjMessage *) key;

  return g_str_hash (pj_message_get_account_id (message)) * 31 +
         g_str_hash (pj_message_get_uid (message));
}

static gboolean
message_equal (gconstpointer a, gconstpointer b)
{
  PjMessage *first = (PjMessage *) a;
  PjMessage *second = (PjMessage *) b;

  return g_str_equal (pj_message_get_uid (first), pj_message_get_uid (second)) &&
         g_str_equal (pj_message_get_account_id (first), pj_message_get_account_id (second));
}

static GType
get_item_type (GListModel *model)
{
  return PJ_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return PJ_MESSAGE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PjMessageList *self = PJ_MESSAGE_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PjMessageList,
                               pj_message_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
pj_message_list_finalize (GObject *object)
{
  PjMessageList *self = PJ_MESSAGE_LIST (object);

  g_clear_pointer (&self->positions, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (pj_message_list_parent_class)->finalize (object);
}

static void
pj_message_list_class_init (PjMessageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_message_list_finalize;
}

static void
pj_message_list_init (PjMessageList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->positions = g_hash_table_new (message_hash, message_equal);
}

static void
note_position (PjMessageList *self, guint position)
{
  g_hash_table_replace (self->positions, g_ptr_array_index (self->items, position),
                        GUINT_TO_POINTER (position + 1));
}

/* Returns: whether there is such a message; its place in @position. */
static gboolean
find_position (PjMessageList *self, const char *account_id, const char *uid, guint *position)
{
  g_autoptr (PjMessage) key =
      pj_message_new (&(PjMessageFields){ .account_id = account_id, .uid = uid });

  if (self->is_stale)
    {
      g_hash_table_remove_all (self->positions);
      for (guint i = 0; i < self->items->len; i++)
        note_position (self, i);
      self->is_stale = FALSE;
    }

  *position = GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, key));
  if (*position == 0)
    return FALSE;

  (*position)--;
  return TRUE;
}

/**
 * pj_message_list_new:
 *
 * Returns: (transfer full): an empty list
 */
PjMessageList *
pj_message_list_new (void)
{
  return g_object_new (PJ_TYPE_MESSAGE_LIST, NULL);
}

/**
 * pj_message_list_add:
 * @self: the list
 * @messages: (element-type PjMessage): added at the end; those that are there
 *   already are left out
 */
void
pj_message_list_add (PjMessageList *self, GPtrArray *messages)
{
  guint before;

  g_return_if_fail (PJ_IS_MESSAGE_LIST (self));
  g_return_if_fail (messages != NULL);

  before = self->items->len;
  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);
      guint position;

      if (find_position (self, pj_message_get_account_id (message), pj_message_get_uid (message),
                         &position))
        continue;

      g_ptr_array_add (self->items, g_object_ref (message));
      note_position (self, self->items->len - 1);
    }

  if (self->items->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
}

static void
remove_range (PjMessageList *self, guint start, guint length)
{
  /* The table borrows its keys from the array. */
  g_hash_table_remove_all (self->positions);
  self->is_stale = TRUE;
  g_ptr_array_remove_range (self->items, start, length);
  g_list_model_items_changed (G_LIST_MODEL (self), start, length, 0);
}

static GHashTable *
set_of (const char *const *uids)
{
  GHashTable *set;

  if (uids == NULL)
    return NULL;

  set = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; uids[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) uids[i]);

  return set;
}

/**
 * pj_message_list_remove:
 * @self: the list
 * @account_id: an account
 * @uids: (nullable): which of its messages, %NULL-ended; %NULL for all
 */
void
pj_message_list_remove (PjMessageList *self, const char *account_id, const char *const *uids)
{
  g_autoptr (GHashTable) set = NULL;
  guint length = 0;

  g_return_if_fail (PJ_IS_MESSAGE_LIST (self));
  g_return_if_fail (account_id != NULL);

  /* From the end, so that places still to come stay true; neighbours go
   * together, so that clearing a mailbox is one change. */
  set = set_of (uids);
  for (guint i = self->items->len; i > 0; i--)
    {
      PjMessage *message = g_ptr_array_index (self->items, i - 1);

      if (g_str_equal (pj_message_get_account_id (message), account_id) &&
          (set == NULL || g_hash_table_contains (set, pj_message_get_uid (message))))
        {
          length++;
          continue;
        }

      if (length > 0)
        remove_range (self, i, length);
      length = 0;
    }
  if (length > 0)
    remove_range (self, 0, length);
}

/* @message: the same one as there, or the same with its header */
static void
replace (PjMessageList *self, guint position, PjMessage *message, PjMessageState state)
{
  PjMessage *old = g_ptr_array_index (self->items, position);
  PjMessage *fresh = pj_message_new_with_state (message, state);

  g_hash_table_remove (self->positions, old);
  g_ptr_array_index (self->items, position) = fresh;
  note_position (self, position);
  g_object_unref (old);
}

/**
 * pj_message_list_fill:
 * @self: the list
 * @messages: (element-type PjMessage): take the places of those with the same
 *   UID, of which the header was not known, and their states; others are left
 *   out
 */
void
pj_message_list_fill (PjMessageList *self, GPtrArray *messages)
{
  g_return_if_fail (PJ_IS_MESSAGE_LIST (self));
  g_return_if_fail (messages != NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      PjMessage *message = g_ptr_array_index (messages, i);
      guint position;

      if (!find_position (self, pj_message_get_account_id (message), pj_message_get_uid (message),
                          &position))
        continue;

      replace (self, position, message,
               pj_message_get_state (g_ptr_array_index (self->items, position)));
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
    }
}

/**
 * pj_message_list_set_state:
 * @self: the list
 * @account_id: (nullable): an account; %NULL for all
 * @uid: (nullable): one of its messages; %NULL for all that are new
 * @state: their state from here on
 */
void
pj_message_list_set_state (PjMessageList *self,
                           const char *account_id,
                           const char *uid,
                           PjMessageState state)
{
  guint position;

  g_return_if_fail (PJ_IS_MESSAGE_LIST (self));
  g_return_if_fail (uid == NULL || account_id != NULL);

  if (uid != NULL)
    {
      if (!find_position (self, account_id, uid, &position) ||
          pj_message_get_state (g_ptr_array_index (self->items, position)) == state)
        return;

      replace (self, position, g_ptr_array_index (self->items, position), state);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
      return;
    }

  for (guint i = 0; i < self->items->len; i++)
    {
      PjMessage *message = g_ptr_array_index (self->items, i);

      if (pj_message_get_state (message) != PJ_MESSAGE_NEW ||
          (account_id != NULL && !g_str_equal (pj_message_get_account_id (message), account_id)))
        continue;

      replace (self, i, message, state);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
    }
}

/**
 * pj_message_list_find:
 * @self: the list
 * @account_id: an account
 * @uid: a UID in it
 *
 * Returns: (transfer none) (nullable): the message; %NULL when it is not there
 */
PjMessage *
pj_message_list_find (PjMessageList *self, const char *account_id, const char *uid)
{
  guint position;

  g_return_val_if_fail (PJ_IS_MESSAGE_LIST (self), NULL);
  g_return_val_if_fail (account_id != NULL && uid != NULL, NULL);

  return find_position (self, account_id, uid, &position)
             ? g_ptr_array_index (self->items, position)
             : NULL;
}

/**
 * pj_message_list_count:
 * @self: the list
 * @account_id: (nullable): an account; %NULL for all
 * @state: a state
 *
 * Returns: how many messages are in @state
 */
guint
pj_message_list_count (PjMessageList *self, const char *account_id, PjMessageState state)
{
  guint count = 0;

  g_return_val_if_fail (PJ_IS_MESSAGE_LIST (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      PjMessage *message = g_ptr_array_index (self->items, i);

      if (pj_message_get_state (message) == state &&
          (account_id == NULL || g_str_equal (pj_message_get_account_id (message), account_id)))
        count++;
    }

  return count;
}
