/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-message.h"
#include "store/pj-db.h"

G_BEGIN_DECLS

GPtrArray  *pj_message_table_list (PjDb *db, GError **error);
GHashTable *pj_message_table_list_positions (PjDb *db, const char *account_id, GError **error);
GHashTable *pj_message_table_list_uids (PjDb       *db,
                                        const char *account_id,
                                        gboolean    only_with_header,
                                        GError    **error);
gboolean    pj_message_table_find_last_position (PjDb       *db,
                                                 const char *account_id,
                                                 gint64     *position,
                                                 GError    **error);
gboolean    pj_message_table_insert (
       PjDb *db, PjMessage *message, gint64 position, gboolean *is_new, GError **error);
gboolean
pj_message_table_fill_header (PjDb *db, PjMessage *message, gboolean *is_filled, GError **error);
gboolean pj_message_table_set_position (
    PjDb *db, const char *account_id, const char *uid, gint64 position, GError **error);
gboolean pj_message_table_set_state (PjDb              *db,
                                     const char        *account_id,
                                     const char *const *uids,
                                     PjMessageState     state,
                                     GError           **error);
gboolean pj_message_table_set_state_of_new (PjDb          *db,
                                            const char    *account_id,
                                            PjMessageState state,
                                            GError       **error);
gboolean
pj_message_table_delete (PjDb *db, const char *account_id, const char *const *uids, GError **error);

G_END_DECLS
