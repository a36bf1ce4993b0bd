/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/ssl.h>

#include "net/pj-tls-demand.h"

G_BEGIN_DECLS

SSL_CTX *pj_tls_context_new (const PjTlsDemand *demand, GError **error);

G_END_DECLS
