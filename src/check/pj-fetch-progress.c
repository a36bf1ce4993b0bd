/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-fetch-progress.h"

#include "base/pj-tsan.h"

/**
 * PjFetchProgress:
 *
 * How much of a message has come: one number that the check thread writes and
 * the main thread looks at when it likes. Nothing waits for it. Any thread.
 */
struct _PjFetchProgress
{
  gatomicrefcount references;
  gsize octets; /* atomic */
};

/**
 * pj_fetch_progress_new:
 *
 * Returns: (transfer full): one of a message of which nothing has come
 */
PjFetchProgress *
pj_fetch_progress_new (void)
{
  PjFetchProgress *self = g_new0 (PjFetchProgress, 1);

  g_atomic_ref_count_init (&self->references);

  return self;
}

/**
 * pj_fetch_progress_ref:
 * @self: the progress
 *
 * Returns: (transfer full): @self
 */
PjFetchProgress *
pj_fetch_progress_ref (PjFetchProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_fetch_progress_unref:
 * @self: (transfer full): the progress
 */
void
pj_fetch_progress_unref (PjFetchProgress *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self);
}

/**
 * pj_fetch_progress_set:
 * @self: the progress
 * @octets: bytes of the message that have come
 */
void
pj_fetch_progress_set (PjFetchProgress *self, gsize octets)
{
  g_return_if_fail (self != NULL);

  __atomic_store_n (&self->octets, octets, __ATOMIC_RELAXED);
}

/**
 * pj_fetch_progress_get:
 * @self: the progress
 *
 * Returns: bytes of the message that have come
 */
gsize
pj_fetch_progress_get (PjFetchProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return __atomic_load_n (&self->octets, __ATOMIC_RELAXED);
}
