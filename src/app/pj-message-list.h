/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/pj-message.h"

G_BEGIN_DECLS

#define PJ_TYPE_MESSAGE_LIST (pj_message_list_get_type ())
G_DECLARE_FINAL_TYPE (PjMessageList, pj_message_list, PJ, MESSAGE_LIST, GObject)

PjMessageList *pj_message_list_new (void);
void           pj_message_list_add (PjMessageList *self, GPtrArray *messages);
void           pj_message_list_fill (PjMessageList *self, GPtrArray *messages);
void pj_message_list_remove (PjMessageList *self, const char *account_id, const char *const *uids);
void pj_message_list_set_state (PjMessageList *self,
                                const char    *account_id,
                                const char    *uid,
                                PjMessageState state);
PjMessage *pj_message_list_find (PjMessageList *self, const char *account_id, const char *uid);
guint pj_message_list_count (PjMessageList *self, const char *account_id, PjMessageState state);

G_END_DECLS
