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
  g_clear_pointer (&self->senders, pj_sender_book_unref);
  if (self->memo != 0 && self->free_memo != NULL)
    self->free_memo ((gpointer) self->memo);
  g_free (self);
}

/**
 * pj_mail_context_count_address:
 * @self: the context
 * @address: an address, in any case
 *
 * Returns: how many mails there were from it beside the one that is judged
 */
guint
pj_mail_context_count_address (const PjMailContext *self, const char *address)
{
  guint n;

  g_return_val_if_fail (self != NULL && address != NULL, 0);

  n = self->senders != NULL ? pj_sender_book_count_address (self->senders, address) : 0;
  return self->is_listed && n > 0 ? n - 1 : n;
}

/**
 * pj_mail_context_get_memo:
 * @self: the context
 * @make: makes what is to be kept from @self; never %NULL
 * @free_memo: (nullable): frees it
 *
 * Keeps one thing that is dear to work out for as long as the context lives.
 * There is room for one: all callers name the same functions. Any thread.
 *
 * Returns: (transfer none): what @make has returned the first time
 */
gpointer
pj_mail_context_get_memo (PjMailContext *self, PjMailContextMemoFunc make, GDestroyNotify free_memo)
{
  g_return_val_if_fail (self != NULL && make != NULL, NULL);

  if (g_once_init_enter (&self->memo))
    {
      gpointer memo = make (self);

      self->free_memo = free_memo;
      PJ_HAND_OVER (self);
      g_once_init_leave (&self->memo, (gsize) memo);
    }
  PJ_TAKE_OVER (self);

  return (gpointer) self->memo;
}
