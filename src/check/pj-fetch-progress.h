/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjFetchProgress PjFetchProgress;

PjFetchProgress *pj_fetch_progress_new (void);
PjFetchProgress *pj_fetch_progress_ref (PjFetchProgress *self);
void             pj_fetch_progress_unref (PjFetchProgress *self);
void             pj_fetch_progress_set (PjFetchProgress *self, gsize octets);
gsize            pj_fetch_progress_get (PjFetchProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjFetchProgress, pj_fetch_progress_unref)

G_END_DECLS
