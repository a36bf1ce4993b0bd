/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

char *pj_mail_host_read (const char *written, PjMailLinkDoubts *doubts);

G_END_DECLS
