/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-check-result.h"

#include "base/pj-tsan.h"

G_DEFINE_BOXED_TYPE (PjCheckResult, pj_check_result, pj_check_result_ref, pj_check_result_unref)

/**
 * pj_check_result_new:
 *
 * Returns: (transfer full): an empty one, for its maker to fill
 */
PjCheckResult *
pj_check_result_new (void)
{
  PjCheckResult *self = g_new0 (PjCheckResult, 1);

  g_atomic_ref_count_init (&self->references);
  self->uids = g_ptr_array_new_with_free_func (g_free);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  self->authserv_ids = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * pj_check_result_ref:
 * @self: the result
 *
 * Returns: (transfer full): @self
 */
PjCheckResult *
pj_check_result_ref (PjCheckResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_check_result_unref:
 * @self: (transfer full): the result
 */
void
pj_check_result_unref (PjCheckResult *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_ptr_array_unref (self->uids);
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->authserv_ids);
  g_free (self);
}
