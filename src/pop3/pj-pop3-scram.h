/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/pj-secret.h"

G_BEGIN_DECLS

typedef struct _PjPop3Scram PjPop3Scram;

PjPop3Scram *pj_pop3_scram_new (GChecksumType hash,
                                const char   *saslname,
                                PjSecret     *secret,
                                const char   *gs2_flag,
                                GBytes       *binding,
                                const char   *nonce);
void         pj_pop3_scram_free (PjPop3Scram *self);
char        *pj_pop3_scram_step (PjPop3Scram *self, const char *message, gsize len, GError **error);
gboolean     pj_pop3_scram_is_verified (const PjPop3Scram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Scram, pj_pop3_scram_free)

G_END_DECLS
