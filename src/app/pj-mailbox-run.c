/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-mailbox-run.h"

#include "account/pj-password-command.h"
#include "app/pj-service-private.h"
#include "check/pj-logged-job.h"

/*
 * What every visit to a server has in common: find what to log in with, pack up
 * what the check thread needs, send it off, and stop it when the caller or
 * the program stops.
 */
typedef struct
{
  /* Owned */
  PjService *service;
  PjAccount *account;
  GCancellable *outer; /* (nullable) the caller's */
  GCancellable *inner; /* what the visit takes: cancelled by @outer and by the service */
  PjSessionLog *log;   /* NULL before the job has begun; its thread's until it has ended */
  gpointer data;
  GDestroyNotify free_data;

  /* Plain */
  PjMailboxJobFunc make_job;
  GDestroyNotify free_result;   /* the job's */
  PjCheckFailedFunc has_failed; /* likewise; (nullable) */
  gboolean has_token;           /* what was found is an access token, no password */
  gulong outer_handler;
  gulong stop_handler;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  if (visit->outer != NULL)
    g_cancellable_disconnect (visit->outer, visit->outer_handler);
  g_cancellable_disconnect (visit->service->stop, visit->stop_handler);
  if (visit->free_data != NULL)
    visit->free_data (visit->data);
  g_clear_object (&visit->outer);
  g_clear_object (&visit->inner);
  g_clear_pointer (&visit->log, pj_session_log_unref);
  g_clear_object (&visit->account);
  g_clear_object (&visit->service);
  g_free (visit);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static void
fill_demand (PjTlsDemand *demand, PjAccount *account)
{
  demand->ca_file = g_strdup (pj_account_get_ca_file (account));
  demand->pin = g_strdup (pj_account_get_pin (account));
  demand->pin_summary = g_strdup (pj_account_get_pin_summary (account));
  demand->client_certificate = g_strdup (pj_account_get_client_certificate (account));
}

/* @secret: (nullable): what was found to log in with */
static PjMailbox *
make_mailbox (Visit *visit, PjSecret *secret)
{
  PjAccount *account = visit->account;
  PjMailboxMemory *memory =
      g_hash_table_lookup (visit->service->memories, pj_account_get_id (account));
  PjMailbox *mailbox =
      pj_mailbox_new (pj_account_get_server (account), pj_account_get_port (account),
                      pj_account_get_security (account));

  mailbox->account_id = g_strdup (pj_account_get_id (account));
  fill_demand (mailbox->tls, account);
  mailbox->user = g_strdup (pj_account_get_user (account));
  mailbox->mechanism = g_strdup (pj_account_get_mechanism (account));
  mailbox->has_worked = pj_account_has_worked (account);
  mailbox->may_fetch_whole = pj_account_may_fetch_whole (account);
  if (secret != NULL && visit->has_token)
    mailbox->token = pj_secret_ref (secret);
  else if (secret != NULL)
    mailbox->secret = pj_secret_ref (secret);
  mailbox->memory = memory != NULL ? pj_mailbox_memory_ref (memory) : NULL;
  mailbox->lock_path = pj_profile_dup_lock_path (pj_service_get_profile (visit->service),
                                                 pj_account_get_id (account));

  return mailbox;
}

/* That it came to no session, and why. */
static PjSessionLog *
new_empty_visit_log (Visit *visit, const GError *error)
{
  PjSessionLog *log = pj_session_log_new_short ();

  pj_session_log_begin (log, pj_account_get_server (visit->account),
                        pj_account_get_port (visit->account), "not connected",
                        pj_clock_wall_now (visit->service->clock));
  pj_session_log_note (log, error->message);

  return log;
}

/* Hands over what was said, on the main thread and when all is said.
 * @error: (nullable): why the visit ended early */
static void
file_log (Visit *visit, gboolean has_failed, const GError *error)
{
  PjProtocolLog *log = pj_service_get_protocol_log (visit->service, visit->account);
  const gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* A draft, or removed meanwhile. */
  if (log == NULL)
    return;

  if (visit->log == NULL || !pj_session_log_has_session (visit->log))
    {
      if (error == NULL || is_cancelled)
        return;

      g_clear_pointer (&visit->log, pj_session_log_unref);
      visit->log = new_empty_visit_log (visit, error);
    }

  pj_protocol_log_add (log, pj_session_log_get_text (visit->log), has_failed && !is_cancelled);
}

/* @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  file_log (g_task_get_task_data (task), TRUE, error);
  g_task_return_error (task, error);
}

/* The result belongs to whoever gets it; nobody may be there any more. */
typedef struct
{
  gpointer value;
  GDestroyNotify free_value;
} Result;

static void
result_free (gpointer data)
{
  Result *result = data;

  if (result->value != NULL && result->free_value != NULL)
    result->free_value (result->value);
  g_free (result);
}

static void
on_job_ready (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  gpointer value = pj_check_pool_run_finish (async, &error);
  Visit *visit = g_task_get_task_data (task);
  Result *result;

  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  file_log (visit, visit->has_failed != NULL && visit->has_failed (value), NULL);
  result = g_new0 (Result, 1);
  result->value = value;
  result->free_value = visit->free_result;
  g_task_return_pointer (task, result, result_free);
}

/* Nobody knows before whether a visit will fail: each is taken down, and only
 * where it is wanted in any case at length. */
static PjSessionLog *
new_log (Visit *visit)
{
  PjProtocolLog *log = pj_service_get_protocol_log (visit->service, visit->account);

  if (visit->service->log_path != NULL || (log != NULL && pj_protocol_log_is_watched (log)))
    return pj_session_log_new ();

  return pj_session_log_new_short ();
}

static void
start_job (GTask *task, PjSecret *secret)
{
  Visit *visit = g_task_get_task_data (task);
  PjMailbox *mailbox = make_mailbox (visit, secret);
  PjCheckJob job = { 0 };

  visit->log = new_log (visit);
  mailbox->log = pj_session_log_ref (visit->log);
  visit->make_job (mailbox, visit->data, &job);
  pj_logged_job_wrap (&job, visit->log, visit->service->log_path);
  visit->free_result = job.free_result;
  visit->has_failed = job.has_failed;
  g_task_set_check_cancellable (task, !job.keeps_result);
  pj_check_pool_run_async (visit->service->pool, &job, visit->inner, on_job_ready,
                           g_object_ref (task));
}

static void
on_secret_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (PjSecret) secret = NULL;
  GError *error = NULL;

  secret = pj_secret_store_lookup_finish (PJ_SECRET_STORE (source), result, &error);
  if (secret == NULL)
    fail (task, error);
  else
    start_job (task, secret);
}

