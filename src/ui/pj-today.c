/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-today.h"

/* A timer stands still while the machine sleeps, and the user may set the
 * clock or travel: no more than this is wrong then. */
#define MAX_WAIT_S (10 * 60)

/**
 * PjToday:
 *
 * Tells by `changed` that another day has begun where the user is, so that
 * what says "14:02" or "Mon" can be said anew. Main thread.
 */
struct _PjToday
{
  GObject parent_instance;

  /* Owned */
  PjClock *clock;

  /* Plain */
  guint32 day; /* see pj_today_number_day() */
  guint timer;
};

G_DEFINE_FINAL_TYPE (PjToday, pj_today, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_due (gpointer user_data)
{
  PjToday *self = user_data;

  self->timer = 0;
  pj_today_look (self);

  return G_SOURCE_REMOVE;
}

static guint32
read_day (PjToday *self, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (pj_clock_wall_now (self->clock));
  g_autoptr (GDateTime) present = utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);

  /* A clock beyond the year 9999 has no day. */
  return present == NULL ? self->day : pj_today_number_day (present);
}

static void
pj_today_dispose (GObject *object)
{
  PjToday *self = PJ_TODAY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (pj_today_parent_class)->dispose (object);
}

static void
pj_today_class_init (PjTodayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_today_dispose;

  signals[CHANGED] = g_signal_new ("changed", PJ_TYPE_TODAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
pj_today_init (PjToday *self)
{
}

/**
 * pj_today_new:
 * @clock: tells the time
 *
 * Returns: (transfer full): what watches for the next day, by timers of the
 *   thread-default main context
 */
PjToday *
pj_today_new (PjClock *clock)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  PjToday *self;

  g_return_val_if_fail (PJ_IS_CLOCK (clock), NULL);

  self = g_object_new (PJ_TYPE_TODAY, NULL);
  self->clock = g_object_ref (clock);
  self->day = read_day (self, here);
  pj_today_look (self);

  return self;
}

/**
 * pj_today_look:
 * @self: what watches for the next day
 *
 * Looks at the clock. To be called also when it may have jumped, as when a
 * user comes back to the machine.
 */
void
pj_today_look (PjToday *self)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  guint32 day;
  guint wait_s;

  g_return_if_fail (PJ_IS_TODAY (self));

  wait_s = pj_today_until_midnight_s (pj_clock_wall_now (self->clock), here);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (MIN (wait_s, MAX_WAIT_S), on_due, self);

  day = read_day (self, here);
  if (day == self->day)
    return;

  self->day = day;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * pj_today_number_day:
 * @time: a time
 *
 * Days are counted by the calendar, not by 24 hours: a clock change makes a
 * day of 23 or 25.
 *
 * Returns: the number of the day in the zone of @time; the next day has the
 *   next number
 */
guint32
pj_today_number_day (GDateTime *time)
{
  GDate date;

  g_return_val_if_fail (time != NULL, 0);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));

  return g_date_get_julian (&date);
}

/**
 * pj_today_until_midnight_s:
 * @now: seconds since 1970-01-01 UTC
 * @zone: where the user is
 *
 * Returns: seconds until the next day begins there, 1 or more; a day when @now
 *   is out of the calendar
 */
guint
pj_today_until_midnight_s (gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) present = utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) tomorrow = present == NULL ? NULL : g_date_time_add_days (present, 1);
  g_autoptr (GDateTime) midnight = NULL;

  if (tomorrow != NULL)
    midnight =
        g_date_time_new (zone, g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                         g_date_time_get_day_of_month (tomorrow), 0, 0, 0);
  if (midnight == NULL)
    return 24 * 60 * 60;

  return (guint) MAX (g_date_time_to_unix (midnight) - now, 1);
}
