/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pj-message-list.h"
#include "app/pj-service.h"
#include "check/pj-check-pool.h"
#include "store/pj-store.h"

/* For the files of this folder that run checks, previews and deletions. */

G_BEGIN_DECLS

PjClock       *pj_service_get_clock (PjService *self);
PjStore       *pj_service_get_store (PjService *self);
PjCheckPool   *pj_service_get_pool (PjService *self);
PjMessageList *pj_service_get_message_list (PjService *self);
GListStore    *pj_service_get_account_store (PjService *self);
GCancellable  *pj_service_get_stop (PjService *self);
void           pj_service_note_success (PjService      *self,
                                        PjAccount      *account,
                                        PjCheckResult  *result,
                                        PjStoreChanges *changes);
void           pj_service_note_failure (PjService *self, PjAccount *account, const GError *error);
void           pj_service_note_settings (PjService *self, PjAccount *account);
void           pj_service_forget_account (PjService *self, PjAccount *account);
void           pj_service_update_counts (PjService *self, PjAccount *account);

G_END_DECLS