static void
on_command_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (PjSecret) secret = NULL;
  GError *error = NULL;

  secret = pj_password_command_run_finish (result, &error);
  if (secret == NULL)
    fail (task, error);
  else
    start_job (task, secret);
}

static void
find_secret (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  const char *token_command = pj_account_get_token_command (visit->account);
  const char *password_command = pj_account_get_password_command (visit->account);

  visit->has_token = token_command != NULL;
  if (token_command != NULL)
    pj_password_command_run_async (token_command, PJ_COMMAND_TOKEN, visit->inner, on_command_ready,
                                   g_object_ref (task));
  else if (!pj_account_needs_password (visit->account))
    start_job (task, NULL);
  else if (password_command != NULL)
    pj_password_command_run_async (password_command, PJ_COMMAND_PASSWORD, visit->inner,
                                   on_command_ready, g_object_ref (task));
  else
    pj_secret_store_lookup_async (pj_service_get_secrets (visit->service), visit->account,
                                  visit->inner, on_secret_ready, g_object_ref (task));
}

/**
 * pj_mailbox_run_async:
 * @service: the service
 * @account: whose mailbox; a draft will do
 * @secret: (nullable): the password; %NULL to find it, or what stands in its
 *   place, as the account says, if it has a user name
 * @make_job: (scope call): makes what is to be done
 * @data: for @make_job
 * @free_data: (nullable): frees @data
 * @cancellable: (nullable): stops it, as the service's shut-down does
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * What is said is taken down for pj_service_get_protocol_log(), which has it
 * when @callback is called, and for the file of pj_service_set_log_file().
 */
void
pj_mailbox_run_async (PjService *service,
                      PjAccount *account,
                      PjSecret *secret,
                      PjMailboxJobFunc make_job,
                      gpointer data,
                      GDestroyNotify free_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Visit *visit;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));
  g_return_if_fail (make_job != NULL);

  visit = g_new0 (Visit, 1);
  visit->service = g_object_ref (service);
  visit->account = g_object_ref (account);
  visit->inner = g_cancellable_new ();
  visit->make_job = make_job;
  visit->data = data;
  visit->free_data = free_data;
  if (cancellable != NULL)
    {
      visit->outer = g_object_ref (cancellable);
      visit->outer_handler =
          g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), visit->inner, NULL);
    }
  visit->stop_handler =
      g_cancellable_connect (service->stop, G_CALLBACK (on_cancelled), visit->inner, NULL);

  task = g_task_new (NULL, visit->inner, callback, user_data);
  g_task_set_source_tag (task, pj_mailbox_run_async);
  g_task_set_task_data (task, visit, visit_free);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (pj_account_get_user (account) == NULL)
    start_job (task, NULL);
  else if (secret != NULL && pj_account_needs_password (account))
    start_job (task, secret);
  else
    find_secret (task);
}

/**
 * pj_mailbox_run_finish:
 * @result: what the callback was given
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the job returned; %NULL with @error set
 */
gpointer
pj_mailbox_run_finish (GAsyncResult *result, GError **error)
{
  Result *box;
  gpointer value;

  g_return_val_if_fail (g_async_result_is_tagged (result, pj_mailbox_run_async), NULL);

  box = g_task_propagate_pointer (G_TASK (result), error);
  if (box == NULL)
    return NULL;

  value = g_steal_pointer (&box->value);
  result_free (box);

  return value;
}
