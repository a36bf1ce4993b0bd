/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A resolver whose server does not answer. As GIO's own, it waits on a thread
 * that nothing can stop, and lets its caller go when cancelled.
 */

#include <gio/gio.h>

#include "base/pj-tsan.h"

#define STUCK_TYPE_RESOLVER (stuck_resolver_get_type ())
G_DECLARE_FINAL_TYPE (StuckResolver, stuck_resolver, STUCK, RESOLVER, GResolver)

struct _StuckResolver
{
  GResolver parent_instance;

  GMutex   lock;
  GCond    changed;
  guint    n_asked;
  guint    n_stuck;
  gboolean is_released;
};

G_DEFINE_FINAL_TYPE (StuckResolver, stuck_resolver, G_TYPE_RESOLVER)

/* GLib's locks are none to the thread sanitizer. */
static inline void
stuck_resolver_lock (StuckResolver *self)
{
  g_mutex_lock (&self->lock);
  PJ_TAKE_OVER (self);
}

static inline void
stuck_resolver_unlock (StuckResolver *self)
{
  PJ_HAND_OVER (self);
  g_mutex_unlock (&self->lock);
}

static inline void
stuck_resolver_sleep (StuckResolver *self)
{
  PJ_HAND_OVER (self);
  g_cond_wait (&self->changed, &self->lock);
  PJ_TAKE_OVER (self);
}

static inline void
stuck_resolver_wait (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StuckResolver *self = STUCK_RESOLVER (source);

  stuck_resolver_lock (self);
  while (!self->is_released)
    stuck_resolver_sleep (self);
  self->n_stuck--;
  g_cond_broadcast (&self->changed);
  stuck_resolver_unlock (self);
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "stuck");
}

static inline void
stuck_resolver_lookup_async (GResolver               *resolver,
                             const char              *host,
                             GResolverNameLookupFlags flags,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data)
{
  StuckResolver *self = STUCK_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  stuck_resolver_lock (self);
  self->n_asked++;
  self->n_stuck++;
  g_cond_broadcast (&self->changed);
  stuck_resolver_unlock (self);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, stuck_resolver_wait);
}

static inline GList *
stuck_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static inline void
stuck_resolver_finalize (GObject *object)
{
  StuckResolver *self = STUCK_RESOLVER (object);

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);

  G_OBJECT_CLASS (stuck_resolver_parent_class)->finalize (object);
}

static inline void
stuck_resolver_class_init (StuckResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stuck_resolver_finalize;
  resolver_class->lookup_by_name_with_flags_async = stuck_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = stuck_resolver_lookup_finish;
}

static inline void
stuck_resolver_init (StuckResolver *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/* Waits until somebody has asked @n times in all. */
static inline void
stuck_resolver_await (StuckResolver *self, guint n)
{
  stuck_resolver_lock (self);
  while (self->n_asked < n)
    stuck_resolver_sleep (self);
  stuck_resolver_unlock (self);
}

/* Lets the threads go and waits until they have gone. */
static inline void
stuck_resolver_release (StuckResolver *self)
{
  stuck_resolver_lock (self);
  self->is_released = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->n_stuck > 0)
    stuck_resolver_sleep (self);
  stuck_resolver_unlock (self);
}
