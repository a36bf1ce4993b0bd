/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pj_mail_code_find (const char *subject, const char *text);

G_END_DECLS
