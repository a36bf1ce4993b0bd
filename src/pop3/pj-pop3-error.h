/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjPop3Error:
 * @PJ_POP3_ERROR_PROTOCOL: the server broke RFC 1939; the session is lost and
 *   trying again will not help
 * @PJ_POP3_ERROR_REFUSED: a plain -ERR; the session goes on
 * @PJ_POP3_ERROR_AUTH: wrong user name or password ([AUTH], RFC 3206)
 * @PJ_POP3_ERROR_BUSY: locked or too soon ([IN-USE], [LOGIN-DELAY], RFC 2449;
 *   [SYS/TEMP], RFC 3206); later
 * @PJ_POP3_ERROR_TURNED_AWAY: a login that worked the last time was refused,
 *   and not by [AUTH]; later, and when that is refused too, as
 *   %PJ_POP3_ERROR_AUTH
 * @PJ_POP3_ERROR_CLOSED: out of order until somebody mends it ([SYS/PERM],
 *   RFC 3206)
 * @PJ_POP3_ERROR_UNSUPPORTED: the server lacks what this needs
 * @PJ_POP3_ERROR_NO_TLS: encryption was demanded and refused (RFC 2595)
 */
typedef enum
{
  PJ_POP3_ERROR_PROTOCOL,
  PJ_POP3_ERROR_REFUSED,
  PJ_POP3_ERROR_AUTH,
  PJ_POP3_ERROR_BUSY,
  PJ_POP3_ERROR_TURNED_AWAY,
  PJ_POP3_ERROR_CLOSED,
  PJ_POP3_ERROR_UNSUPPORTED,
  PJ_POP3_ERROR_NO_TLS,
} PjPop3Error;

#define PJ_POP3_ERROR (pj_pop3_error_quark ())
GQuark pj_pop3_error_quark (void);

G_END_DECLS
