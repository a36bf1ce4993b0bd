/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the two states of a session share; for their two files alone. */

#include "demo/pj-demo-session.h"

#include "demo/pj-demo-maildrop.h"

G_BEGIN_DECLS

typedef struct
{
  /* Owned */
  GString    *out;     /* replies not sent yet */
  char       *user;    /* (nullable): of the last USER */
  GPtrArray  *mails;   /* (nullable): of PjDemoMail, as they were at the login */
  GHashTable *deleted; /* set of the PjDemoMail with DELE, borrowed from @mails */

  /* Borrowed */
  PjDemoConnection *connection;
  PjDemoMaildrop   *maildrop; /* (nullable): the one we hold */
  GPtrArray        *maildrops;
  SSL_CTX          *stls_context;
  GCancellable     *cancellable;
} PjDemoSession;

/* A command returns whether the session goes on. */
typedef gboolean (*PjDemoCommand) (PjDemoSession *self, const char *argument);

void pj_demo_session_reply (PjDemoSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
PjDemoCommand pj_demo_transaction_find_command (const char *verb);

G_END_DECLS
