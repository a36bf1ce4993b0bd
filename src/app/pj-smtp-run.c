/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-smtp-run.h"

#include "app/pj-mailbox-run.h"
#include "check/pj-smtp-visit.h"

/* RFC 8314 section 3.3: the one port where TLS comes first. */
#define SUBMISSIONS_PORT 465

static gpointer
visit_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_smtp_visit_run (request, cancellable, error);
}

static void
make_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  *job = (PjCheckJob){
    .func = visit_on_thread,
    .request = mailbox,
    .free_request = (GDestroyNotify) pj_mailbox_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
}

/**
 * pj_smtp_run_async:
 * @service: the service
 * @host: the server that takes the user's mail in
 * @port: its port; 465 means TLS, every other STARTTLS
 * @ca_file: (nullable): whom to trust, as of a mailbox of the same provider;
 *   %NULL for the system's store
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the steps
 * @user_data: for @callback
 *
 * Goes the way of a mail program that wants to send, and sends nothing.
 */
void
pj_smtp_run_async (PjService *service,
                   const char *host,
                   guint16 port,
                   const char *ca_file,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (PjAccount) draft = NULL;

  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (host != NULL);

  draft = pj_account_new (NULL);
  g_object_set (draft, "server", host, "port", (guint) port, "security",
                port == SUBMISSIONS_PORT ? PJ_SECURITY_TLS : PJ_SECURITY_STARTTLS, "ca-file",
                ca_file, NULL);
  pj_mailbox_run_async (service, draft, NULL, make_job, NULL, NULL, cancellable, callback,
                        user_data);
}

/**
 * pj_smtp_run_finish:
 * @result: what the callback was given
 * @error: return location; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type PjDoctorStep): the steps taken
 */
GPtrArray *
pj_smtp_run_finish (GAsyncResult *result, GError **error)
{
  return pj_mailbox_run_finish (result, error);
}
