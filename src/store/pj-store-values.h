/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/pj-problem.h"
#include "model/pj-sender-book.h"

/* What the store hands out, and its tables fill: one answer each of loading
 * and of saving a check, and the account that is part of the first. */

G_BEGIN_DECLS

/* What is remembered of one account's health. */
typedef struct
{
  char      *account_id;
  gint64     last_success; /* seconds since 1970-01-01 UTC; 0: never */
  guint      messages;
  guint64    octets;
  gboolean   has_uids;
  PjProblem *problem;     /* NULL: none */
  char      *authserv_id; /* NULL: not learned */
} PjStoredAccount;

/* All that is remembered. */
typedef struct
{
  GPtrArray    *messages; /* of PjMessage, by account, in the order of the server */
  GPtrArray    *accounts; /* of PjStoredAccount */
  PjSenderBook *senders;  /* of @messages */
} PjStoreSnapshot;

/* What saving a check has changed; committed when it is handed out. */
typedef struct
{
  GPtrArray *added;       /* of PjMessage, as saved; nobody else announces them */
  GPtrArray *filled;      /* of PjMessage, in no state: rows that got their header */
  GPtrArray *gone_uids;   /* of char *: no longer on the server */
  char      *authserv_id; /* (nullable): who verifies the mails of the account, as learned */
  gboolean   is_baseline; /* first look into this account: @added are waiting, not new */
} PjStoreChanges;

void pj_stored_account_free (PjStoredAccount *self);
void pj_store_snapshot_free (PjStoreSnapshot *self);
void pj_store_changes_free (PjStoreChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjStoredAccount, pj_stored_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjStoreSnapshot, pj_store_snapshot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjStoreChanges, pj_store_changes_free)

G_END_DECLS
