/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "notify/pj-notify-client.h"

G_BEGIN_DECLS

typedef struct _PjNotifyThread PjNotifyThread;

PjNotifyThread *pj_notify_thread_new (PjNotifyClicked clicked, gpointer user_data);
void            pj_notify_thread_free (PjNotifyThread *self);
void            pj_notify_thread_show (PjNotifyThread *self, GPtrArray *bubbles);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjNotifyThread, pj_notify_thread_free)

G_END_DECLS
