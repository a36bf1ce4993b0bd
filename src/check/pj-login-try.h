/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"

G_BEGIN_DECLS

/* What a login that worked found. */
typedef struct
{
  guint    messages;
  gboolean has_uids;
  char    *certificate; /* (nullable): what the server's says; NULL in plain text */
} PjLoginTrial;

PjLoginTrial *
pj_login_try_run (const PjMailbox *mailbox, GCancellable *cancellable, GError **error);

void pj_login_trial_free (PjLoginTrial *trial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjLoginTrial, pj_login_trial_free)

G_END_DECLS
