/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-gmime.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

/* Text shown of one mail: a novel. */
#define PJ_MAIL_MAX_TEXT_BYTES (1024 * 1024)

PjMailDocument *pj_mail_parts_read (GMimeObject *root, PjMailText *mail, gboolean *is_cut);

G_END_DECLS
