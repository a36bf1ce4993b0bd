/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

#include "net/pj-tls-demand.h"

G_BEGIN_DECLS

typedef struct _PjTls PjTls;

PjTls   *pj_tls_new (const char *host, const PjTlsDemand *demand, GError **error);
void     pj_tls_free (PjTls *self);
SSL     *pj_tls_get_ssl (PjTls *self);
gboolean pj_tls_set_error (PjTls *self, GError **error);
gboolean pj_tls_check_peer (PjTls *self, GError **error);
GBytes  *pj_tls_dup_session (PjTls *self);
gboolean pj_tls_is_resumed (PjTls *self);
char    *pj_tls_dup_protocol (PjTls *self);
char    *pj_tls_dup_certificate (PjTls *self);
GBytes  *pj_tls_dup_channel_binding (PjTls *self, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjTls, pj_tls_free)

G_END_DECLS
