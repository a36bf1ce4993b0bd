/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-secret.h"

G_BEGIN_DECLS

/**
 * PjCommandYield:
 * @PJ_COMMAND_PASSWORD: a password
 * @PJ_COMMAND_TOKEN: an OAuth access token
 *
 * What a command prints.
 */
typedef enum
{
  PJ_COMMAND_PASSWORD,
  PJ_COMMAND_TOKEN,
} PjCommandYield;

void      pj_password_command_run_async (const char         *command,
                                         PjCommandYield      yield,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
PjSecret *pj_password_command_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
