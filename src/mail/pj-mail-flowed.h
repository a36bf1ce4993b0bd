/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pj_mail_flowed_to_text (const char *text, gboolean delete_space);

G_END_DECLS
