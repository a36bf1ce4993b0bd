/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

void pj_mail_link_signs_add (PjMailText *mail);

G_END_DECLS
