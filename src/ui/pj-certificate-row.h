/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PJ_TYPE_CERTIFICATE_ROW (pj_certificate_row_get_type ())
G_DECLARE_FINAL_TYPE (PjCertificateRow, pj_certificate_row, PJ, CERTIFICATE_ROW, AdwActionRow)

const char *pj_certificate_row_get_path (PjCertificateRow *self);
void        pj_certificate_row_set_path (PjCertificateRow *self, const char *path);

G_END_DECLS
