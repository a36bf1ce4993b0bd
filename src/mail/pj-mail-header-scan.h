/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Real mails have up to a few hundred fields and some tens of KiB of them. */
#define PJ_MAIL_MAX_FIELDS 2000
#define PJ_MAIL_MAX_FIELD_BYTES 65536
#define PJ_MAIL_MAX_HEADER_BYTES (1024 * 1024)

typedef struct
{
  char *name;  /* as sent; printable ASCII without colon */
  char *value; /* not decoded; unfolded, no CR or LF, trimmed; may hold 8-bit bytes */
} PjMailRawField;

/**
 * PjMailHeaderScan:
 * @fields: (element-type PjMailRawField): every header field in order
 * @body_offset: bytes before the body; 0 when there is no header at all
 */
typedef struct
{
  GPtrArray *fields;
  gsize      body_offset;
} PjMailHeaderScan;

PjMailHeaderScan *pj_mail_header_scan_new (const char *bytes, gsize len);
void              pj_mail_header_scan_free (PjMailHeaderScan *self);
const char       *pj_mail_header_scan_find (const PjMailHeaderScan *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailHeaderScan, pj_mail_header_scan_free)

G_END_DECLS
