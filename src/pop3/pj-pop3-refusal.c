/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-refusal.h"

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-reply.h"

/*
 * What a server means that refuses a login: the password, the way to log in,
 * or the moment. Decisions only.
 */

static gboolean
is_code (const GError *refusal, PjPop3Error code)
{
  return g_error_matches (refusal, PJ_POP3_ERROR, (gint) code);
}

/**
 * pj_pop3_refusal_sort:
 * @refusal: why one way to log in failed; its code is changed where a plain
 *   -ERR turns out to be about the moment or the password
 * @is_judged: whether the server has had all by which it can judge the
 *   password
 * @has_auth_codes: whether it told the capability AUTH-RESP-CODE
 *
 * Without a response code the words decide. A server that knows [AUTH] and
 * does not say it about a password that it has seen means something else.
 *
 * Reference: RFC 3206 section 4.
 */
void
pj_pop3_refusal_sort (GError *refusal, gboolean is_judged, gboolean has_auth_codes)
{
  g_return_if_fail (refusal != NULL);

  if (!is_code (refusal, PJ_POP3_ERROR_REFUSED))
    return;

  if (pj_pop3_reply_says_later (refusal->message) || (is_judged && has_auth_codes))
    refusal->code = PJ_POP3_ERROR_BUSY;
  else if (pj_pop3_reply_blames_user (refusal->message))
    refusal->code = PJ_POP3_ERROR_AUTH;
}

/**
 * pj_pop3_refusal_leads_on:
 * @refusal: sorted by pj_pop3_refusal_sort()
 * @is_judged: as there
 *
 * A wrong password tried again would count as another wrong one.
 *
 * Returns: whether another way to log in may do better
 */
gboolean
pj_pop3_refusal_leads_on (const GError *refusal, gboolean is_judged)
{
  g_return_val_if_fail (refusal != NULL, FALSE);

  return is_code (refusal, PJ_POP3_ERROR_UNSUPPORTED) || is_code (refusal, PJ_POP3_ERROR_REFUSED) ||
         (is_code (refusal, PJ_POP3_ERROR_AUTH) && !is_judged);
}

/**
 * pj_pop3_refusal_conclude:
 * @refusal: sorted by pj_pop3_refusal_sort(), the last of its login; what is
 *   a plain -ERR still is about the password if that was judged, otherwise
 *   about the way to log in
 * @is_judged: as there
 */
void
pj_pop3_refusal_conclude (GError *refusal, gboolean is_judged)
{
  g_return_if_fail (refusal != NULL);

  if (is_code (refusal, PJ_POP3_ERROR_REFUSED))
    refusal->code = is_judged ? PJ_POP3_ERROR_AUTH : PJ_POP3_ERROR_UNSUPPORTED;
}
