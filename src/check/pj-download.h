/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PjDownload PjDownload;

PjDownload    *pj_download_new (const char *folder, GError **error);
void           pj_download_free (PjDownload *self);
GOutputStream *pj_download_get_stream (PjDownload *self);
char          *pj_download_keep (PjDownload   *self,
                                 const char   *name,
                                 gboolean      replaces,
                                 const char   *origin,
                                 GCancellable *cancellable,
                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDownload, pj_download_free)

G_END_DECLS
