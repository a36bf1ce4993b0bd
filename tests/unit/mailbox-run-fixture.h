/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs for pj_mailbox_run_async(), and waiting for one. */
#pragma once

#include "app/pj-mailbox-run.h"

#include "service-fixture.h"

/* What a job was given: "user@host:port password". */
static inline gpointer
describe (gconstpointer request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox = request;

  return g_strdup_printf ("%s@%s:%u %s", mailbox->user != NULL ? mailbox->user : "-", mailbox->host,
                          mailbox->port,
                          mailbox->secret != NULL ? pj_secret_peek (mailbox->secret) : "-");
}

static inline gpointer
fail (gconstpointer request, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY, "later");
  return NULL;
}

typedef struct
{
  PjCheckFunc       func;
  PjCheckFailedFunc has_failed;
  gboolean          keeps_result;
  guint             n_made;
  guint             n_freed;
} Work;

static inline void
work_free (gpointer data)
{
  Work *work = data;

  work->n_freed++;
}

static inline void
make_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  Work *work = data;

  work->n_made++;
  g_assert_nonnull (mailbox->account_id);
  g_assert_nonnull (mailbox->lock_path);
  *job = (PjCheckJob){
    .func = work->func,
    .request = mailbox,
    .free_request = (GDestroyNotify) pj_mailbox_free,
    .free_result = g_free,
    .has_failed = work->has_failed,
    .keeps_result = work->keeps_result,
  };
}

static inline char *
run (ServiceFixture *fixture,
     PjAccount      *account,
     const char     *password,
     Work           *work,
     GCancellable   *cancellable,
     GError        **error)
{
  g_autoptr (PjSecret) secret = password != NULL ? pj_secret_new (password) : NULL;
  GAsyncResult *result;
  GAsyncResult *slot = NULL;
  char         *text;

  pj_mailbox_run_async (fixture->service, account, secret, make_job, work, work_free, cancellable,
                        await_ready, &slot);
  result = await_result (&slot);
  text = pj_mailbox_run_finish (result, error);
  g_assert_finalize_object (result);
  g_assert_cmpuint (work->n_freed, ==, 1);

  return text;
}
