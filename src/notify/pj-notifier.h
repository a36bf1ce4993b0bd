/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PJ_TYPE_NOTIFIER (pj_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PjNotifier, pj_notifier, PJ, NOTIFIER, GObject)

PjNotifier *pj_notifier_new (void);
void        pj_notifier_announce (PjNotifier *self,
                                  const char *account_name,
                                  GPtrArray  *messages,
                                  gboolean    is_baseline);

G_END_DECLS
