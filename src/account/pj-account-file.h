/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

GPtrArray *pj_account_file_load (const char *path, GError **error);
gboolean   pj_account_file_save (const char *path, GListModel *accounts, GError **error);

G_END_DECLS
