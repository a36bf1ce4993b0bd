/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preview-cache.h"

#include "ui/pj-message-set.h"

/**
 * PjPreviewCache:
 *
 * The texts of the mails that were read last, so that going back to one asks
 * no server. Holds %PJ_PREVIEW_CACHE_MAX; the one not used for longest goes
 * first. One owner, any thread.
 */
struct _PjPreviewCache
{
  GQueue entries; /* (owned) of Entry, the one used last at the head */
};

typedef struct
{
  PjMessage *message; /* (owned) */
  PjMailText *text;   /* (owned) */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->message);
  pj_mail_text_unref (entry->text);
  g_free (entry);
}

static GList *
find (PjPreviewCache *self, PjMessage *message)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (pj_message_set_is_same (entry->message, message))
        return link;
    }

  return NULL;
}

/**
 * pj_preview_cache_new:
 *
 * Returns: (transfer full): an empty cache
 */
PjPreviewCache *
pj_preview_cache_new (void)
{
  PjPreviewCache *self = g_new0 (PjPreviewCache, 1);

  g_queue_init (&self->entries);

  return self;
}

/**
 * pj_preview_cache_free:
 * @self: (transfer full): the cache
 */
void
pj_preview_cache_free (PjPreviewCache *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->entries, entry_free);
  g_free (self);
}

/**
 * pj_preview_cache_put:
 * @self: the cache
 * @message: a mail
 * @text: what it says; takes the place of what was kept of it
 */
void
pj_preview_cache_put (PjPreviewCache *self, PjMessage *message, PjMailText *text)
{
  GList *link;
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PJ_IS_MESSAGE (message) && text != NULL);

  link = find (self, message);
  if (link != NULL)
    {
      entry_free (link->data);
      g_queue_delete_link (&self->entries, link);
    }

  entry = g_new0 (Entry, 1);
  entry->message = g_object_ref (message);
  entry->text = pj_mail_text_ref (text);
  g_queue_push_head (&self->entries, entry);

  if (g_queue_get_length (&self->entries) > PJ_PREVIEW_CACHE_MAX)
    entry_free (g_queue_pop_tail (&self->entries));
}

/**
 * pj_preview_cache_get:
 * @self: the cache
 * @message: a mail, in any state
 *
 * Returns: (transfer none) (nullable): what was kept of it
 */
PjMailText *
pj_preview_cache_get (PjPreviewCache *self, PjMessage *message)
{
  GList *link;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PJ_IS_MESSAGE (message), NULL);

  link = find (self, message);
  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->entries, link);
  g_queue_push_head_link (&self->entries, link);

  return ((Entry *) link->data)->text;
}
