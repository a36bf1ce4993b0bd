/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

char    *pj_certificate_dup_fingerprint (X509 *certificate);
gboolean pj_certificate_has_fingerprint (X509 *certificate, const char *fingerprint);
char    *pj_certificate_dup_names (X509 *certificate);
char    *pj_certificate_dup_summary (X509 *certificate);
char *
pj_certificate_explain_fault (X509 *certificate, int verify_error, const char *host, gint64 now);
char *pj_certificate_explain_change (X509 *certificate, const char *pin, const char *pin_summary);

G_END_DECLS
