/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-context.h"

#include "base/pj-tsan.h"

G_DEFINE_BOXED_TYPE (PjMailContext, pj_mail_context, pj_mail_context_ref, pj_mail_context_unref)

/**
 * pj_mail_context_new:
 *
 * Returns: (transfer full): one that knows nothing, for its maker to fill
 */
PjMailContext *
pj_mail_context_new (void)
{
  PjMailContext *self = g_new0 (PjMailContext, 1);

  g_atomic_ref_count_init (&self->references);
  self->senders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * pj_mail_context_ref:
 * @self: the context
 *
 * Returns: (transfer full): @self
 */
PjMailContext *
pj_mail_context_ref (PjMailContext *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_mail_context_unref:
 * @self: (transfer full): the context
 */
void
pj_mail_context_unref (PjMailContext *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self->own_address);
  g_free (self->authserv_id);
  g_free (self->fallback_charset);
  g_hash_table_unref (self->senders);
  g_free (self);
}

/**
 * pj_mail_context_add_sender:
 * @self: a context in the making
 * @address: whom there was mail from
 * @name: (nullable): by which name
 */
void
pj_mail_context_add_sender (PjMailContext *self, const char *address, const char *name)
{
  g_return_if_fail (self != NULL && address != NULL);

  g_hash_table_replace (self->senders, g_utf8_strdown (address, -1),
                        g_utf8_casefold (name != NULL ? name : "", -1));
}

/**
 * pj_mail_context_knows:
 * @self: the context
 * @address: an address, in any case
 *
 * Returns: whether there was mail from it
 */
gboolean
pj_mail_context_knows (const PjMailContext *self, const char *address)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  key = g_utf8_strdown (address, -1);
  return g_hash_table_contains (self->senders, key);
}
