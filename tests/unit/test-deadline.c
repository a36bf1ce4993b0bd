/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-deadline.h"

#include "net/pj-net-error.h"

static void
test_passed (void)
{
  PjDeadline deadline = { .at = g_get_monotonic_time () - 1, .reason = "Too late" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pj_deadline_left_ms (deadline), ==, 0);
  g_assert_false (pj_deadline_check (deadline, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late");
}

static void
test_to_come (void)
{
  PjDeadline deadline = pj_deadline_in (60 * 1000, "Too late");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pj_deadline_left_ms (deadline), >, 0);
  g_assert_cmpint (pj_deadline_left_ms (deadline), <=, 60 * 1000);
  g_assert_true (pj_deadline_check (deadline, &error));
  g_assert_no_error (error);
}

static void
test_earlier (void)
{
  PjDeadline soon = { .at = 10, .reason = "soon" };
  PjDeadline late = { .at = 20, .reason = "late" };

  g_assert_cmpstr (pj_deadline_earlier (soon, late).reason, ==, "soon");
  g_assert_cmpstr (pj_deadline_earlier (late, soon).reason, ==, "soon");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/deadline/passed", test_passed);
  g_test_add_func ("/net/deadline/to-come", test_to_come);
  g_test_add_func ("/net/deadline/the-earlier-counts", test_earlier);
  return g_test_run ();
}
