/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjNetError:
 * @PJ_NET_ERROR_NETWORK: no connection, or it broke; later
 * @PJ_NET_ERROR_TIMEOUT: a deadline passed; later
 * @PJ_NET_ERROR_TLS: no encryption could be agreed on
 * @PJ_NET_ERROR_CERTIFICATE: the server could not prove who it is; the
 *   message says in words why, with the fingerprint
 * @PJ_NET_ERROR_PROTOCOL: bytes where none may be, or a line over its limit
 * @PJ_NET_ERROR_SETTING: the CA file cannot be read
 */
typedef enum
{
  PJ_NET_ERROR_NETWORK,
  PJ_NET_ERROR_TIMEOUT,
  PJ_NET_ERROR_TLS,
  PJ_NET_ERROR_CERTIFICATE,
  PJ_NET_ERROR_PROTOCOL,
  PJ_NET_ERROR_SETTING,
} PjNetError;

#define PJ_NET_ERROR (pj_net_error_quark ())
GQuark pj_net_error_quark (void);

G_END_DECLS
