/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

/* About a screenful of rows: enough to go back and forth. */
#define PJ_PREVIEW_CACHE_MAX 32

typedef struct _PjPreviewCache PjPreviewCache;

PjPreviewCache *pj_preview_cache_new (void);
void            pj_preview_cache_free (PjPreviewCache *self);
void            pj_preview_cache_put (PjPreviewCache *self, PjMessage *message, PjMailText *text);
PjMailText     *pj_preview_cache_get (PjPreviewCache *self, PjMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPreviewCache, pj_preview_cache_free)

G_END_DECLS
