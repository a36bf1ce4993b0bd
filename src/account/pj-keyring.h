/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-secret.h"
#include "model/pj-account.h"

G_BEGIN_DECLS

void      pj_keyring_lookup_async (PjAccount          *account,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
PjSecret *pj_keyring_lookup_finish (GAsyncResult *result, GError **error);
void      pj_keyring_save_async (PjAccount          *account,
                                 PjSecret           *secret,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean  pj_keyring_save_finish (GAsyncResult *result, GError **error);
void      pj_keyring_clear_async (const char         *account_id,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean  pj_keyring_clear_finish (GAsyncResult *result, GError **error);

G_END_DECLS
