/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PjProblemCode:
 * @PJ_PROBLEM_AUTH: wrong user name or password; ask the user
 * @PJ_PROBLEM_BUSY: the server is fine but not yet; later
 * @PJ_PROBLEM_TURNED_AWAY: a sign-in that worked the last time was refused, and
 *   nothing shows that the password is wrong; later, and when that is refused
 *   too, %PJ_PROBLEM_AUTH
 * @PJ_PROBLEM_NETWORK: no connection, or it broke; later
 * @PJ_PROBLEM_TIMEOUT: the server did not answer in time; later
 * @PJ_PROBLEM_TLS: no encrypted connection could be agreed on
 * @PJ_PROBLEM_CERTIFICATE: the server could not prove who it is
 * @PJ_PROBLEM_PROTOCOL: the server broke the rules of POP3
 * @PJ_PROBLEM_UNSUPPORTED: the server lacks what this needs
 * @PJ_PROBLEM_LOCKED_KEYRING: the password is there, but locked
 * @PJ_PROBLEM_CANCELLED: the user or the program stopped it
 * @PJ_PROBLEM_INTERNAL: our own fault, or the disk's
 *
 * What can go wrong with a mailbox, by what one can do about it.
 */
typedef enum
{
  PJ_PROBLEM_AUTH,
  PJ_PROBLEM_BUSY,
  PJ_PROBLEM_TURNED_AWAY,
  PJ_PROBLEM_NETWORK,
  PJ_PROBLEM_TIMEOUT,
  PJ_PROBLEM_TLS,
  PJ_PROBLEM_CERTIFICATE,
  PJ_PROBLEM_PROTOCOL,
  PJ_PROBLEM_UNSUPPORTED,
  PJ_PROBLEM_LOCKED_KEYRING,
  PJ_PROBLEM_CANCELLED,
  PJ_PROBLEM_INTERNAL,
} PjProblemCode;

#define PJ_TYPE_PROBLEM_CODE (pj_problem_code_get_type ())
GType pj_problem_code_get_type (void);

const char *pj_problem_code_to_string (PjProblemCode code);
gboolean    pj_problem_code_from_string (const char *text, PjProblemCode *code);

/* A #GError of this domain has a #PjProblemCode for a code, and room for a
 * certificate and for what the user may agree to that mends it: no other error
 * may be given this domain in place. */
#define PJ_PROBLEM_ERROR (pj_problem_error_quark ())
GQuark pj_problem_error_quark (void);
void
pj_problem_error_set_certificate (GError *error, const char *fingerprint, const char *certificate);
const char *pj_problem_error_get_fingerprint (const GError *error);
void        pj_problem_error_set_needs_whole (GError *error);
gboolean    pj_problem_error_needs_whole (const GError *error);

typedef struct _PjProblem PjProblem;

#define PJ_TYPE_PROBLEM (pj_problem_get_type ())
GType pj_problem_get_type (void);

PjProblem    *pj_problem_new (PjProblemCode code, const char *detail);
PjProblem    *pj_problem_new_with_certificate (PjProblemCode code,
                                               const char   *detail,
                                               const char   *fingerprint,
                                               const char   *certificate);
PjProblem    *pj_problem_new_from_error (const GError *error);
PjProblem    *pj_problem_ref (PjProblem *self);
void          pj_problem_unref (PjProblem *self);
PjProblemCode pj_problem_get_code (const PjProblem *self);
gboolean      pj_problem_is_refusal (const PjProblem *self);
const char   *pj_problem_get_detail (const PjProblem *self);
const char   *pj_problem_get_fingerprint (const PjProblem *self);
const char   *pj_problem_describe_certificate (const PjProblem *self, const char *fingerprint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjProblem, pj_problem_unref)

G_END_DECLS
