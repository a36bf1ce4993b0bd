/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/pj-check-result.h"
#include "model/pj-message.h"
#include "model/pj-problem.h"
#include "store/pj-store-values.h"

G_BEGIN_DECLS

#define PJ_TYPE_STORE (pj_store_get_type ())
G_DECLARE_FINAL_TYPE (PjStore, pj_store, PJ, STORE, GObject)

PjStore *pj_store_new (const char *path, GError **error);
void     pj_store_load_async (PjStore *self, GAsyncReadyCallback callback, gpointer user_data);
PjStoreSnapshot *pj_store_load_finish (PjStore *self, GAsyncResult *result, GError **error);
void             pj_store_list_uids_async (PjStore            *self,
                                           const char         *account_id,
                                           gboolean            only_with_header,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
GHashTable      *pj_store_list_uids_finish (PjStore *self, GAsyncResult *result, GError **error);
void             pj_store_save_check_async (PjStore            *self,
                                            const char         *account_id,
                                            PjCheckResult      *result,
                                            gint64              now,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
PjStoreChanges  *pj_store_save_check_finish (PjStore *self, GAsyncResult *result, GError **error);
void             pj_store_save_problem_async (PjStore            *self,
                                              const char         *account_id,
                                              PjProblem          *problem,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
void             pj_store_set_state_async (PjStore            *self,
                                           const char         *account_id,
                                           const char *const  *uids,
                                           PjMessageState      state,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
void             pj_store_forget_async (PjStore            *self,
                                        const char         *account_id,
                                        const char *const  *uids,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
void             pj_store_forget_account_async (PjStore            *self,
                                                const char         *account_id,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
gboolean         pj_store_write_finish (PjStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
