/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-logged-job"

#include "check/pj-logged-job.h"

/* A job and where it takes down what it says to a server. */
typedef struct
{
  PjCheckJob job;    /* its request is owned */
  PjSessionLog *log; /* (owned) */
  char *path;        /* (owned) (nullable) */
} LoggedJob;

static void
logged_job_free (gpointer data)
{
  LoggedJob *self = data;

  if (self->job.free_request != NULL)
    self->job.free_request (self->job.request);
  pj_session_log_unref (self->log);
  g_free (self->path);
  g_free (self);
}

static gpointer
run (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const LoggedJob *self = request;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) log_failure = NULL;
  gpointer result = self->job.func (self->job.request, cancellable, &failure);

  if (failure != NULL)
    pj_session_log_note (self->log, failure->message);
  if (self->path != NULL && !pj_session_log_save (self->log, self->path, &log_failure))
    g_warning ("The protocol log could not be written: %s", log_failure->message);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return result;
}

/**
 * pj_logged_job_wrap:
 * @job: a job whose request fills @log; from here on one that also ends it
 * @log: where it takes down its sessions; a reference is taken
 * @path: (nullable): file that the log is appended to when the job has ended;
 *   %NULL for none
 *
 * Sees to it that a log also tells why a job failed, and that it gets into its
 * file whatever the job is, on the job's thread. What cannot be written is
 * warned of; the job does not fail for it.
 */
void
pj_logged_job_wrap (PjCheckJob *job, PjSessionLog *log, const char *path)
{
  LoggedJob *self;

  g_return_if_fail (job != NULL && job->func != NULL && log != NULL);

  self = g_new0 (LoggedJob, 1);
  self->job = *job;
  self->log = pj_session_log_ref (log);
  self->path = g_strdup (path);
  job->func = run;
  job->request = self;
  job->free_request = logged_job_free;
}
