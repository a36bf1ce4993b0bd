/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-preview-run.h"

#include "cancel-limit.h"
#include "service-fixture.h"

static PjMailText *
preview (ServiceFixture *fixture,
         PjAccount *account,
         const char *uid,
         guint max_lines,
         GBytes **source,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_preview_run_async (fixture->service, account, uid, max_lines, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_preview_run_finish (result, source, error);
}

static void
test_beginning_and_whole (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  g_autoptr (PjMailText) some = NULL;
  g_autoptr (PjMailText) all = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GError) error = NULL;

  some = preview (fixture, account, "home-02-sernik", 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (some->is_cut);
  all = preview (fixture, account, "home-02-sernik", PJ_PREVIEW_WHOLE, &source, &error);
  g_assert_no_error (error);
  g_assert_false (all->is_cut);
  g_assert_cmpuint (strlen (all->text), >, strlen (some->text));
  g_assert_cmpuint (g_bytes_get_size (source), >, strlen (all->text));
}

static void
test_gone (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  PjAccount *account = service_fixture_add_demo (fixture, demo, "home");
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (preview (fixture, account, "nobody", 10, &source, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
  g_assert_null (source);
}

/* As when the selection moves on while the server keeps silent. */
static gint64
cancel_preview (gpointer data)
{
  SilentServer *silent = silent_server_new ();
  ServiceFixture *fixture = service_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  PjAccount *account = service_fixture_add_silent (fixture, silent);
  gint64 start;
  gint64 end;

  pj_preview_run_async (fixture->service, account, "aa", 10, cancellable, await_ready, &slot);
  silent_server_await (silent, 1);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);
  end = g_get_monotonic_time ();

  g_assert_null (pj_preview_run_finish (result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  service_fixture_free (fixture);
  silent_server_free (silent);

  return end - start;
}

static void
test_cancel (void)
{
  assert_cancels_soon (cancel_preview, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/preview-run/beginning-and-whole", test_beginning_and_whole);
  g_test_add_func ("/app/preview-run/gone", test_gone);
  g_test_add_func ("/app/preview-run/cancel-during-silence", test_cancel);

  return g_test_run ();
}
