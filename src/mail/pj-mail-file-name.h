/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every file system takes 255 bytes; the rest is room for a number, and for
 * what a backup or a download adds to it. */
#define PJ_MAIL_FILE_NAME_MAX_BYTES 200

/* Endings that say what a file is are shorter by far. */
#define PJ_MAIL_FILE_NAME_MAX_EXTENSION_BYTES 32

char       *pj_mail_file_name_clean (const char *name);
const char *pj_mail_file_name_get_extension (const char *name);
char       *pj_mail_file_name_dup_inner_extension (const char *name);
char       *pj_mail_file_name_to_save (const char *name, const char *type);
char       *pj_mail_file_name_number (const char *name, guint number);

G_END_DECLS
