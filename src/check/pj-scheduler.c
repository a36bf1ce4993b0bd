/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-scheduler.h"

/**
 * PjScheduler:
 *
 * Says of each account when it is due, by the signal "due", once for each
 * plan. It decides nothing: how long to wait is pj_schedule_next_s()'s. One
 * timer serves all accounts, so the program sleeps until the next of them.
 * Main thread.
 */
struct _PjScheduler
{
  GObject parent_instance;

  /* Owned */
  PjClock *clock;
  GHashTable *due; /* of account id to gint64 *: microseconds on @clock */

  /* Plain */
  guint timer;
};

G_DEFINE_FINAL_TYPE (PjScheduler, pj_scheduler, G_TYPE_OBJECT)

enum
{
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_timer (gpointer user_data)
{
  PjScheduler *self = PJ_SCHEDULER (user_data);

  self->timer = 0;
  pj_scheduler_run_due (self);

  return G_SOURCE_REMOVE;
}

static void
set_timer (PjScheduler *self)
{
  gint64 delay_us = pj_scheduler_get_next_delay_us (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (delay_us < 0)
    return;

  /* Rounded up to a second: to be late does not matter, to wake twice does. */
  self->timer = g_timeout_add_seconds (
      (guint) MIN ((delay_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, G_MAXINT / 1000), on_timer,
      self);
}

static void
pj_scheduler_dispose (GObject *object)
{
  PjScheduler *self = PJ_SCHEDULER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->due, g_hash_table_unref);

  G_OBJECT_CLASS (pj_scheduler_parent_class)->dispose (object);
}

static void
pj_scheduler_class_init (PjSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_scheduler_dispose;

  /**
   * PjScheduler::due:
   * @self: the scheduler
   * @account_id: the account whose time has come
   */
  signals[SIGNAL_DUE] = g_signal_new ("due", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pj_scheduler_init (PjScheduler *self)
{
  self->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * pj_scheduler_new:
 * @clock: what it reads the time from
 *
 * Returns: (transfer full): a scheduler with nothing planned
 */
PjScheduler *
pj_scheduler_new (PjClock *clock)
{
  PjScheduler *self;

  g_return_val_if_fail (PJ_IS_CLOCK (clock), NULL);

  self = g_object_new (PJ_TYPE_SCHEDULER, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * pj_scheduler_plan:
 * @self: the scheduler
 * @account_id: an account
 * @delay_s: seconds from here
 *
 * Plans the next time, in place of what was planned before.
 */
void
pj_scheduler_plan (PjScheduler *self, const char *account_id, guint delay_s)
{
  gint64 at;

  g_return_if_fail (PJ_IS_SCHEDULER (self));
  g_return_if_fail (account_id != NULL);

  at = pj_clock_now (self->clock) + (gint64) delay_s * G_USEC_PER_SEC;
  g_hash_table_replace (self->due, g_strdup (account_id), g_memdup2 (&at, sizeof at));
  set_timer (self);
}

/**
 * pj_scheduler_forget:
 * @self: the scheduler
 * @account_id: an account, planned or not
 */
void
pj_scheduler_forget (PjScheduler *self, const char *account_id)
{
  g_return_if_fail (PJ_IS_SCHEDULER (self));
  g_return_if_fail (account_id != NULL);

  if (g_hash_table_remove (self->due, account_id))
    set_timer (self);
}

/**
 * pj_scheduler_get_next_delay_us:
 * @self: the scheduler
 *
 * Returns: microseconds until the next account is due, not below 0; -1 when
 *   nothing is planned
 */
gint64
pj_scheduler_get_next_delay_us (PjScheduler *self)
{
  GHashTableIter iter;
  gpointer value;
  gint64 first = G_MAXINT64;

  g_return_val_if_fail (PJ_IS_SCHEDULER (self), -1);

  g_hash_table_iter_init (&iter, self->due);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    first = MIN (first, *(const gint64 *) value);

  if (first == G_MAXINT64)
    return -1;

  return MAX (first - pj_clock_now (self->clock), 0);
}

static gboolean
is_due (PjScheduler *self, const char *account_id, gint64 now)
{
  const gint64 *at = g_hash_table_lookup (self->due, account_id);

  return at != NULL && *at <= now;
}

/* Returns: (element-type utf8): ids, copied */
static GPtrArray *
list_due (PjScheduler *self, gint64 now)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->due);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (is_due (self, id, now))
        g_ptr_array_add (ids, g_strdup (id));
    }

  return ids;
}

/**
 * pj_scheduler_run_due:
 * @self: the scheduler
 *
 * Emits "due" for every account whose time has come. The timer calls this;
 * a test with a fake clock does so itself.
 */
void
pj_scheduler_run_due (PjScheduler *self)
{
  g_autoptr (PjScheduler) alive = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  gint64 now;

  g_return_if_fail (PJ_IS_SCHEDULER (self));

  /* Whoever is told may plan, forget, or drop the scheduler. */
  alive = g_object_ref (self);
  now = pj_clock_now (self->clock);
  ids = list_due (self, now);
  for (guint i = 0; i < ids->len && self->due != NULL; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (is_due (self, id, now))
        {
          g_hash_table_remove (self->due, id);
          g_signal_emit (self, signals[SIGNAL_DUE], 0, id);
        }
    }

  if (self->due != NULL)
    set_timer (self);
}
