/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "notify/pj-notify-policy.h"

G_BEGIN_DECLS

typedef struct _PjNotifyClient PjNotifyClient;

/* The user has clicked on @bubble, which lasts as long as the call. */
typedef void (*PjNotifyClicked) (const PjBubble *bubble, gpointer user_data);

PjNotifyClient *pj_notify_client_new (PjNotifyClicked clicked, gpointer user_data);
void            pj_notify_client_free (PjNotifyClient *self);
gboolean        pj_notify_client_show (PjNotifyClient *self,
                                       GPtrArray      *bubbles,
                                       GCancellable   *cancellable,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjNotifyClient, pj_notify_client_free)

G_END_DECLS
