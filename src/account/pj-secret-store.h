/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-secret.h"
#include "model/pj-account.h"

G_BEGIN_DECLS

#define PJ_TYPE_SECRET_STORE (pj_secret_store_get_type ())
G_DECLARE_FINAL_TYPE (PjSecretStore, pj_secret_store, PJ, SECRET_STORE, GObject)

PjSecretStore *pj_secret_store_new (void);
PjSecretStore *pj_secret_store_new_memory (void);
gboolean       pj_secret_store_is_persistent (PjSecretStore *self);
void pj_secret_store_keep_in_memory (PjSecretStore *self, PjAccount *account, PjSecret *secret);
void pj_secret_store_lookup_async (PjSecretStore      *self,
                                   PjAccount          *account,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
PjSecret *pj_secret_store_lookup_finish (PjSecretStore *self, GAsyncResult *result, GError **error);
void      pj_secret_store_save_async (PjSecretStore      *self,
                                      PjAccount          *account,
                                      PjSecret           *secret,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean  pj_secret_store_save_finish (PjSecretStore *self, GAsyncResult *result, GError **error);
void      pj_secret_store_clear_async (PjSecretStore      *self,
                                       const char         *account_id,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean  pj_secret_store_clear_finish (PjSecretStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
