/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "mail/pj-mail-gmime.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

void pj_mail_attachment_add (
    PjMailText *mail, GMimeObject *object, const char *name, guint number, gboolean is_partial);
gboolean pj_mail_attachment_write (
    GBytes *mail, guint part, GOutputStream *out, GCancellable *cancellable, GError **error);

G_END_DECLS
