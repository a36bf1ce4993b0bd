/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-secret.h"

G_BEGIN_DECLS

void      pj_password_command_run_async (const char         *command,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
PjSecret *pj_password_command_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
