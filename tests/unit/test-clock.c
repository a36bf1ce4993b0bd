/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-clock.h"

static void
test_system (void)
{
  PjClock *clock = pj_clock_new_system ();
  gint64 before = g_get_monotonic_time ();
  gint64 now = pj_clock_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_monotonic_time ());
  g_assert_cmpint (pj_clock_wall_now (clock), <=, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_cmpint (pj_clock_wall_now (clock), >, 1600000000);
  g_assert_finalize_object (clock);
}

static void
test_fake (void)
{
  PjFakeClock *fake = pj_fake_clock_new (5 * G_USEC_PER_SEC);
  PjClock *clock = PJ_CLOCK (fake);

  g_assert_cmpint (pj_clock_now (clock), ==, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (pj_clock_now (clock), ==, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (pj_clock_wall_now (clock), ==, 5);

  pj_fake_clock_advance (fake, 900 * G_USEC_PER_SEC);
  g_assert_cmpint (pj_clock_now (clock), ==, 905 * G_USEC_PER_SEC);
  g_assert_cmpint (pj_clock_wall_now (clock), ==, 905);
  g_assert_finalize_object (fake);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/system-clock-runs", test_system);
  g_test_add_func ("/base/clock/fake-clock-stands-until-advanced", test_fake);
  return g_test_run ();
}
