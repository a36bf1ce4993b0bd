/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-preview-run.h"

#include "app/pj-mailbox-run.h"
#include "app/pj-service-private.h"
#include "check/pj-message-fetch.h"

/* What the check thread needs besides the mailbox. */
typedef struct
{
  char *uid;
  PjMailContext *context; /* until the job has it */
  guint max_lines;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->uid);
  g_clear_pointer (&wish->context, pj_mail_context_unref);
  g_free (wish);
}

static gpointer
fetch_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_message_fetch_run (request, cancellable, error);
}

static void
make_fetch_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  Wish *wish = data;
  PjMessageFetchRequest *request = g_new0 (PjMessageFetchRequest, 1);

  request->mailbox = mailbox;
  request->uid = g_strdup (wish->uid);
  request->context = g_steal_pointer (&wish->context);
  request->max_lines = wish->max_lines;
  *job = (PjCheckJob){
    .func = fetch_on_thread,
    .request = request,
    .free_request = (GDestroyNotify) pj_message_fetch_request_free,
    .free_result = (GDestroyNotify) pj_fetched_message_free,
  };
}

/**
 * pj_preview_run_async:
 * @service: the service
 * @account: where the message lies
 * @uid: which message
 * @max_lines: body lines wanted; %PJ_PREVIEW_WHOLE for the whole message,
 *   which some providers then mark as read
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the message
 * @user_data: for @callback
 *
 * Reads a message from the server and makes it safe to show.
 */
void
pj_preview_run_async (PjService *service,
                      PjAccount *account,
                      const char *uid,
                      guint max_lines,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Wish *wish;

  g_return_if_fail (uid != NULL);

  wish = g_new0 (Wish, 1);
  wish->uid = g_strdup (uid);
  wish->context = pj_service_dup_context (service, account, uid);
  wish->max_lines = max_lines;
  pj_mailbox_run_async (service, account, NULL, make_fetch_job, wish, wish_free, cancellable,
                        callback, user_data);
}

/**
 * pj_preview_run_finish:
 * @result: what the callback was given
 * @source: (out) (optional) (transfer full): the bytes as the server sent them
 * @error: return location; %PJ_PROBLEM_ERROR, with
 *   pj_problem_error_needs_whole() where the account's owner can mend it, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the message made safe; %NULL with @error set
 */
PjMailText *
pj_preview_run_finish (GAsyncResult *result, GBytes **source, GError **error)
{
  g_autoptr (PjFetchedMessage) message = pj_mailbox_run_finish (result, error);

  if (message == NULL)
    return NULL;

  if (source != NULL)
    *source = g_steal_pointer (&message->source);

  return g_steal_pointer (&message->text);
}
