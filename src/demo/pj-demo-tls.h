/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/**
 * PjDemoCertificate:
 * @PJ_DEMO_CERTIFICATE_GOOD: for localhost and 127.0.0.1
 * @PJ_DEMO_CERTIFICATE_OTHER_HOST: for mail.example.org
 * @PJ_DEMO_CERTIFICATE_EXPIRED: good until yesterday
 * @PJ_DEMO_CERTIFICATE_SELF_SIGNED: the right names, but signed by nobody
 *
 * What a server of ours shows to its clients.
 */
typedef enum
{
  PJ_DEMO_CERTIFICATE_GOOD,
  PJ_DEMO_CERTIFICATE_OTHER_HOST,
  PJ_DEMO_CERTIFICATE_EXPIRED,
  PJ_DEMO_CERTIFICATE_SELF_SIGNED,
} PjDemoCertificate;

SSL_CTX *pj_demo_tls_context_new (PjDemoCertificate kind, const char *ca_file, GError **error);
void     pj_demo_tls_set_error (GError **error, const char *what);

G_END_DECLS
