/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-message-list.h"
#include "app/pj-service.h"
#include "check/pj-check-pool.h"
#include "check/pj-mailbox-memory.h"
#include "check/pj-scheduler.h"
#include "model/pj-mail-context.h"
#include "store/pj-store.h"

/* For the files of this folder that run checks, previews and deletions. */

G_BEGIN_DECLS

struct _PjService
{
  GObject parent_instance;

  /* Owned */
  PjProfile     *profile;
  PjSettings    *settings;
  PjSecretStore *secrets;
  PjClock       *clock;
  PjStore       *store;
  PjCheckPool   *pool;
  PjScheduler   *scheduler;
  GListStore    *accounts; /* of PjAccount */
  PjMessageList *messages;
  PjSenderBook  *senders;  /* whom all those mails are from, and those before them */
  GHashTable    *failures; /* of account id to how many checks in a row failed alike */
  GHashTable    *memories; /* of account id to PjMailboxMemory */
  GHashTable    *edited;   /* set of account ids: changed while they were checked */
  GHashTable    *logs;     /* of account id to PjProtocolLog */
  char          *log_path; /* (nullable): file for what is said to servers */
  GCancellable  *stop;     /* cancelled at shut-down; every operation takes it */

  /* Plain */
  gboolean is_checking; /* whether the schedule runs */
};

void           pj_service_note_success (PjService      *self,
                                        PjAccount      *account,
                                        PjCheckResult  *result,
                                        PjStoreChanges *changes);
void           pj_service_remember (PjService *self, PjAccount *account, PjMailboxMemory *memory);
void           pj_service_note_failure (PjService *self, PjAccount *account, const GError *error);
void           pj_service_note_settings (PjService *self, PjAccount *account);
void           pj_service_forget_account (PjService *self, PjAccount *account);
void           pj_service_update_counts (PjService *self, PjAccount *account);
PjMailContext *pj_service_dup_context (PjService *self, PjAccount *account, const char *uid);

G_END_DECLS
