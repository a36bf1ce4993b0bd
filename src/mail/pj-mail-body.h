/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-context.h"
#include "model/pj-mail-text.h"

G_BEGIN_DECLS

PjMailText *pj_mail_body_parse (GBytes *mail, gboolean is_cut, PjMailContext *context);

G_END_DECLS
