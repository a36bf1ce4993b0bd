/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "account/pj-secret-store.h"
#include "app/pj-profile.h"
#include "app/pj-protocol-log.h"
#include "app/pj-settings.h"
#include "base/pj-clock.h"
#include "model/pj-account.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

#define PJ_TYPE_SERVICE (pj_service_get_type ())
G_DECLARE_FINAL_TYPE (PjService, pj_service, PJ, SERVICE, GObject)

PjService      *
pj_service_new (PjProfile *profile, PjSecretStore *secrets, PjClock *clock, GError **error);
void pj_service_load_async (PjService *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean       pj_service_load_finish (PjService *self, GAsyncResult *result, GError **error);
gboolean       pj_service_set_log_file (PjService *self, const char *path, GError **error);
void           pj_service_start_checking (PjService *self);
void           pj_service_check_all (PjService *self);
void           pj_service_check_now (PjService *self, PjAccount *account);
void           pj_service_mark_seen (PjService *self, PjMessage *message);
void           pj_service_mark_looked_at (PjService *self);
PjProfile     *pj_service_get_profile (PjService *self);
PjSettings    *pj_service_get_settings (PjService *self);
PjSecretStore *pj_service_get_secrets (PjService *self);
GListModel    *pj_service_get_accounts (PjService *self);
GListModel    *pj_service_get_messages (PjService *self);
PjAccount     *pj_service_find_account (PjService *self, const char *name);
PjAccount     *pj_service_find_account_by_id (PjService *self, const char *id);
PjProtocolLog *pj_service_get_protocol_log (PjService *self, PjAccount *account);
PjMessage     *pj_service_find_message (PjService *self, PjAccount *account, const char *uid);
void           pj_service_shut_down (PjService *self);

G_END_DECLS
