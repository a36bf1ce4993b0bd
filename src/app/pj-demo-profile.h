/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-service.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* of the mailbox and of its user */
  const char *password;
} PjDemoProfileMailbox;

PjService *pj_demo_profile_make_service (PjProfile                  *profile,
                                         const PjDemoProfileMailbox *mailboxes,
                                         guint                       n_mailboxes,
                                         guint16                     tls_port,
                                         const char                 *ca_file,
                                         GError                    **error);

G_END_DECLS
