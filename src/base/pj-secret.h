/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _PjSecret PjSecret;

#define PJ_TYPE_SECRET (pj_secret_get_type ())
GType pj_secret_get_type (void);

PjSecret   *pj_secret_new (const char *text);
PjSecret   *pj_secret_ref (PjSecret *self);
void        pj_secret_unref (PjSecret *self);
const char *pj_secret_peek (const PjSecret *self);
gboolean    pj_secret_is_empty (const PjSecret *self);
void        pj_secret_wipe_string (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSecret, pj_secret_unref)

G_END_DECLS
