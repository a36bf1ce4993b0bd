/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-fetch-progress.h"
#include "check/pj-mailbox.h"
#include "model/pj-mail-context.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/**
 * PjMessageFetchRequest:
 * @mailbox: (owned): where it lies
 * @uid: (owned): which
 * @context: (owned) (nullable): what the mail is judged by
 * @max_lines: body lines wanted, by TOP or, where the server has none and the
 *   mailbox's owner agreed, by RETR; %G_MAXUINT for the whole message by RETR
 * @progress: (owned) (nullable): told how much of a whole message has come
 */
typedef struct
{
  PjMailbox       *mailbox;
  char            *uid;
  PjMailContext   *context;
  guint            max_lines;
  PjFetchProgress *progress;
} PjMessageFetchRequest;

/**
 * PjFetchedMessage:
 * @text: (owned): made safe to show
 * @source: (owned): as the server sent it, undotted
 */
typedef struct
{
  PjMailText *text;
  GBytes     *source;
} PjFetchedMessage;

void              pj_message_fetch_request_free (PjMessageFetchRequest *self);
PjFetchedMessage *pj_message_fetch_run (const PjMessageFetchRequest *request,
                                        GCancellable                *cancellable,
                                        GError                     **error);
void              pj_fetched_message_free (PjFetchedMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjFetchedMessage, pj_fetched_message_free)

G_END_DECLS
