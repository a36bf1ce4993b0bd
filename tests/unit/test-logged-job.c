/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-logged-job.h"

#include "model/pj-problem.h"
#include "test-dir.h"

typedef struct
{
  PjSessionLog *log;
  gboolean fails;
  guint n_freed;
} Work;

static gpointer
talk (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const Work *work = request;

  pj_session_log_hear (PJ_WIRE_SENT, "NOOP", 4, work->log);
  if (!work->fails)
    return g_strdup ("done");

  g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY, "later");
  return NULL;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  work->n_freed++;
}

/* Returns: (transfer full): what got into the file; NULL when there is none */
static char *
run (gboolean fails, gboolean has_path)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  g_autoptr (PjSessionLog) log = pj_session_log_new ();
  Work work = { log, fails, 0 };
  PjCheckJob job = { .func = talk, .request = &work, .free_request = work_free };
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;
  char *text = NULL;

  pj_logged_job_wrap (&job, log, has_path ? path : NULL);
  result = job.func (job.request, NULL, &error);
  g_assert_cmpstr (result, ==, fails ? NULL : "done");
  if (fails)
    g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
  else
    g_assert_no_error (error);

  job.free_request (job.request);
  g_assert_cmpuint (work.n_freed, ==, 1);
  g_assert_true (g_str_has_prefix (pj_session_log_get_text (log), "C: NOOP\n"));
  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static void
test_success (void)
{
  g_autofree char *text = run (FALSE, TRUE);

  g_assert_cmpstr (text, ==, "C: NOOP\n\n");
}

static void
test_failure (void)
{
  g_autofree char *text = run (TRUE, TRUE);

  g_assert_cmpstr (text, ==, "C: NOOP\n* later\n\n");
}

static void
test_no_file (void)
{
  g_autofree char *text = run (TRUE, FALSE);

  g_assert_null (text);
}

/* The job has done its work, whatever becomes of the log. */
static void
test_file_fails (void)
{
  g_autoptr (PjSessionLog) log = pj_session_log_new ();
  Work work = { log, FALSE, 0 };
  PjCheckJob job = { .func = talk, .request = &work };
  g_autofree char *result = NULL;
  g_autoptr (GError) error = NULL;

  pj_logged_job_wrap (&job, log, "/dev/null");
  g_test_expect_message ("pj-logged-job", G_LOG_LEVEL_WARNING, "*/dev/null*");
  result = job.func (job.request, NULL, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, "done");
  job.free_request (job.request);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/logged-job/success", test_success);
  g_test_add_func ("/check/logged-job/failure-is-noted", test_failure);
  g_test_add_func ("/check/logged-job/no-file", test_no_file);
  g_test_add_func ("/check/logged-job/file-fails", test_file_fails);
  return g_test_run ();
}
