/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-attachment-save-run.h"

#include "cancel-limit.h"
#include "service-fixture.h"

#define UID "work-02-invoice"

static char *
save (ServiceFixture *fixture,
      PjAccount *account,
      const PjAttachmentWish *wish,
      PjMailText **mail,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_attachment_save_run_async (fixture->service, account, wish, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_attachment_save_run_finish (result, mail, NULL, error);
}

static void
test_saved (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (TestDir) dir = test_dir_new ();
  PjAccount *account = service_fixture_add_demo (fixture, demo, "work");
  g_autoptr (PjMailText) mail = NULL;
  g_autoptr (PjMailText) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;
  const PjMailAttachment *attachment;
  GStatBuf status;

  path = save (fixture, account, &(PjAttachmentWish){ .uid = UID, .place = 1, .path = dir }, &mail,
               &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (path, "/delivery-note.png"));
  attachment = g_ptr_array_index (mail->attachments, 1);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, attachment->octets);

  second = save (fixture, account,
                 &(PjAttachmentWish){ .uid = UID, .attachment = attachment, .path = dir }, &again,
                 &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (second, "/delivery-note (2).png"));
}

static void
test_no_such_attachment (void)
{
  g_autoptr (DemoFixture) demo = demo_fixture_new ();
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (TestDir) dir = test_dir_new ();
  PjAccount *account = service_fixture_add_demo (fixture, demo, "work");
  g_autoptr (PjMailText) mail = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (save (fixture, account, &(PjAttachmentWish){ .uid = UID, .place = 7, .path = dir },
                       &mail, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);
  g_assert_null (mail);
}

static void
on_progress (guint64 octets, gpointer user_data)
{
  guint *told = user_data;

  g_assert_cmpuint (octets, ==, 0);
  (*told)++;
}

/* As when the user has second thoughts while the server keeps silent. */
static gint64
cancel_save (gpointer data)
{
  SilentServer *silent = silent_server_new ();
  ServiceFixture *fixture = service_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  PjAccount *account = service_fixture_add_silent (fixture, silent);
  guint told = 0;
  gint64 start;
  gint64 end;

  pj_attachment_save_run_async (fixture->service, account,
                                &(PjAttachmentWish){
                                    .uid = "aa",
                                    .path = "/nonexistent",
                                    .progress = on_progress,
                                    .progress_data = &told,
                                },
                                cancellable, await_ready, &slot);
  silent_server_await (silent, 1);
  while (told == 0)
    g_main_context_iteration (NULL, TRUE);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  result = await_result (&slot);
  end = g_get_monotonic_time ();

  g_assert_null (pj_attachment_save_run_finish (result, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  service_fixture_free (fixture);
  silent_server_free (silent);

  return end - start;
}

static void
test_cancel (void)
{
  assert_cancels_soon (cancel_save, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/attachment-save-run/saved", test_saved);
  g_test_add_func ("/app/attachment-save-run/no-such-attachment", test_no_such_attachment);
  g_test_add_func ("/app/attachment-save-run/cancel-during-silence", test_cancel);

  return g_test_run ();
}
