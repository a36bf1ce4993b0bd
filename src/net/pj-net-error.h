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
 *   message says in words why, pj_net_error_get_fingerprint() which one it was,
 *   pj_net_error_get_certificate() what it says of itself
 * @PJ_NET_ERROR_PROTOCOL: bytes where none may be, or a line over its limit
 * @PJ_NET_ERROR_SETTING: a file or fingerprint of the account's #PjTlsDemand
 *   cannot be used
 *
 * An error of this domain must not be given another domain in place: it is
 * larger than others.
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

void        pj_net_error_set_certificate (GError    **error,
                                          const char *fingerprint,
                                          const char *certificate,
                                          const char *words);
const char *pj_net_error_get_fingerprint (const GError *error);
const char *pj_net_error_get_certificate (const GError *error);

G_END_DECLS
