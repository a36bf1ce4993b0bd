/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-login-run.h"

#include "app/pj-mailbox-run.h"
#include "check/pj-doctor.h"
#include "check/pj-login-try.h"

static gpointer
try_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_login_try_run (request, cancellable, error);
}

static gpointer
examine_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_doctor_run (request, cancellable, error);
}

/* Who tries on purpose is told what the server says, and not to wait. */
static void
make_try_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  mailbox->has_worked = FALSE;
  *job = (PjCheckJob){
    .func = try_on_thread,
    .request = mailbox,
    .free_request = (GDestroyNotify) pj_mailbox_free,
    .free_result = (GDestroyNotify) pj_login_trial_free,
  };
}

static void
make_doctor_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  mailbox->has_worked = FALSE;
  *job = (PjCheckJob){
    .func = examine_on_thread,
    .request = mailbox,
    .free_request = (GDestroyNotify) pj_mailbox_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
}

/**
 * pj_login_run_async:
 * @service: the service
 * @draft: the settings to try; need not be one of the accounts
 * @secret: (nullable): the password to try; %NULL for the one that is stored
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called when it is known
 * @user_data: for @callback
 *
 * Logs in and out again.
 */
void
pj_login_run_async (PjService *service,
                    PjAccount *draft,
                    PjSecret *secret,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  pj_mailbox_run_async (service, draft, secret, make_try_job, NULL, NULL, cancellable, callback,
                        user_data);
}

/**
 * pj_login_run_finish:
 * @result: what the callback was given
 * @messages: (out) (optional): how many messages are there; set on success
 * @certificate: (out) (optional) (nullable) (transfer full): what the server's
 *   certificate says of itself, in English; %NULL in plain text. Set on success
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the login worked
 */
gboolean
pj_login_run_finish (GAsyncResult *result, guint *messages, char **certificate, GError **error)
{
  g_autoptr (PjLoginTrial) trial = pj_mailbox_run_finish (result, error);

  if (trial == NULL)
    return FALSE;

  if (messages != NULL)
    *messages = trial->messages;
  if (certificate != NULL)
    *certificate = g_steal_pointer (&trial->certificate);

  return TRUE;
}

/**
 * pj_doctor_run_async:
 * @service: the service
 * @draft: the settings to examine; without a user name only the server
 * @secret: (nullable): the password; %NULL for the one that is stored
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the steps
 * @user_data: for @callback
 *
 * Goes the way of a check step by step.
 */
void
pj_doctor_run_async (PjService *service,
                     PjAccount *draft,
                     PjSecret *secret,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  pj_mailbox_run_async (service, draft, secret, make_doctor_job, NULL, NULL, cancellable, callback,
                        user_data);
}

/**
 * pj_doctor_run_finish:
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR when there is no password to try
 *   with or the mailbox stays busy, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type PjDoctorStep): the steps taken
 */
GPtrArray *
pj_doctor_run_finish (GAsyncResult *result, GError **error)
{
  return pj_mailbox_run_finish (result, error);
}
