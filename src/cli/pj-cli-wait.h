/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A running operation. Give pj_cli_wait_on_ready() and this to what ends in
 * _async, then take the result by pj_cli_wait_for_result(). */
typedef struct
{
  GAsyncResult *result; /* NULL while it runs */
} PjCliWait;

void          pj_cli_wait_on_ready (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *pj_cli_wait_for_result (PjCliWait *self);

G_END_DECLS
