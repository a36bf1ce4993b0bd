/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/ssl.h>

#include "net/pj-tls-demand.h"

G_BEGIN_DECLS

void    pj_tls_session_offer (SSL *ssl, const char *host, const PjTlsDemand *demand);
GBytes *pj_tls_session_to_bytes (SSL_SESSION *session);

G_END_DECLS
