/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-attachment-save.h"

#include "check/pj-download.h"
#include "mail/pj-mail-attachment.h"
#include "mail/pj-mail-file-name.h"
#include "model/pj-problem.h"

/**
 * pj_attachment_save_request_free: (skip)
 * @self: (transfer full) (nullable): the request
 */
void
pj_attachment_save_request_free (PjAttachmentSaveRequest *self)
{
  if (self == NULL)
    return;

  pj_message_fetch_request_free (self->fetch);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

/**
 * pj_saved_attachment_free: (skip)
 * @self: (transfer full) (nullable): the saved attachment
 */
void
pj_saved_attachment_free (PjSavedAttachment *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->mail, pj_mail_text_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_meant (const PjAttachmentSaveRequest *request, const PjMailAttachment *attachment, guint place)
{
  if (request->part == PJ_ATTACHMENT_ANY_PART)
    return place == request->place;

  /* Of the first lines of a mail the last may have cut the name off. */
  return attachment->part == request->part && (request->name == NULL || *request->name == '\0' ||
                                               g_str_equal (attachment->name, request->name));
}

/* Returns: (transfer none): the attachment, and @place set to where it is */
static const PjMailAttachment *
find_attachment (const PjAttachmentSaveRequest *request,
                 const PjMailText *mail,
                 guint *place,
                 GError **error)
{
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      if (!is_meant (request, attachment, i))
        continue;

      if (attachment->is_partial)
        {
          g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                               "The mail is too large to be fetched whole");
          return NULL;
        }
      *place = i;
      return attachment;
    }

  g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                       "The mail has no such attachment");
  return NULL;
}

/* Where a file came from, as far as it is anybody's business who gets it:
 * the server. A user name is often a mail address, and the id of a message
 * says nothing to others. RFC 2384 has the form. */
static char *
dup_origin (const PjMailbox *mailbox)
{
  return g_strdup_printf ("pop://%s/", mailbox->host);
}

static char *
save (const PjAttachmentSaveRequest *request,
      GBytes *source,
      const PjMailAttachment *attachment,
      GCancellable *cancellable,
      GError **error)
{
  gboolean is_folder = g_file_test (request->path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder =
      is_folder ? g_strdup (request->path) : g_path_get_dirname (request->path);
  g_autofree char *name = is_folder ? pj_mail_file_name_to_save (attachment->name, attachment->type)
                                    : g_path_get_basename (request->path);
  g_autofree char *origin = dup_origin (request->fetch->mailbox);
  g_autoptr (PjDownload) download = pj_download_new (folder, error);

  if (download == NULL ||
      !pj_mail_attachment_write (source, attachment->part, pj_download_get_stream (download),
                                 cancellable, error))
    return NULL;

  return pj_download_keep (download, name, !is_folder, origin, cancellable, error);
}

/**
 * pj_attachment_save_run:
 * @request: which attachment, and where it goes
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_PROBLEM_UNSUPPORTED when the mail has no such
 *   attachment or is too large, errors of pj_message_fetch_run(), #GIOErrorEnum
 *   of the file system
 *
 * Fetches a whole message by RETR, which some providers then mark as read, and
 * writes one of its attachments to a file: complete, or not at all. The mail
 * is held in memory twice, up to %PJ_POP3_MAX_MESSAGE_BYTES each. Blocks; check
 * thread.
 *
 * Returns: (transfer full): where it is
 */
PjSavedAttachment *
pj_attachment_save_run (const PjAttachmentSaveRequest *request,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (PjFetchedMessage) message = NULL;
  const PjMailAttachment *attachment;
  g_autofree char *path = NULL;
  PjSavedAttachment *saved;
  guint place;

  g_return_val_if_fail (request != NULL && request->path != NULL, NULL);

  message = pj_message_fetch_run (request->fetch, cancellable, error);
  if (message == NULL)
    return NULL;

  attachment = find_attachment (request, message->text, &place, error);
  if (attachment == NULL)
    return NULL;

  path = save (request, message->source, attachment, cancellable, error);
  if (path == NULL)
    return NULL;

  saved = g_new0 (PjSavedAttachment, 1);
  saved->path = g_steal_pointer (&path);
  saved->mail = g_steal_pointer (&message->text);
  saved->place = place;

  return saved;
}
