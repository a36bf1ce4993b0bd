/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-clock.h"

/**
 * PjClock:
 *
 * Where decisions read the time. Tests pass a #PjFakeClock, so a
 * fifteen-minute interval costs no real time to test. Any thread.
 */

G_DEFINE_TYPE (PjClock, pj_clock, G_TYPE_OBJECT)

static gint64
system_now (PjClock *self)
{
  return g_get_monotonic_time ();
}

static gint64
system_wall_now (PjClock *self)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
pj_clock_class_init (PjClockClass *klass)
{
  klass->now = system_now;
  klass->wall_now = system_wall_now;
}

static void
pj_clock_init (PjClock *self)
{
}

/**
 * pj_clock_new_system:
 *
 * Returns: (transfer full): the machine's own clock
 */
PjClock *
pj_clock_new_system (void)
{
  return g_object_new (PJ_TYPE_CLOCK, NULL);
}

/**
 * pj_clock_now:
 * @self: the clock
 *
 * Returns: microseconds since an unspecified start; never goes backwards
 */
gint64
pj_clock_now (PjClock *self)
{
  g_return_val_if_fail (PJ_IS_CLOCK (self), 0);

  return PJ_CLOCK_GET_CLASS (self)->now (self);
}

/**
 * pj_clock_wall_now:
 * @self: the clock
 *
 * For dates that people read. It may jump either way.
 *
 * Returns: seconds since 1970-01-01 UTC
 */
gint64
pj_clock_wall_now (PjClock *self)
{
  g_return_val_if_fail (PJ_IS_CLOCK (self), 0);

  return PJ_CLOCK_GET_CLASS (self)->wall_now (self);
}

struct _PjFakeClock
{
  PjClock parent_instance;

  gint64 now; /* microseconds; the wall clock is the same, in seconds */
};

G_DEFINE_FINAL_TYPE (PjFakeClock, pj_fake_clock, PJ_TYPE_CLOCK)

static gint64
fake_now (PjClock *clock)
{
  return PJ_FAKE_CLOCK (clock)->now;
}

static gint64
fake_wall_now (PjClock *clock)
{
  return PJ_FAKE_CLOCK (clock)->now / G_USEC_PER_SEC;
}

static void
pj_fake_clock_class_init (PjFakeClockClass *klass)
{
  PJ_CLOCK_CLASS (klass)->now = fake_now;
  PJ_CLOCK_CLASS (klass)->wall_now = fake_wall_now;
}

static void
pj_fake_clock_init (PjFakeClock *self)
{
}

/**
 * pj_fake_clock_new:
 * @start: microseconds
 *
 * Returns: (transfer full): a clock that stands still until it is advanced
 */
PjFakeClock *
pj_fake_clock_new (gint64 start)
{
  PjFakeClock *self = g_object_new (PJ_TYPE_FAKE_CLOCK, NULL);

  self->now = start;

  return self;
}

/**
 * pj_fake_clock_advance:
 * @self: the clock
 * @step: microseconds, not negative
 */
void
pj_fake_clock_advance (PjFakeClock *self, gint64 step)
{
  g_return_if_fail (PJ_IS_FAKE_CLOCK (self));
  g_return_if_fail (step >= 0);

  self->now += step;
}
