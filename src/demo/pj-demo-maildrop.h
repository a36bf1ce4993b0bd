/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/pj-demo-mail.h"

G_BEGIN_DECLS

typedef struct _PjDemoMaildrop PjDemoMaildrop;

PjDemoMaildrop *pj_demo_maildrop_new (const char *user, const char *password, GPtrArray *mails);
void            pj_demo_maildrop_free (PjDemoMaildrop *self);
gboolean   pj_demo_maildrop_admits (PjDemoMaildrop *self, const char *user, const char *password);
GPtrArray *pj_demo_maildrop_lock (PjDemoMaildrop *self, guint wait_ms);
void       pj_demo_maildrop_unlock (PjDemoMaildrop *self, GHashTable *deleted);
void       pj_demo_maildrop_add (PjDemoMaildrop *self, PjDemoMail *mail);
void       pj_demo_maildrop_shut (PjDemoMaildrop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDemoMaildrop, pj_demo_maildrop_free)

G_END_DECLS
