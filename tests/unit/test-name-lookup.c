/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-name-lookup.h"

#include "cancel-call.h"
#include "net/pj-net-error.h"
#include "stuck-resolver.h"

static void
test_address (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      pj_name_lookup_run ("127.0.0.1", pj_deadline_in (10 * 1000, "late"), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "127.0.0.1");
}

static void
test_no_name (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_name_lookup_run ("under_score..", pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
look_up (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_name_lookup_run ("pop.example.org", pj_deadline_in (20 * 1000, "late"),
                                     cancellable, error));
}

static void
test_cancel (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();

  assert_call_is_cancelled_soon (look_up, NULL);
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_deadline (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_name_lookup_run ("pop.example.org", pj_deadline_in (100, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
  stuck_resolver_await (trouble->stuck, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/name-lookup/address", test_address);
  g_test_add_func ("/net/name-lookup/no-name", test_no_name);
  g_test_add_func ("/net/name-lookup/cancel", test_cancel);
  g_test_add_func ("/net/name-lookup/deadline", test_deadline);
  return g_test_run ();
}
