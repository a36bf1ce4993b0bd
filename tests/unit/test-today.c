/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-today.h"

#define DAY_S (24 * 60 * 60)

typedef struct
{
  const char *name;
  const char *zone;
  const char *now; /* ISO 8601 */
  guint seconds;
} Case;

static const Case cases[] = {
  { "midday", "UTC", "2026-03-04T12:00:00Z", DAY_S / 2 },
  { "last-second", "UTC", "2026-03-04T23:59:59Z", 1 },
  { "midnight-itself", "UTC", "2026-03-04T00:00:00Z", DAY_S },
  { "end-of-the-year", "UTC", "2026-12-31T23:00:00Z", 60 * 60 },
  { "east-of-greenwich", "+02", "2026-03-04T21:30:00Z", 30 * 60 },
  { "west-of-greenwich", "-05", "2026-03-05T04:30:00Z", 30 * 60 },
  { "day-of-23-hours", "Europe/Warsaw", "2026-03-28T23:00:00Z", 23 * 60 * 60 },
  { "day-of-25-hours", "Europe/Warsaw", "2026-10-24T22:00:00Z", 25 * 60 * 60 },
};

static void
test_until_midnight (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (c->zone);
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (c->now, NULL);

  if (zone == NULL)
    {
      g_test_skip ("this system does not know the zone");
      return;
    }

  g_assert_cmpuint (pj_today_until_midnight_s (g_date_time_to_unix (now), zone), ==, c->seconds);
}

static void
test_out_of_the_calendar (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_cmpuint (pj_today_until_midnight_s (G_MAXINT64, utc), ==, DAY_S);
}

static void
on_changed (PjToday *today, guint *count)
{
  ++*count;
}

static void
test_tells_of_each_day_once (void)
{
  /* The tests run in UTC, so days begin at its multiples. */
  g_autoptr (PjFakeClock) clock = pj_fake_clock_new ((gint64) (DAY_S - 60) * G_USEC_PER_SEC);
  PjToday *today = pj_today_new (PJ_CLOCK (clock));
  guint count = 0;

  g_signal_connect (today, "changed", G_CALLBACK (on_changed), &count);
  pj_fake_clock_advance (clock, 59 * G_USEC_PER_SEC);
  pj_today_look (today);
  g_assert_cmpuint (count, ==, 0);

  pj_fake_clock_advance (clock, 1 * G_USEC_PER_SEC);
  pj_today_look (today);
  pj_today_look (today);
  g_assert_cmpuint (count, ==, 1);

  pj_fake_clock_advance (clock, (gint64) 3 * DAY_S * G_USEC_PER_SEC);
  pj_today_look (today);
  g_assert_cmpuint (count, ==, 2);
  g_assert_finalize_object (today);
}

static void
test_looks_by_itself_at_midnight (void)
{
  g_autoptr (PjFakeClock) clock = pj_fake_clock_new ((gint64) (DAY_S - 1) * G_USEC_PER_SEC);
  g_autoptr (PjToday) today = pj_today_new (PJ_CLOCK (clock));
  guint count = 0;

  g_signal_connect (today, "changed", G_CALLBACK (on_changed), &count);
  pj_fake_clock_advance (clock, 1 * G_USEC_PER_SEC);
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/today/until-midnight/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_until_midnight);
    }
  g_test_add_func ("/today/out-of-the-calendar", test_out_of_the_calendar);
  g_test_add_func ("/today/tells-of-each-day-once", test_tells_of_each_day_once);
  g_test_add_func ("/today/looks-by-itself-at-midnight", test_looks_by_itself_at_midnight);

  return g_test_run ();
}
