/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-message.h"

G_BEGIN_DECLS

/* More new messages at once than this are told of together. */
#define PJ_NOTIFY_MAX_SINGLE 3

/**
 * PjBubble:
 * @title: plain text, one line
 * @body: plain text, one line
 * @account_id: the account it tells of
 * @uid: (nullable): the message it tells of; %NULL when it tells of several
 *
 * One notification to be shown.
 */
typedef struct
{
  char *title;
  char *body;
  char *account_id;
  char *uid;
} PjBubble;

PjBubble *pj_bubble_copy (const PjBubble *self);
void      pj_bubble_free (PjBubble *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjBubble, pj_bubble_free)

GPtrArray *
pj_notify_policy_decide (const char *account_name, GPtrArray *messages, gboolean is_baseline);

G_END_DECLS
