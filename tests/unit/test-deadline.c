/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-deadline.h"

#include "net/pj-net-error.h"

static void
test_passed (void)
{
  PjDeadline deadline = {
    .at = g_get_monotonic_time () - 1,
    .limit_ms = 60 * 1000,
    .reason = "Too late",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) finer = NULL;

  g_assert_cmpint (pj_deadline_left_ms (deadline), ==, 0);
  g_assert_false (pj_deadline_check (deadline, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 60 s)");

  deadline.limit_ms = 1500;
  pj_deadline_set_error (deadline, &finer);
  g_assert_cmpstr (finer->message, ==, "Too late (limit: 1500 ms)");
}

static void
test_never (void)
{
  PjDeadline never = pj_deadline_never ();

  g_assert_true (pj_deadline_check (never, NULL));
  g_assert_cmpstr (pj_deadline_earlier (never, pj_deadline_in (G_MAXUINT, "late")).reason, ==,
                   "late");
}

/* What a server may do to a wrong password (12 s) must fit in. */
static void
test_defaults (void)
{
  g_assert_cmpuint (pj_net_limits_default.login_ms, >=, 30 * 1000);
  g_assert_cmpuint (pj_net_limits_default.idle_ms, >=, 30 * 1000);
  g_assert_cmpuint (pj_net_limits_default.total_ms, >, pj_net_limits_default.login_ms);
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

/* 2 minutes, and a second for each 4 KiB. */
static void
test_total (void)
{
  PjNetLimits limits = { .total_ms = 120 * 1000 };
  PjDeadline total = pj_net_limits_get_total (&limits, 5, 0);

  g_assert_cmpint (total.at, ==, 5 + 120 * G_USEC_PER_SEC);
  g_assert_cmpuint (total.limit_ms, ==, 120 * 1000);
  total = pj_net_limits_get_total (&limits, 5, 10 * 4096);
  g_assert_cmpint (total.at, ==, 5 + 130 * G_USEC_PER_SEC);
  g_assert_cmpuint (total.limit_ms, ==, 130 * 1000);
}

static void
test_total_of_two (void)
{
  PjNetLimits limits = { .total_ms = 120 * 1000 };
  PjDeadline total;

  pj_net_limits_begin_total (&limits, 5, 10 * 4096);
  total = pj_net_limits_get_total (&limits, 60 * G_USEC_PER_SEC, 2 * 4096);
  g_assert_cmpint (total.at, ==, 5 + 132 * G_USEC_PER_SEC);
  pj_net_limits_begin_total (&limits, 5, G_MAXUINT64);
  g_assert_cmpuint (limits.total_ms, ==, G_MAXUINT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/deadline/passed", test_passed);
  g_test_add_func ("/net/deadline/to-come", test_to_come);
  g_test_add_func ("/net/deadline/the-earlier-counts", test_earlier);
  g_test_add_func ("/net/deadline/never", test_never);
  g_test_add_func ("/net/deadline/defaults", test_defaults);
  g_test_add_func ("/net/deadline/total", test_total);
  g_test_add_func ("/net/deadline/total-of-two-sessions", test_total_of_two);
  return g_test_run ();
}
