/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/pj-secret.h"

G_BEGIN_DECLS

PjSecret *pj_cli_password_read (const char *prompt, GCancellable *cancellable);

G_END_DECLS
