/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-secret.h"
#include "model/pj-account.h"

G_BEGIN_DECLS

typedef struct _PjSecretMemory PjSecretMemory;

PjSecretMemory *pj_secret_memory_new (void);
void            pj_secret_memory_free (PjSecretMemory *self);
void            pj_secret_memory_keep (PjSecretMemory *self, PjAccount *account, PjSecret *secret);
PjSecret       *pj_secret_memory_find (PjSecretMemory *self, PjAccount *account);
void            pj_secret_memory_forget (PjSecretMemory *self, PjAccount *account);
void            pj_secret_memory_forget_all (PjSecretMemory *self, const char *account_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSecretMemory, pj_secret_memory_free)

G_END_DECLS
