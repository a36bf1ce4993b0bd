/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-login.h"
#include "pop3/pj-pop3-mechanism.h"
#include "pop3/pj-pop3-refusal.h"
#include "pop3/pj-pop3-sasl.h"

/* For the two files of a login: the one that waits for each answer, and the
 * one that goes out in one flight. */

G_BEGIN_DECLS

/* One login: what the ways to do it share. */
typedef struct
{
  /* Owned */
  char   *stamp;   /* (nullable) for APOP */
  GBytes *binding; /* (nullable) */

  /* Borrowed, from the caller */
  PjPop3Session           *session;
  const PjPop3Credentials *credentials;
  GCancellable            *cancellable; /* (nullable) */

  /* Plain */
  const char        *binding_type; /* static */
  PjPop3Offer        offer;
  PjPop3RefusalFacts facts;
  guint              tried;         /* a bit for each #PjPop3Family */
  gboolean           has_held_back; /* a way was left out that would show the password */
} PjPop3LoginState;

void               pj_pop3_login_state_init (PjPop3LoginState        *login,
                                             PjPop3Session           *session,
                                             const PjPop3Credentials *credentials,
                                             GCancellable            *cancellable);
void               pj_pop3_login_state_clear (PjPop3LoginState *login);
PjPop3RefusalFacts pj_pop3_login_get_facts (PjPop3Session           *session,
                                            const PjPop3Credentials *credentials);
gboolean           pj_pop3_login_check_protection (const PjPop3LoginState *login, GError **error);
void               pj_pop3_login_begin_limit (PjPop3Session *session);
void               pj_pop3_login_end_limit (PjPop3Session *session);
void               pj_pop3_login_send_user (PjPop3Session *session, const char *user);
void               pj_pop3_login_send_pass (PjPop3Session *session, const PjSecret *secret);
PjPop3SaslClient  *pj_pop3_login_start_sasl (const PjPop3LoginState *login,
                                             const PjPop3Mechanism  *mechanism,
                                             GError                **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PjPop3LoginState, pj_pop3_login_state_clear)

G_END_DECLS
