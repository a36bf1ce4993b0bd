/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PjSecurity:
 * @PJ_SECURITY_TLS: TLS from the first byte (RFC 8314 section 3.3), port 995
 * @PJ_SECURITY_STARTTLS: STLS before the login or no login (RFC 2595), port 110
 * @PJ_SECURITY_NONE: plain text, only where the user has said so
 *
 * How a connection to a server is protected. There is no "try and see":
 * nothing falls from one to another.
 */
typedef enum
{
  PJ_SECURITY_TLS,
  PJ_SECURITY_STARTTLS,
  PJ_SECURITY_NONE,
} PjSecurity;

#define PJ_TYPE_SECURITY (pj_security_get_type ())
GType pj_security_get_type (void);

const char *pj_security_to_string (PjSecurity security);
gboolean    pj_security_from_string (const char *text, PjSecurity *security);
guint16     pj_security_get_default_port (PjSecurity security);

G_END_DECLS
