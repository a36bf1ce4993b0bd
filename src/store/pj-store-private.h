/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/pj-store.h"

/* For the two files that the store is made of: what the main thread asks for,
 * and what its own thread does. */

G_BEGIN_DECLS

/* What a piece of work needs to know; each uses some of it. */
typedef struct
{
  char          *account_id; /* NULL: all */
  gboolean       only_with_header;
  PjCheckResult *result;
  PjProblem     *problem;
  char         **uids; /* NULL: see the work */
  PjMessageState state;
  gint64         now; /* seconds since 1970-01-01 UTC */
} PjStoreRequest;

PjStoreRequest *pj_store_request_new (const char *account_id);
void            pj_store_request_free (gpointer data);

gpointer pj_store_work_adopt (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_load (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_list_uids (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_save_check (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_save_problem (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_set_state (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_forget (gpointer db, gpointer data, GError **error);
gpointer pj_store_work_forget_account (gpointer db, gpointer data, GError **error);
void     pj_store_work_close (gpointer db);

G_END_DECLS
