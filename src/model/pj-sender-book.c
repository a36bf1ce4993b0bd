/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-sender-book.h"

#include <string.h>

#include "base/pj-tsan.h"

/* A name with more domains than that is "Info" or "Newsletter", and nobody's. */
#define MAX_DOMAINS_OF_NAME 64

/**
 * PjSenderBook:
 *
 * Whom there was mail from: addresses, their domains, and the names with the
 * domains that they came from. Filled by its maker, read-only as soon as it is
 * handed on; then any thread. It only grows, by pj_sender_book_grow(): who is
 * known stays known when the mail is deleted.
 */
struct _PjSenderBook
{
  gatomicrefcount references;

  /* Owned */
  GHashTable *addresses; /* of char *, lower case, to how many mails */
  GHashTable *domains;   /* likewise */
  GHashTable *names;     /* of char *, casefolded, to GPtrArray of PjSenderBookEntry */
};

static void
entry_free (gpointer data)
{
  PjSenderBookEntry *entry = data;

  g_free (entry->domain);
  g_free (entry);
}

/**
 * pj_sender_book_new:
 *
 * Returns: (transfer full): an empty one, for its maker to fill
 */
PjSenderBook *
pj_sender_book_new (void)
{
  PjSenderBook *self = g_new0 (PjSenderBook, 1);

  g_atomic_ref_count_init (&self->references);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

/**
 * pj_sender_book_ref:
 * @self: the book
 *
 * Returns: (transfer full): @self
 */
PjSenderBook *
pj_sender_book_ref (PjSenderBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_sender_book_unref:
 * @self: (transfer full): the book
 */
void
pj_sender_book_unref (PjSenderBook *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->domains);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
count (GHashTable *table, char *key, guint n)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  g_hash_table_replace (table, key, GUINT_TO_POINTER (before + n));
}

static void
count_name (PjSenderBook *self, const char *name, const char *domain, guint n)
{
  GPtrArray *entries = g_hash_table_lookup (self->names, name);
  PjSenderBookEntry *entry;

  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func (entry_free);
      g_hash_table_insert (self->names, g_strdup (name), entries);
    }

  for (guint i = 0; i < entries->len; i++)
    {
      entry = g_ptr_array_index (entries, i);
      if (g_str_equal (entry->domain, domain))
        {
          entry->mails += n;
          return;
        }
    }

  if (entries->len >= MAX_DOMAINS_OF_NAME)
    return;
  entry = g_new0 (PjSenderBookEntry, 1);
  entry->domain = g_strdup (domain);
  entry->mails = n;
  g_ptr_array_add (entries, entry);
}

/**
 * pj_sender_book_takes:
 * @message: a message
 *
 * Returns: whether its sender is written into books: there is an address, and
 *   nothing is suspicious about it, or a deceit would vouch for the next one
 */
gboolean
pj_sender_book_takes (PjMessage *message)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (message), FALSE);

  return pj_message_get_warnings (message) == NULL &&
         strchr (pj_message_get_from_address (message), '@') != NULL;
}

/**
 * pj_sender_book_add:
 * @self: a book in the making
 * @message: whose sender to write down, if pj_sender_book_takes() it
 */
void
pj_sender_book_add (PjSenderBook *self, PjMessage *message)
{
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  const char *domain;

  g_return_if_fail (self != NULL);

  if (!pj_sender_book_takes (message))
    return;

  address = g_utf8_strdown (pj_message_get_from_address (message), -1);
  name = g_utf8_casefold (pj_message_get_from_name (message), -1);
  domain = strrchr (address, '@') + 1;
  count (self->domains, g_strdup (domain), 1);
  if (*name != '\0')
    count_name (self, name, domain, 1);
  count (self->addresses, g_steal_pointer (&address), 1);
}

static void
count_all (GHashTable *table, GHashTable *other)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, other);
  while (g_hash_table_iter_next (&iter, &key, &value))
    count (table, g_strdup (key), GPOINTER_TO_UINT (value));
}

static PjSenderBook *
copy (const PjSenderBook *other)
{
  PjSenderBook *self = pj_sender_book_new ();
  GHashTableIter iter;
  gpointer name, value;

  count_all (self->addresses, other->addresses);
  count_all (self->domains, other->domains);
  g_hash_table_iter_init (&iter, other->names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      GPtrArray *entries = value;

      for (guint i = 0; i < entries->len; i++)
        {
          const PjSenderBookEntry *entry = g_ptr_array_index (entries, i);

          count_name (self, name, entry->domain, entry->mails);
        }
    }

  return self;
}

static gboolean
takes_any (GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    {
      if (pj_sender_book_takes (g_ptr_array_index (messages, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_sender_book_grow:
 * @self: (transfer full): the book
 * @messages: (element-type PjMessage): those that have come
 *
 * Adds senders. Where nobody else reads @self it is written into, otherwise
 * into a copy of it.
 *
 * Returns: (transfer full): the larger book
 */
PjSenderBook *
pj_sender_book_grow (PjSenderBook *self, GPtrArray *messages)
{
  PjSenderBook *grown = self;

  g_return_val_if_fail (self != NULL && messages != NULL, self);

  if (!takes_any (messages))
    return self;

  if (!g_atomic_ref_count_compare (&self->references, 1))
    {
      grown = copy (self);
      pj_sender_book_unref (self);
    }
  PJ_TAKE_OVER (grown);
  for (guint i = 0; i < messages->len; i++)
    pj_sender_book_add (grown, g_ptr_array_index (messages, i));

  return grown;
}

/**
 * pj_sender_book_is_empty:
 * @self: the book
 *
 * Returns: whether nobody is known
 */
gboolean
pj_sender_book_is_empty (const PjSenderBook *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_hash_table_size (self->addresses) == 0;
}

/**
 * pj_sender_book_count_address:
 * @self: the book
 * @address: an address, in any case
 *
 * Returns: how many mails came from it
 */
guint
pj_sender_book_count_address (const PjSenderBook *self, const char *address)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && address != NULL, 0);

  key = g_utf8_strdown (address, -1);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, key));
}

/**
 * pj_sender_book_count_domain:
 * @self: the book
 * @domain: what stands behind the "@" of an address, in any case
 *
 * Returns: how many mails came from addresses of it
 */
guint
pj_sender_book_count_domain (const PjSenderBook *self, const char *domain)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && domain != NULL, 0);

  key = g_utf8_strdown (domain, -1);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, key));
}

/**
 * pj_sender_book_find_name:
 * @self: the book
 * @name: display name of a sender, in any case
 *
 * Returns: (transfer none) (nullable) (element-type PjSenderBookEntry): from
 *   where there was mail under that name; %NULL when there was none
 */
const GPtrArray *
pj_sender_book_find_name (const PjSenderBook *self, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  key = g_utf8_casefold (name, -1);
  return g_hash_table_lookup (self->names, key);
}

/**
 * pj_sender_book_list_domains:
 * @self: the book
 *
 * Returns: (transfer container) (element-type utf8): each domain that there was
 *   mail from, in no order; the strings live as long as @self
 */
GPtrArray *
pj_sender_book_list_domains (const PjSenderBook *self)
{
  GPtrArray *domains;
  GHashTableIter iter;
  gpointer domain;

  g_return_val_if_fail (self != NULL, NULL);

  domains = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->domains);
  while (g_hash_table_iter_next (&iter, &domain, NULL))
    g_ptr_array_add (domains, domain);

  return domains;
}
