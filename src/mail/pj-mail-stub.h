/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

/* A plain text that is longer is read for its own sake. */
#define PJ_MAIL_STUB_MAX_BYTES 1000

gboolean pj_mail_stub_is_stub (const PjMailDocument *plain, const PjMailDocument *html);

G_END_DECLS
