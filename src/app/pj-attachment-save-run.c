/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-attachment-save-run.h"

#include "app/pj-mailbox-run.h"
#include "check/pj-attachment-save.h"

/* As often as a bar needs to move to look alive. */
#define PROGRESS_MS 100

/* What is wanted, and who is told how far it is. */
typedef struct
{
  /* Owned */
  char *uid;
  char *name; /* NULL: none is known */
  char *path;
  PjFetchProgress *progress;

  /* Plain */
  guint part;
  guint place;
  PjAttachmentProgressFunc func; /* NULL: nobody is told */
  gpointer func_data;
  guint source; /* 0: nobody is told */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_handle_id (&save->source, g_source_remove);
  pj_fetch_progress_unref (save->progress);
  g_free (save->uid);
  g_free (save->name);
  g_free (save->path);
  g_free (save);
}

static gpointer
save_on_thread (gconstpointer request, GCancellable *cancellable, GError **error)
{
  return pj_attachment_save_run (request, cancellable, error);
}

static void
make_save_job (PjMailbox *mailbox, gpointer data, PjCheckJob *job)
{
  const Save *save = data;
  PjAttachmentSaveRequest *request = g_new0 (PjAttachmentSaveRequest, 1);

  request->fetch = g_new0 (PjMessageFetchRequest, 1);
  request->fetch->mailbox = mailbox;
  request->fetch->uid = g_strdup (save->uid);
  request->fetch->max_lines = G_MAXUINT;
  request->fetch->progress = pj_fetch_progress_ref (save->progress);
  request->part = save->part;
  request->place = save->place;
  request->name = g_strdup (save->name);
  request->path = g_strdup (save->path);
  /* A file that is there is there, even if a cancel came meanwhile. */
  *job = (PjCheckJob){
    .func = save_on_thread,
    .request = request,
    .free_request = (GDestroyNotify) pj_attachment_save_request_free,
    .free_result = (GDestroyNotify) pj_saved_attachment_free,
    .keeps_result = TRUE,
  };
}

static gboolean
on_progress_due (gpointer user_data)
{
  Save *save = user_data;

  save->func (pj_fetch_progress_get (save->progress), save->func_data);

  return G_SOURCE_CONTINUE;
}

static Save *
save_new (const PjAttachmentWish *wish)
{
  Save *save = g_new0 (Save, 1);

  save->uid = g_strdup (wish->uid);
  save->path = g_strdup (wish->path);
  save->part = PJ_ATTACHMENT_ANY_PART;
  save->place = wish->place;
  save->progress = pj_fetch_progress_new ();
  if (wish->attachment != NULL)
    {
      save->name = g_strdup (wish->attachment->name);
      save->part = wish->attachment->part;
    }
  if (wish->progress != NULL)
    {
      save->func = wish->progress;
      save->func_data = wish->progress_data;
      save->source = g_timeout_add (PROGRESS_MS, on_progress_due, save);
    }

  return save;
}

/**
 * pj_attachment_save_run_async:
 * @service: the service
 * @account: where the message lies
 * @wish: which attachment, and where it goes; copied
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called when it is saved
 * @user_data: for @callback
 *
 * Fetches a message whole, which some providers then mark as read, and saves
 * one of its attachments: never executable, and complete or not at all.
 */
void
pj_attachment_save_run_async (PjService *service,
                              PjAccount *account,
                              const PjAttachmentWish *wish,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (wish != NULL && wish->uid != NULL && wish->path != NULL);

  pj_mailbox_run_async (service, account, NULL, make_save_job, save_new (wish), save_free,
                        cancellable, callback, user_data);
}

/**
 * pj_attachment_save_run_finish:
 * @result: what the callback was given
 * @mail: (out) (optional) (transfer full): the mail that it is of
 * @place: (out) (optional): which of the attachments of @mail it is, from 0
 * @error: return location; %PJ_PROBLEM_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): path of the file; %NULL with @error set
 */
char *
pj_attachment_save_run_finish (GAsyncResult *result,
                               PjMailText **mail,
                               guint *place,
                               GError **error)
{
  g_autoptr (PjSavedAttachment) saved = pj_mailbox_run_finish (result, error);

  if (saved == NULL)
    return NULL;

  if (mail != NULL)
    *mail = g_steal_pointer (&saved->mail);
  if (place != NULL)
    *place = saved->place;

  return g_steal_pointer (&saved->path);
}
