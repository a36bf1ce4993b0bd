/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An ISO 9660 image says what it is in its seventeenth sector of 2048 bytes. */
#define PJ_MAIL_MAGIC_BYTES (0x8000 + 16)

/* Containers: what they hold tells more. */
#define PJ_MAIL_MAGIC_ZIP "application/zip"
#define PJ_MAIL_MAGIC_OLE "application/x-ole-storage"
#define PJ_MAIL_MAGIC_7Z "application/x-7z-compressed"
#define PJ_MAIL_MAGIC_RAR "application/vnd.rar"

const char *pj_mail_magic_find_type (const guint8 *head, gsize len);
gboolean pj_mail_magic_has (const guint8 *bytes, gsize len, const char *sought, gsize sought_len);

G_END_DECLS
