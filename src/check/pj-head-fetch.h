/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-mail-context.h"
#include "pop3/pj-pop3-survey.h"

G_BEGIN_DECLS

GPtrArray *pj_head_fetch_run (PjPop3Session      *session,
                              const PjMailbox    *mailbox,
                              PjMailContext      *context,
                              const PjPop3Survey *survey,
                              GArray             *numbers,
                              GPtrArray          *authserv_ids,
                              GCancellable       *cancellable,
                              GError            **error);

G_END_DECLS
