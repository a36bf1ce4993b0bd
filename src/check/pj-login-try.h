/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"

G_BEGIN_DECLS

/* What a login that worked found. */
typedef struct
{
  guint    messages;
  gboolean has_uids;
} PjLoginTrial;

PjLoginTrial *
pj_login_try_run (const PjMailbox *mailbox, GCancellable *cancellable, GError **error);

G_END_DECLS
