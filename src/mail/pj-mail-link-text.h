/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text that names more hosts is a list, and no name for its target. */
#define PJ_MAIL_LINK_TEXT_MAX_HOSTS 8

char **pj_mail_link_text_list_hosts (const char *text);

G_END_DECLS
