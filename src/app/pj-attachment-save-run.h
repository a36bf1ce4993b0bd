/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* Main thread; @octets of the whole mail have come. */
typedef void (*PjAttachmentProgressFunc) (guint64 octets, gpointer user_data);

/**
 * PjAttachmentWish:
 * @uid: the message
 * @attachment: (nullable): which of its attachments, as it was listed; %NULL for
 *   the one at @place
 * @place: which of its attachments, from 0
 * @path: a folder, in which it gets its own name and replaces nothing, or a
 *   file, which it replaces
 * @progress: (nullable): told how much has come until the callback is called
 * @progress_data: for @progress
 */
typedef struct
{
  const char              *uid;
  const PjMailAttachment  *attachment;
  guint                    place;
  const char              *path;
  PjAttachmentProgressFunc progress;
  gpointer                 progress_data;
} PjAttachmentWish;

void  pj_attachment_save_run_async (PjService              *service,
                                    PjAccount              *account,
                                    const PjAttachmentWish *wish,
                                    GCancellable           *cancellable,
                                    GAsyncReadyCallback     callback,
                                    gpointer                user_data);
char *pj_attachment_save_run_finish (GAsyncResult *result,
                                     PjMailText  **mail,
                                     guint        *place,
                                     GError      **error);

G_END_DECLS
