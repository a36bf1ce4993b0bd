/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-message-fetch.h"

G_BEGIN_DECLS

/* For @part: not known, @place tells. */
#define PJ_ATTACHMENT_ANY_PART G_MAXUINT

/**
 * PjAttachmentSaveRequest:
 * @fetch: (owned): the whole message
 * @part: which of its parts, as its #PjMailAttachment says;
 *   %PJ_ATTACHMENT_ANY_PART for the one at @place
 * @name: (owned) (nullable): what it was called when it was listed: another name
 *   is another attachment
 * @place: which of its attachments, from 0
 * @path: (owned): a folder, in which it gets its own name and replaces nothing,
 *   or a file, which it replaces
 */
typedef struct
{
  PjMessageFetchRequest *fetch;
  guint                  part;
  char                  *name;
  guint                  place;
  char                  *path;
} PjAttachmentSaveRequest;

/**
 * PjSavedAttachment:
 * @path: (owned): where it is
 * @mail: (owned): the mail that it is of
 * @place: which of the attachments of @mail it is, from 0
 */
typedef struct
{
  char       *path;
  PjMailText *mail;
  guint       place;
} PjSavedAttachment;

void               pj_attachment_save_request_free (PjAttachmentSaveRequest *self);
PjSavedAttachment *pj_attachment_save_run (const PjAttachmentSaveRequest *request,
                                           GCancellable                  *cancellable,
                                           GError                       **error);
void               pj_saved_attachment_free (PjSavedAttachment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSavedAttachment, pj_saved_attachment_free)

G_END_DECLS
