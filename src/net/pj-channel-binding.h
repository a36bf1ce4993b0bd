/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

GBytes *pj_channel_binding_dup (SSL *ssl, const char *type);

G_END_DECLS
