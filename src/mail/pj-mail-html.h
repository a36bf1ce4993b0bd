/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

PjMailDocument *
pj_mail_html_to_document (const char *html, gsize len, gsize max_bytes, gboolean *is_cut);

G_END_DECLS
