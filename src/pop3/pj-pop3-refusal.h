/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjPop3RefusalFacts:
 * @is_judged: whether the server has had all by which it can judge the password
 * @has_auth_codes: whether it told the capability AUTH-RESP-CODE
 * @has_worked: whether the last login with the same credentials succeeded
 * @has_shown: whether the password went out as it is
 *
 * What is known about a login when it is refused.
 */
typedef struct
{
  gboolean is_judged;
  gboolean has_auth_codes;
  gboolean has_worked;
  gboolean has_shown;
} PjPop3RefusalFacts;

void     pj_pop3_refusal_sort (GError *refusal, const PjPop3RefusalFacts *facts);
gboolean pj_pop3_refusal_leads_on (const GError *refusal, const PjPop3RefusalFacts *facts);
void     pj_pop3_refusal_conclude (GError *refusal, const PjPop3RefusalFacts *facts);

G_END_DECLS
