/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _PjDemoMail PjDemoMail;

#define PJ_TYPE_DEMO_MAIL (pj_demo_mail_get_type ())
GType pj_demo_mail_get_type (void);

PjDemoMail *pj_demo_mail_new (const char *uid, const char *text, gsize len, gint64 now_s);
PjDemoMail *pj_demo_mail_new_from_resource (const char *path, const char *uid, gint64 now_s);
char      **pj_demo_mail_list_paths (const char *folder);
GPtrArray  *pj_demo_mail_list_folder (const char *folder, gint64 now_s);
PjDemoMail *pj_demo_mail_ref (PjDemoMail *self);
void        pj_demo_mail_unref (PjDemoMail *self);
const char *pj_demo_mail_get_uid (PjDemoMail *self);
GBytes     *pj_demo_mail_get_bytes (PjDemoMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDemoMail, pj_demo_mail_unref)

G_END_DECLS
